"""The page of keyboard shortcuts lists those that there are."""

import re

import pytest
from django.conf import settings

from pkportal.editorial.shortcuts import SHORTCUTS, SINGLE_KEYS


def test_every_single_key_is_that_of_an_element_and_every_key_of_an_element_is_listed():
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    keys = {key for path in templates for key in re.findall(r'data-key="(.)"', path.read_text())}

    assert keys == {shortcut.key for shortcut in SINGLE_KEYS}


@pytest.mark.django_db
def test_page_of_shortcuts_lists_them_and_every_page_of_the_admin_leads_to_it(client, editor):
    client.force_login(editor)
    text = client.get("/admin/shortcuts/").text

    keys = [key for key in re.findall("<kbd>(.+?)</kbd>", text) if key not in {"Alt", "Shift"}]
    assert keys == [shortcut.key for shortcut in [*SHORTCUTS, *SINGLE_KEYS]]
    list_page = client.get("/admin/missions/mission/").text
    assert 'href="/admin/shortcuts/"' in list_page
    assert "js/keys.js" in list_page
