"""The addresses of the sources."""

from django.urls import path

from pkportal.reading.lists import list_paths

from .views import SourceList, SourcePage

urlpatterns = [
    *list_paths("sources", SourceList),
    path("sources/<slug:code>/", SourcePage.as_view(), name="source"),
]
