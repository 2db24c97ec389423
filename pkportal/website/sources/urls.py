"""URLs of the sources."""

from django.urls import path, re_path

from pkportal.sources.reference_files import REFERENCE_FORMATS
from pkportal.website.lists import list_paths

from .views import SourceList, SourcePage, source_file

urlpatterns = [
    *list_paths("sources", SourceList),
    path("sources/<slug:code>/", SourcePage.as_view(), name="source"),
    re_path(
        rf"^sources/(?P<code>[-a-zA-Z0-9_]+)\.(?P<ending>{'|'.join(REFERENCE_FORMATS)})$",
        source_file,
        name="source-file",
    ),
]
