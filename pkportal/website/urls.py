"""URLs of the pages that belong to no app: search, data, about, the sitemap, files for programs."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from pkportal.exchange.exporting import CONTENT_TYPES

from .about import AboutPage
from .api import API_PATH
from .api.portal_api import api
from .data import DataPage, table_file
from .errors import takes_no_parameters
from .feeds import ChangesFeed
from .glossary import GlossaryPage
from .permanent_addresses import permanent_address
from .releases.views import release_file
from .search.views import SearchPage, SuggestionList
from .security_contact import security_txt
from .shared_previews import preview_comments, shared_preview
from .sitemap import SITEMAPS, robots

urlpatterns = [
    path("search/suggestions/", SuggestionList.as_view(), name="suggestions"),
    re_path(r"^r/(?P<reference>[A-Za-z-]{1,30}-[0-9]{1,12})/?$", permanent_address, name="permanent-address"),
    path("search/", SearchPage.as_view(), name="search"),
    path(API_PATH.lstrip("/"), api.urls),
    path("data/", DataPage.as_view(), name="data"),
    re_path(rf"^data/(?P<name>\w+)\.(?P<format>{'|'.join(CONTENT_TYPES)})$", table_file, name="data-file"),
    re_path(r"^data/releases/(?P<version>[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,6})\.zip$", release_file, name="release"),
    path("glossary/", GlossaryPage.as_view(), name="glossary"),
    path("preview/<slug:token>/", shared_preview, name="preview"),
    path("preview/<slug:token>/comment/", preview_comments, name="preview-comments"),
    path("about/", AboutPage.as_view(), name="about"),
    path("feeds/changes.atom", takes_no_parameters(require_safe(ChangesFeed())), name="feed"),
    re_path(r"^feeds/(?P<name>\w+)\.atom$", takes_no_parameters(require_safe(ChangesFeed())), name="feed"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
]
