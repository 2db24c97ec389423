"""A short list stands on one page; of a longer one all rows can be printed, up to a number that the page says."""

import re

import pytest

from pkportal.website import lists
from tests import make

pytestmark = pytest.mark.django_db


def codes(page):
    return [mission.code for mission in page.context["object_list"]]


@pytest.fixture
def missions(monkeypatch):
    """Four missions; a list of four rows has pages of two."""
    monkeypatch.setattr(lists, "ONE_PAGE", 4)
    monkeypatch.setattr(lists.FilteredList, "paginate_by", 2)
    for code, region in [("a", "africa"), ("b", "africa"), ("c", "africa"), ("d", "western-balkans")]:
        make.published_mission(code=code, name=code, region=region)


def test_short_list_stands_on_one_page_and_a_longer_one_on_several(client, missions):
    short, long = client.get("/missions/?region=africa&sort=name"), client.get("/missions/?sort=name")

    assert (codes(short), codes(long)) == (["a", "b", "c"], ["a", "b"])
    assert "rows-shown" not in short.text
    assert "Rows 1 to 2 of 4." in long.text


def test_all_rows_of_a_long_list_stand_on_one_page_to_be_printed(client, missions):
    first = client.get("/missions/?checked=no&sort=name&page=2")
    link = re.search(r'<a href="([^"]*)">All rows on one page, to print</a>', first.text)[1].replace("&amp;", "&")

    page = client.get(link)

    assert link == "/missions/?checked=no&sort=name&page=all"
    assert codes(page) == ["a", "b", "c", "d"]
    assert page.context["notices"] == []
    assert 'class="pagination"' not in page.text
    assert dict(page.context["files"])["csv"] == "/missions.csv?checked=no&sort=name"
    assert client.get("/missions.csv?page=all").status_code == 400


def test_page_to_print_says_how_many_rows_it_leaves_out(client, missions, monkeypatch):
    monkeypatch.setattr(lists, "MAX_PRINTED", 3)

    page = client.get("/missions/?sort=name&page=all")

    assert codes(page) == ["a", "b", "c"]
    assert "Rows 1 to 3 of 4." in page.text
    assert "The files have all rows." in page.text
