"""What an app sets on its config for the website: pages of the sitemap and examples of search queries."""

import pytest
from django.apps import apps
from django.core import checks

from tests import make


def test_check_names_the_app_and_the_sitemap_page_without_a_url(monkeypatch):
    monkeypatch.setattr(apps.get_app_config("missions"), "sitemap_pages", ["coverage", "covrage"])

    (error,) = checks.run_checks()

    assert error.id == "website.E001"
    assert error.msg == "sitemap_pages of the app missions names the URL “covrage”, which does not exist."
    assert error.obj is apps.get_app_config("missions")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/search/", "/search/?q="])
def test_search_help_links_the_example_queries_of_all_apps_in_their_order(client, monkeypatch, address):
    monkeypatch.setattr(apps.get_app_config("missions"), "search_examples", ["nation:italy year:1999"])
    monkeypatch.setattr(apps.get_app_config("lessons"), "search_examples", ['theme:"<b>" & more'])

    page = client.get(address)

    assert page.context["example_queries"] == ["nation:italy year:1999", 'theme:"<b>" & more']
    assert '<a href="/search/?q=nation%3Aitaly%20year%3A1999">nation:italy year:1999</a>,' in page.text
    assert (
        '<a href="/search/?q=theme%3A%22%3Cb%3E%22%20%26%20more">theme:&quot;&lt;b&gt;&quot; &amp; more</a>.'
        in page.text
    )


@pytest.mark.django_db
def test_every_example_query_is_understood_and_finds_something(client):
    italy, kingdom = make.country(name="Italy"), make.country(name="United Kingdom")
    mission = make.published_mission(code="kfor", host_countries=[italy, kingdom], start_date="1999")
    make.published_lesson(missions=[mission])

    queries = client.get("/search/").context["example_queries"]
    assert queries
    for query in queries:
        assert client.get("/search/", {"q": query}).context["total"] > 0, query
