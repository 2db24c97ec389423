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
    path("lessons/", pending, name="lessons"),
    path("lessons/<str:number>/", pending, name="lesson"),
    path("challenges/", pending, name="challenges"),
    path("themes/", pending, name="themes"),
    path("themes/<slug:code>/", pending, name="theme"),
    path("topics/", pending, name="topics"),
    path("topics/<slug:code>/", pending, name="topic"),
    path("sources/", pending, name="sources"),
    path("sources/<slug:code>/", pending, name="source"),
    path("search/", pending, name="search"),
    path("data/", pending, name="data"),
    path("about/", pending, name="about"),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("", include("missions.urls")),
    path("", include("lessons.urls")),
    *PENDING,
]
