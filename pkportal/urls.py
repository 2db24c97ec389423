"""URLs of the portal."""

from django.contrib import admin
from django.http import Http404
from django.urls import include, path

from pkportal.observability.metrics_page import metrics
from pkportal.website.health import healthz


def nothing(request, **kwargs):
    """Answer 404."""
    raise Http404


handler400 = "pkportal.website.errors.bad_request"
handler403 = "pkportal.website.errors.permission_denied"
handler404 = "pkportal.website.errors.not_found"
handler500 = "pkportal.website.errors.server_error"
urlpatterns = [
    # disable the view-on-site redirects of the admin: they ignore publication and fail on ids that are not numbers
    path("admin/r/<path:record>", nothing),
    path("admin/", include("pkportal.editorial.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("", include("pkportal.website.urls")),
    path("", include("pkportal.website.sources.urls")),
    path("", include("missions.urls")),
    path("", include("lessons.urls")),
]
