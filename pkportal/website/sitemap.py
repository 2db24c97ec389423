"""What crawlers are told: where everything public is, and what is not for them."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from pkportal.content.pages import HasPage
from pkportal.content.registry import models_with
from pkportal.exchange.registry import resources_by_name

PAGES = ["home", "themes", "coverage", "data", "about"]  # beside the lists, which are called like their files


class SiteSitemap(Sitemap):
    """Addresses on the host that ``SITE_URL`` names, whichever host was asked."""

    def get_protocol(self, protocol=None):
        """Take no part of an address from the request."""
        return settings.SITE.scheme

    def get_domain(self, site=None):
        """Name the host that the portal calls its own."""
        return settings.SITE.netloc


class RecordSitemap(SiteSitemap):
    """The page of every public record that has one of its own, found in one query."""

    def items(self):
        """Pair the name of each address with its argument."""
        own = [model for model in models_with(HasPage) if "__" not in model.page.key]
        first, *others = (
            model._default_manager.published()
            .order_by()
            .values_list(Value(model.page.url_name), Cast(F(model.page.key), CharField()))
            for model in own
        )
        return sorted(first.union(*others, all=True))

    def location(self, item):
        """Give the path of one record."""
        name, key = item
        return reverse(name, args=[key])


class PageSitemap(SiteSitemap):
    """The front page and the lists."""

    def items(self):
        """Name the lists that exist, found by the names of the files."""
        return [address for name in dict.fromkeys([*PAGES, *resources_by_name()]) if (address := url_or_blank(name))]

    def location(self, item):
        """Give the path as it was found."""
        return item


def url_or_blank(name):
    """Give the path of a page, or nothing where there is none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


SITEMAPS = {"rooms": PageSitemap, "records": RecordSitemap}


@require_safe
def robots(request):
    """Keep crawlers from the desk and from endless searches, and show them the map."""
    address = f"{settings.SITE_URL}{reverse('sitemap')}"
    text = f"User-agent: *\nDisallow: /admin/\nDisallow: {reverse('search')}\nSitemap: {address}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
