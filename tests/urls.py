"""The URLs of the portal and of the model of content that only the tests install."""

from django.urls import include, path

from pkportal.urls import handler400, handler403, handler404, handler500  # noqa: F401 - views of Django's
from pkportal.urls import urlpatterns as portal

urlpatterns = [*portal, path("", include("tests.equipment.urls"))]
