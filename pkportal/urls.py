"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from pkportal.reading.health import healthz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("", include("pkportal.reading.urls")),
    path("", include("pkportal.sourcing.urls")),
    path("", include("missions.urls")),
    path("", include("lessons.urls")),
]
