"""URLs of the analysis, and of the front page, which shows the record and the analysis."""

from django.urls import path

from pkportal.website.lists import list_paths

from .views.home import Home
from .views.lesson import LessonPage
from .views.lesson_list import LessonList
from .views.theme import ChallengeList, ThemeList, ThemePage
from .views.topic import TopicList, TopicPage

urlpatterns = [
    path("", Home.as_view(), name="home"),
    *list_paths("lessons", LessonList),
    path("lessons/<slug:number>/", LessonPage.as_view(), name="lesson"),
    *list_paths("challenges", ChallengeList),
    path("themes/", ThemeList.as_view(), name="themes"),
    path("themes/<slug:code>/", ThemePage.as_view(), name="theme"),
    path("topics/", TopicList.as_view(), name="topics"),
    path("topics/<slug:code>/", TopicPage.as_view(), name="topic"),
]
