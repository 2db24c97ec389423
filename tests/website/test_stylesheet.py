"""The stylesheet: one file per page, joined from small files, in cascade layers."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from pkportal.website.stylesheet import STYLESHEET, STYLESHEET_PARTS

FOLDER = settings.BASE_DIR / "static" / "css"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/missions/", "/search/", "/nowhere/"])
def test_page_loads_one_stylesheet_and_at_most_two_scripts(client, address):
    text = client.get(address).text

    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', text) == [f"/static/{STYLESHEET}"]
    assert text.count("<script") <= 2


def test_stylesheet_is_every_source_file_in_order():
    sheet = Path(finders.find(STYLESHEET)).read_text()

    assert sheet == "".join((FOLDER / f"{name}.css").read_text() for name in STYLESHEET_PARTS)
    assert {file.stem for file in FOLDER.glob("*.css")} <= {*STYLESHEET_PARTS, *sheets_of_the_admin()}


def sheets_of_the_admin():
    """Yield the names of the style sheets that pages of the admin load beside the one of the public pages."""
    for folder in ["templates", "pkportal/editorial"]:
        for file in (settings.BASE_DIR / folder).rglob("*.*"):
            if file.suffix in {".html", ".py"}:
                yield from re.findall(r"css/([a-z-]+)\.css", file.read_text())


def test_layers_are_declared_first_and_all_of_them_are_used():
    sheet = Path(finders.find(STYLESHEET)).read_text()
    declared = re.search(r"@layer ([a-z, ]+);", sheet)

    assert declared[1].split(", ") == ["tokens", "base", "layout", "components", "pages", "print"]
    assert set(re.findall(r"@layer ([a-z]+) \{", sheet)) == set(declared[1].split(", "))
