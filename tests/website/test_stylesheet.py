"""A page loads one stylesheet, joined from small files, and at most two scripts."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from pkportal.website.stylesheet import STYLESHEET, STYLESHEET_PARTS, StylesheetFinder

FOLDER = settings.BASE_DIR / "static" / "css"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/missions/", "/search/", "/nowhere/"])
def test_a_page_loads_one_stylesheet_and_at_most_two_scripts(client, address):
    text = client.get(address).text

    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', text) == [f"/static/{STYLESHEET}"]
    assert text.count("<script") <= 2


def test_the_sheet_holds_every_source_in_order_and_nothing_else():
    sheet = Path(finders.find(STYLESHEET)).read_text()

    assert sheet == "".join((FOLDER / f"{name}.css").read_text() for name in STYLESHEET_PARTS)
    assert {file.stem for file in FOLDER.glob("*.css")} == {*STYLESHEET_PARTS, "admin"}


def test_every_rule_lies_in_a_layer_and_the_layers_are_named_first():
    sheet = Path(finders.find(STYLESHEET)).read_text()
    named = re.search(r"@layer ([a-z, ]+);", sheet)

    assert named[1].split(", ") == ["tokens", "base", "layout", "components", "pages", "print"]
    assert set(re.findall(r"@layer ([a-z]+) \{", sheet)) == set(named[1].split(", "))


def test_is_collected_under_its_own_name_only():
    finder = StylesheetFinder()

    assert [path for path, _storage in finder.list([])] == [STYLESHEET]
    assert finder.find("css/other.css") == []
    assert finder.find(STYLESHEET, find_all=True) == [finder.find(STYLESHEET)]
