"""Markdown on a page: what editors can write, and attacks that must come out inert."""

from types import SimpleNamespace

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from pkportal.sources import markdown
from pkportal.sources.citations import is_allowed
from pkportal.sources.markdown import plain_text, render_markdown
from pkportal.sources.references import References

from .attacks import ATTACKS, sources, words
from .inert import Page, assert_inert


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_comes_out_inert(attack):
    assert_inert(render_markdown(attack, References(sources)))
    assert_inert(render_markdown(f"Before {attack} after [@a]\n\n{attack}", References(sources)))


@pytest.mark.parametrize("attack", ATTACKS)
def test_renderer_is_safe_without_the_cleaner(attack, monkeypatch):
    monkeypatch.setattr(markdown, "_cleaner", SimpleNamespace(clean=str))
    assert_inert(render_markdown(attack, References(sources)))


@pytest.mark.parametrize("attack", ATTACKS)
def test_cleaner_is_safe_without_the_renderer(attack):
    assert_inert(markdown._cleaner.clean(attack))


@given(words | st.text())
def test_any_text_renders_and_stays_inert(text):
    assert_inert(render_markdown(text, References(sources)))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="[]\0\r"), min_size=1))
def test_any_pinpoint_is_rendered_as_text(pinpoint):
    pinpoint = " ".join(pinpoint.split()).strip("\u00a0,; ")
    page = assert_inert(render_markdown(f"x [@a, {pinpoint}]", References(sources)))
    assert " ".join(page.text.split()) == (f"x1, {pinpoint}" if pinpoint else "x1")
    assert [tag for tag, _ in page.tags if tag not in {"span"}] == ["p", "sup", "a"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
        ("```sql\na\n```", "<pre><code>a\n</code></pre>\n"),
        ("***", "<hr>\n"),
        ("~~a~~ https://nato.int", "<p>~~a~~ https://nato.int</p>\n"),
        ("    a", "<p>a</p>\n"),
        ("1 < 2 & <b>3</b>", "<p>1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;</p>\n"),
        ("", ""),
        (None, ""),
    ],
)
def test_renders_the_supported_markup_and_shows_the_rest_as_typed(text, html):
    assert render_markdown(text) == html


def test_rendered_text_is_safe_html_for_a_template():
    assert isinstance(render_markdown("a"), SafeString)


def test_table_cells_are_aligned_by_class_and_headers_have_a_scope():
    html = render_markdown("| Nation | People |\n|:--|--:|\n| Italy | 542 |")

    assert [(tag, dict(attrs)) for tag, attrs in Page(html).tags if tag in {"th", "td"}] == [
        ("th", {"scope": "col", "class": "left"}),
        ("th", {"scope": "col", "class": "right"}),
        ("td", {"class": "left"}),
        ("td", {"class": "right"}),
    ]


def test_table_is_in_a_region_labelled_by_its_columns():
    html = render_markdown("| *Nation* <b> | People |\n|:--|--:|\n| Italy | 542 |")

    assert Page(html).tags[0] == (
        "div",
        [("class", "table"), ("role", "region"), ("aria-label", "Table: Nation <b>, People"), ("tabindex", "0")],
    )
    assert html.endswith("</table></div>\n")


def test_headings_begin_at_the_second_level_and_have_unique_ids():
    html = render_markdown(
        "# Origins\n\nOrigins\n=======\n\n## The *first* `force` [@a]\n\n###### ISAF & KFOR\n\n##\n\n## Љ",
        References(sources),
    )

    headings = [(tag, dict(attrs)["id"]) for tag, attrs in Page(html).tags if tag.startswith("h")]
    assert headings == [
        ("h2", "section-origins"),
        ("h2", "section-origins-2"),
        ("h2", "section-the-first-force"),
        ("h6", "section-isaf-kfor"),
        ("h2", "section"),
        ("h2", "section-љ"),
    ]
    assert html.count("</h2>") == 5


def test_headings_of_two_texts_on_one_page_have_unique_ids():
    page = References()
    assert_inert(render_markdown("## Outcome\n\n## Outcome 2", page) + render_markdown("## Outcome", page))


@pytest.mark.parametrize(
    ("address", "rel"),
    [
        ("https://www.nato.int/a?b=1&c=2#d", "noopener"),
        ("HTTP://nato.int", "noopener"),
        ("mailto:desk@example.org", None),
        ("/missions/kfor/?year=1999", None),
        ("#SRC-0001", None),
    ],
)
def test_web_mail_and_local_addresses_become_links(address, rel):
    page = assert_inert(render_markdown(f'[x]({address} "t")'))

    (attributes,) = [dict(attrs) for tag, attrs in page.tags if tag == "a"]
    assert attributes["title"] == "t"
    assert (attributes["href"], attributes.get("rel")) == (address, rel)


@pytest.mark.parametrize(
    "address", ["kfor", "../kfor", "?a=1", "ftp://a.b", "tel:1", "https:nato.int", "//nato.int", "https:///x"]
)
def test_other_addresses_do_not_become_links(address):
    assert Page(render_markdown(f"[x]({address})")).links() == []
    assert Page(render_markdown(f"<{address}>")).links() == []


@pytest.mark.parametrize("address", ["/\t/evil.example", "/\n/evil.example", "https://a b", "\x01javascript:1", " /a"])
def test_address_with_characters_that_a_browser_drops_is_refused(address):
    assert not is_allowed(address)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KFOR was authorised by resolution 1244 [@a, para. 7].", "KFOR was authorised by resolution 1244."),
        ("## Origins\n\nIn *1992*, [NATO](https://nato.int)\nbegan  \n`a`.", "Origins In 1992, NATO began a."),
        ("- a\n- b\n\n| c | d |\n|---|---|\n| e | f |", "a b c d e f"),
        ("First [@a]\n[@b; @a] last", "First last"),
        ("<b>x</b> &amp; y", "<b>x</b> & y"),
        ("", ""),
        (None, ""),
    ],
)
def test_plain_text_has_the_words_without_markup(text, words):
    assert plain_text(text) == words


def test_plain_text_is_not_marked_as_safe_html():
    assert not isinstance(plain_text("<b>"), SafeString)


@given(words | st.text())
def test_plain_text_of_any_text_is_one_line(text):
    assert plain_text(text).split("\n") == [" ".join(plain_text(text).split())]


@pytest.mark.parametrize(
    "text", ["[" * 9000, "*_" * 5000, "> " * 3000, "`" * 9001 + "a", "[@a] " * 3000, "<" * 9000, "- " * 500]
)
def test_deeply_nested_text_still_renders(text):
    assert_inert(render_markdown(text, References(sources)))
