"""The stylesheets: one file per public page and one for the admin, each joined from small files, in cascade layers."""

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


@pytest.mark.parametrize(("name", "parts"), STYLESHEET_PARTS.items())
def test_stylesheet_is_its_source_files_in_order(name, parts):
    sheet = Path(finders.find(name)).read_text()

    assert sheet == "".join((FOLDER / f"{part}.css").read_text() for part in parts)
    assert max(len((FOLDER / f"{part}.css").read_text().splitlines()) for part in parts) <= 300


def test_every_source_file_is_in_a_stylesheet_or_loaded_by_a_page_of_the_admin():
    files = {file.relative_to(FOLDER).with_suffix("").as_posix() for file in FOLDER.rglob("*.css")}

    assert files <= {*sum(STYLESHEET_PARTS.values(), []), *sheets_of_the_admin()}


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
