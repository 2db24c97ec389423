"""The sitemap and robots.txt."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from pkportal.content.pages import HasPage
from pkportal.content.queries import union_all
from pkportal.content.registry import models_with
from pkportal.exchange.registry import resources_by_name

from .apps import app_values


class SiteSitemap(Sitemap):
    """A sitemap whose addresses are on the host of ``SITE_URL``, not on the host of the request."""

    def get_protocol(self, protocol=None):
        """Return the scheme of ``SITE_URL``."""
        return settings.SITE.scheme

    def get_domain(self, site=None):
        """Return the host of ``SITE_URL``."""
        return settings.SITE.netloc


class RecordSitemap(SiteSitemap):
    """The page of every public record that has a page of its own, found in one query."""

    def items(self):
        """Return the name and the argument of each URL."""
        return sorted(
            union_all(
                model._default_manager.published()
                .order_by()
                .values_list(Value(model.page.url_name), Cast(F(model.page.key), CharField()))
                for model in models_with(HasPage)
                if model.page.is_own
            )
        )

    def location(self, item):
        """Return the path of one record."""
        url_name, key = item
        return reverse(url_name, args=[key])


class PageSitemap(SiteSitemap):
    """The pages that the apps name, and the lists."""

    def items(self):
        """Return the paths; a list is named after its file, and not every file has a list."""
        lists = map(list_url, resources_by_name())
        return [*dict.fromkeys([*map(reverse, app_values("sitemap_pages")), *filter(None, lists)])]

    def location(self, item):
        """Return the path, which is the item."""
        return item


def list_url(name: str) -> str:
    """Return the path of the list that has the name of a file, or nothing if the site has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


SITEMAPS = {"pages": PageSitemap, "records": RecordSitemap}


@require_safe
def robots(request):
    """Keep crawlers out of the admin, the search and the API, and point them to the sitemap."""
    address = f"{settings.SITE_URL}{reverse('sitemap')}"
    closed = ["/admin/", reverse("search"), reverse("api:api-root")]
    text = "".join(["User-agent: *\n", *(f"Disallow: {path}\n" for path in closed), f"Sitemap: {address}\n"])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
