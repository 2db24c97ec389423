"""URLs of the record."""

from django.urls import path

from pkportal.website.lists import list_paths

from .views.command import CommandPage, CommandTree
from .views.contribution import ContributionList
from .views.country import CountryList, CountryPage
from .views.coverage import CoveragePage
from .views.event import EventList
from .views.mandate import MandateList, MandatePage
from .views.mission import MissionList
from .views.mission_page import MissionPage

urlpatterns = [
    *list_paths("missions", MissionList),
    path("missions/<slug:code>/", MissionPage.as_view(), name="mission"),
    *list_paths("contributions", ContributionList),
    path("coverage/", CoveragePage.as_view(), name="coverage"),
    *list_paths("countries", CountryList),
    path("countries/<slug:iso3>/", CountryPage.as_view(), name="country"),
    *list_paths("mandates", MandateList),
    path("mandates/<slug:code>/", MandatePage.as_view(), name="mandate"),
    *list_paths("events", EventList),
    path("commands/", CommandTree.as_view(), name="commands"),
    path("commands/<slug:code>/", CommandPage.as_view(), name="command"),
]
