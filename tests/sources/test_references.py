"""References: the numbered list of the sources of a page."""

import pytest
from django.template import Context, Template
from django.utils import translation

from pkportal.content.dates import PartialDate
from pkportal.sources.markdown import render_markdown
from pkportal.sources.models import Source
from pkportal.sources.references import References

from .inert import Page, assert_inert


def source(code, **fields):
    return Source(code=code, **{"title": f"Title {code}", "reference": f"SRC-{code}"} | fields)


def rendered_list(references):
    return Template("{% reference_list references %}").render(Context({"references": references}))


@pytest.fixture
def references():
    return References([source("a"), source("b"), source("c")])


def test_sources_are_numbered_in_order_of_first_mention_across_the_texts_of_a_page(references):
    first = Page(render_markdown("X [@b]. Y [@a; @b].", references))
    second = Page(render_markdown("Z [@c; @a].", references))

    assert first.links() == ["#SRC-b", "#SRC-a", "#SRC-b"]
    assert second.links() == ["#SRC-c", "#SRC-a"]
    assert [(entry.number, entry.source.code) for entry in references] == [(1, "b"), (2, "a"), (3, "c")]


def test_each_page_has_its_own_numbers(references):
    render_markdown("[@a]", references)
    other_page = References([source("a"), source("b")])
    note = '<a href="#SRC-b" id="note-1" aria-label="Note 1">'
    assert note in render_markdown("[@b]", other_page)
    assert len(other_page) == 1


def test_each_mention_keeps_its_pinpoint_and_anchor(references):
    page = Page(render_markdown("X [@a, para. 7]. Y [@b]. Z [@a, pp. 3–5].", references))

    (first, *_) = references
    assert [(mention.anchor, mention.pinpoint) for mention in first.mentions] == [
        ("note-1", "para. 7"),
        ("note-1-2", "pp. 3–5"),
    ]
    assert page.ids == ["note-1", "note-2", "note-1-2"]
    assert page.text.strip() == "X1, para. 7. Y2. Z1, pp. 3–5."


def test_label_of_a_note_is_its_number_with_its_pinpoint(references):
    page = Page(render_markdown("X [@a, para. 7].", references))
    (note,) = [dict(attrs) for tag, attrs in page.tags if tag == "a"]
    assert note["aria-label"] == "Note 1, para. 7"


@pytest.mark.parametrize("text", ["X [@a; @b].", "X [@a][@b].", "X [@a] [@b].", "X [@a]\n[@b].", "X\n[@a] \n [@b]."])
def test_adjacent_notes_are_separated(text, references):
    assert Page(render_markdown(text, references)).text.strip() == "X1; 2."


def test_note_follows_the_word_without_a_space(references):
    assert render_markdown("*By resolution\n1244* \n[@a] alone", references).startswith(
        "<p><em>By resolution\n1244</em><sup"
    )


def test_unknown_code_is_shown_and_takes_no_number(references):
    page = assert_inert(render_markdown("X [@nobody, p. 1; @a].", references))
    assert page.text.strip() == "X[unknown source: nobody]; 1."
    assert [entry.source.code for entry in references] == ["a"]


def test_without_references_every_code_is_unknown():
    assert Page(render_markdown("X [@a].")).text.strip() == "X[unknown source: a]."


def test_added_sources_are_listed_after_the_cited_ones(references):
    references.add(source("d"))
    references.add(references.cite("c").source)
    references.add(source("e"))
    references.add(source("d"))
    render_markdown("[@a]", references)

    listed = [(reference.number, reference.source.code, len(reference.mentions)) for reference in references]
    assert listed == [(1, "c", 1), (2, "a", 1), (3, "d", 0), (4, "e", 0)]
    assert len(references) == 4


def test_text_can_cite_an_added_source(references):
    references.add(source("d"))
    assert Page(render_markdown("[@d]", references)).links() == ["#SRC-d"]
    assert len(references) == 1


def test_sources_can_be_given_as_a_dict_by_code():
    assert References({"x": source("a")}).cite("x").source.code == "a"


def test_sources_that_are_not_cited_are_not_listed(references):
    assert not references
    assert rendered_list(references).strip() == ""


def test_notes_and_references_link_to_each_other(references):
    html = Template("{{ one|cite:references }}{{ two|cite:references }}{% reference_list references %}").render(
        Context({"one": "X [@b, p. 1; @a].", "two": "Y [@b].", "references": references})
    )
    page = Page(html)
    assert len(page.ids) == len({*page.ids})
    assert {link[1:] for link in page.links() if link.startswith("#")} == {*page.ids}
    assert {"SRC-a", "SRC-b", "note-1", "note-1-2", "note-2"} == {*page.ids}


def test_list_shows_authors_title_publisher_date_link_and_grade():
    document = source(
        "a",
        title="Report & annex",
        authors="D. Ruiz",
        publisher="NATO",
        published=PartialDate("1999-06"),
        url="https://nato.int/a?b&c",
        grade="B",
    )
    references = References([document])
    render_markdown("X [@a, para. 7]. Y [@a].", references)
    page = Page(rendered_list(references))

    assert " ".join(page.text.split()) == "D. Ruiz: Report & annex, NATO, June 1999. B official ↩ para. 7 ↩"
    assert page.links() == ["/sources/a/", "https://nato.int/a?b&c", "#note-1", "#note-1-2"]
    tags = {tag: dict(attrs) for tag, attrs in page.tags}
    assert tags["time"]["datetime"] == "1999-06"
    labels = [dict(attrs).get("aria-label") for tag, attrs in page.tags if tag == "a"]
    assert labels == [None, None, "Back to note 1, para. 7", "Back to note 1"]


def test_list_leaves_out_empty_fields(references):
    render_markdown("[@a]", references)
    assert " ".join(Page(rendered_list(references)).text.split()) == "Title a. ↩"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https:x", "/missions/", "", None]
)
def test_list_links_only_web_addresses(address):
    references = References([source("a", url=address, title="<b>")])
    render_markdown("[@a, <i>]", references)
    assert Page(rendered_list(references)).links() == ["/sources/a/", "#note-1"]
    assert "<b>" in Page(rendered_list(references)).text


def test_names_and_labels_can_be_translated(references):
    with translation.override("de"):
        assert "Note 1" in render_markdown("[@a]", references)


def test_plain_text_is_escaped_in_a_template():
    page = Template("{{ text|plain|truncatewords:2 }}").render(Context({"text": "*A* <b> c [@a]"}))
    assert page == "A &lt;b&gt; …"
