"""Every address of the portal."""

from django.contrib import admin
from django.http import Http404
from django.urls import include, path

from pkportal.reading.health import healthz


def pending(request, **kwargs):
    """Hold the place of a page that is still being built."""
    raise Http404


# Delete a line here when its page has landed in a room's urls.py; the frame links all of them already.
PENDING = [
    path("contributions/", pending, name="contributions"),
    path("countries/", pending, name="countries"),
    path("countries/<str:iso3>/", pending, name="country"),
    path("mandates/", pending, name="mandates"),
    path("mandates/<slug:code>/", pending, name="mandate"),
    path("commands/", pending, name="commands"),
    path("commands/<slug:code>/", pending, name="command"),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("", include("pkportal.reading.urls")),
    path("", include("pkportal.sourcing.urls")),
    path("", include("missions.urls")),
    path("", include("lessons.urls")),
    *PENDING,
]
