"""The addresses of the analysis, and the front page, which shows both rooms."""

from django.urls import path

from .views.home import Home

urlpatterns = [
    path("", Home.as_view(), name="home"),
]
