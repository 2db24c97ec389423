"""The website layer as a Django app, and the attributes of other app configs that it reads."""

from django.apps import AppConfig, apps
from django.core import checks
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from .definitions import WEBSITE_TERMS


class WebsiteConfig(AppConfig):
    """The public site: lists, filters, search, downloads.

    An app may set on its own config: ``sitemap_pages``, the URL names of its pages beside the lists;
    ``glossary``, definitions of terms; ``glossary_of_records``, paths of functions that read more of them;
    ``code_meanings``, paths of what the codes of its lists mean;
    ``search_examples``, queries that the search help shows;
    ``search_answers``, paths of functions that answer a question;
    ``answers_of_lists``, paths of functions that answer with rows that have no page, where nothing else does;
    ``parameter_words``, words that people write for a parameter, each with the parameters that may be meant;
    ``method_page``, the URL name and the argument of the page that says how the record is made.
    """

    name = "pkportal.website"
    verbose_name = _("words of the search")
    glossary = WEBSITE_TERMS
    code_meanings = ["pkportal.website.code_meanings.WEBSITE_MEANINGS"]
    sitemap_pages = ["data", "about", "glossary"]

    def ready(self):
        """Register the check of ``sitemap_pages``."""
        checks.register(check_sitemap_pages)


def app_values(attribute: str) -> list:
    """Return the values of a list attribute of all app configs, in the order of the apps."""
    return [value for config in apps.get_app_configs() for value in getattr(config, attribute, ())]


def method_url() -> str:
    """Return the URL of the page that says how the record is made, or nothing if no app has one."""
    url_name, *args = app_values("method_page") or [""]
    return reverse(url_name, args=args) if url_name else ""


def check_sitemap_pages(app_configs, **kwargs):
    """Check that every page of the sitemap has a URL."""
    for config in apps.get_app_configs():
        for url_name in getattr(config, "sitemap_pages", ()):
            try:
                reverse(url_name)
            except NoReverseMatch:
                yield checks.Error(
                    f"sitemap_pages of the app {config.label} names the URL “{url_name}”, which does not exist.",
                    obj=config,
                    id="website.E001",
                )
