"""The addresses of the record."""

from django.urls import path

from pkportal.reading.lists import list_paths

from .views.contribution import ContributionList
from .views.mission import MissionList, MissionPage

urlpatterns = [
    *list_paths("missions", MissionList),
    path("missions/<slug:code>/", MissionPage.as_view(), name="mission"),
    *list_paths("contributions", ContributionList),
]
