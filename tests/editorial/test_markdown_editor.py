"""What the editor of Markdown asks for: a preview, and sources to cite."""

import pytest

from pkportal.editorial.markdown_editor import CHOICES
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def editing(client, editor):
    client.force_login(editor)
    return client


def preview(client, text):
    return client.post("/admin/markdown/preview/", {"text": text})


def test_preview_shows_a_text_with_its_notes(editing):
    source = make.source(code="un-1244", title="Resolution 1244")

    page = preview(editing, "It **keeps** the peace [@un-1244, para. 7]. And [@none].").text

    assert "<strong>keeps</strong>" in page
    assert f'<a href="#{source.reference}"' in page
    assert "Resolution 1244" in page
    assert "unknown source: none" in page


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "\x00", "[@" + "a" * 9000 + "]"]
)
def test_preview_of_a_hostile_text_is_harmless(editing, text):
    page = preview(editing, text)

    assert page.status_code == 200
    assert "<script" not in page.text
    assert 'href="javascript' not in page.text


def test_preview_is_asked_by_post_and_by_staff(editing, client):
    assert editing.get("/admin/markdown/preview/").status_code == 405
    client.logout()
    assert preview(client, "x").status_code == 302


@pytest.mark.parametrize("words", ["resolution", "un-12", "RESOL 1999", "", "\x00"])
def test_sources_are_found_by_their_words(editing, words):
    make.source(code="un-1244", title="Resolution 1244", publisher="United Nations", published="1999-06-10")

    (found,) = editing.get("/admin/markdown/sources/", {"q": words}).json()["sources"]

    assert found == {
        "code": "un-1244",
        "title": "Resolution 1244",
        "details": "un-1244, United Nations, 1999-06-10",
    }


def test_few_sources_are_offered_at_once_and_to_those_who_may_see_them(editing, client, staff_without_rights):
    for _ in range(CHOICES + 1):
        make.source()
    assert len(editing.get("/admin/markdown/sources/").json()["sources"]) == CHOICES

    client.force_login(staff_without_rights)
    assert client.get("/admin/markdown/sources/").status_code == 403
