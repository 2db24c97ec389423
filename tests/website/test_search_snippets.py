"""What is shown of a record that a search has found: its title and a part of its text, with the words marked."""

import pytest

from tests import make
from tests.website.test_search import hits

pytestmark = pytest.mark.django_db


def test_snippet_is_of_the_text_with_the_most_words_of_the_query(client):
    make.published_lesson(conclusion="A heron.", discussion="Herons in the harbours.", recommendation="No harbour.")

    (hit,) = hits(client.get("/search/?q=heron harbour"))

    assert hit.snippet == "<mark>Herons</mark> in the <mark>harbours</mark>."


def test_matches_are_highlighted_in_title_and_snippet_without_markup_or_citations(client):
    make.source(code="treaty")
    make.published_mission(
        name="Patrol at sea", summary="Ships **patrolled** the [Adriatic](/missions/) [@treaty, p. 3]."
    )

    (hit,) = hits(client.get("/search/?q=patrol"))

    assert hit.title == "<mark>Patrol</mark> at sea"
    assert hit.snippet == "Ships <mark>patrolled</mark> the Adriatic."


def test_snippet_shows_the_match_in_a_long_text_with_ellipses(client):
    long = " ".join(f"Sentence {number} says nothing." for number in range(60))
    make.published_lesson(conclusion="It follows.", discussion=f"{long} A heron flew. {long}")

    (hit,) = hits(client.get("/search/?q=heron"))

    assert "<mark>heron</mark>" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("heron stork", ["heron", "stork"]),
        ('"grey heron"', ["grey", "heron"]),
        ("storks -crane", ["stork"]),
    ],
)
def test_snippet_of_a_long_text_shows_each_word_wherever_it_stands(client, query, marked):
    long = " ".join(f"Sentence {number} of grey is about nothing." for number in range(90))
    make.published_lesson(discussion=f"A heron was grey. {long} A grey heron and a stork flew. {long} A stork.")

    (hit,) = hits(client.get("/search/", {"q": query}))

    assert all(f"<mark>{word}</mark>" in hit.snippet for word in marked)


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", "<b>bold</b>", '"><img src=x>', "</mark>"])
def test_highlighted_text_is_escaped(client, attack):
    make.published_lesson(title=f"Heron {attack}", conclusion=f"A heron {attack} and a `{attack}`.")

    page = client.get("/search/?q=heron")

    (hit,) = hits(page)
    unmarked = (hit.title + hit.snippet).replace("<mark>heron</mark>", "").replace("<mark>Heron</mark>", "")
    assert "<" not in unmarked
    assert "<mark>Heron</mark>" in page.text
    assert attack not in page.text.replace("<mark>Heron</mark>", "").replace("<mark>heron</mark>", "")


def test_html_entities_in_a_title_are_shown_as_written(client):
    make.published_lesson(title="Heron &lt;mark&gt; <b>", conclusion="A heron.")

    (hit,) = hits(client.get("/search/?q=heron"))

    assert hit.title == "<mark>Heron</mark> &amp;lt;mark&amp;gt; &lt;b&gt;"


@pytest.mark.parametrize("query", ["peć", "Pec", "PEĆ", "Pe\u0107"])
def test_accents_are_ignored_in_matching_and_kept_in_results(client, query):
    make.published_lesson(title="Peć and Pec", conclusion="In Peć, not in Đakovica.")

    (hit,) = hits(client.get("/search/", {"q": query}))

    assert hit.title == "<mark>Peć</mark> and <mark>Pec</mark>"
    assert "<mark>Peć</mark>, not in Đakovica." in hit.snippet


def test_result_without_a_text_has_no_snippet(client):
    make.command(name="Heron command", place="")

    (hit,) = hits(client.get("/search/?q=heron"))

    assert hit.snippet == ""


def test_control_characters_in_a_text_are_not_taken_for_highlights(client):
    make.published_lesson(title="Heron \x02one\x03", conclusion="A \x03heron\x02 \x02.")

    (hit,) = hits(client.get("/search/?q=heron"))

    assert hit.title == "<mark>Heron</mark> one"
    assert "<mark>heron</mark>" in hit.snippet
    assert not {"\x02", "\x03"} & {*hit.snippet}
