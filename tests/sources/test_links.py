"""Links that are not addresses by their format are found, in fields and in Markdown."""

import pytest

from pkportal.sources.citations import is_allowed
from pkportal.sources.links import has_invalid_link
from pkportal.sources.models import Source
from tests import make

pytestmark = pytest.mark.django_db
ADDRESSES = {
    "": False,
    "https://www.nato.int/cps/en/natohq/topics_48818.htm?selectedLocale=en#top": False,
    "http://docs.un.org:8080/S/RES/1244": False,
    "www.nato.int": True,
    "https://nato": True,
    "https://": True,
    "ftp://nato.int/text": True,
    "https://nato.int/a b": True,
}
TARGETS = [
    "/missions/",
    "#summary",
    "https://nato.int/x",
    "mailto:record@example.org",
    "www.nato.int",
    "//nato.int",
    "x",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_of_a_source_is_found_if_it_is_none(address):
    Source.objects.filter(pk=make.source().pk).update(url=address)

    assert Source.objects.filter(has_invalid_link(Source)).exists() == ADDRESSES[address]


@pytest.mark.parametrize("target", TARGETS)
def test_link_in_a_text_is_found_if_a_page_would_show_it_as_typed(target):
    mission = make.mission(summary=f"See [this page]({target}).")

    assert type(mission).objects.filter(has_invalid_link(type(mission))).exists() == (not is_allowed(target))
