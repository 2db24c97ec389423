"""Every address of the portal."""

from django.contrib import admin
from django.http import Http404
from django.urls import include, path

from pkportal.website.health import healthz


def nothing(request, **kwargs):
    """Answer that there is no such page."""
    raise Http404


urlpatterns = [
    # Django's way from a number to a page knows nothing of who may see what, and fails on what is no number
    path("admin/r/<path:record>", nothing),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("", include("pkportal.website.urls")),
    path("", include("pkportal.website.sources.urls")),
    path("", include("missions.urls")),
    path("", include("lessons.urls")),
]
