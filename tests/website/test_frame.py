"""The frame around every page, and the parts pages are made of."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve

from pkportal.sources.references import references_to
from tests import make

STORAGE = "django.contrib.staticfiles.storage"


def is_ours(address):
    if address.startswith("/static/"):
        return bool(finders.find(address.removeprefix("/static/")))
    return bool(resolve(address))


def drawn(text, **context):
    """Render a piece of a template."""
    return Template(text).render(Context({"request": RequestFactory().get("/missions/kfor/"), **context})).strip()


def test_marks_the_room_the_reader_is_in():
    assert drawn('{% nav_link "missions" "Missions" %}') == '<a href="/missions/" aria-current="true">Missions</a>'
    assert drawn('{% nav_link "lessons" "Lessons" %}') == '<a href="/lessons/">Lessons</a>'


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1999-06-12", "2001", "12 June 1999 – 2001"),
        ("1999-06", None, "from June 1999"),
        (None, "2001", "until 2001"),
        (None, None, ""),
    ],
)
def test_writes_a_span_of_time_as_exactly_as_it_is_known(start, end, words):
    assert re.sub("<[^>]+>", "", drawn("{% period start end %}", start=start, end=end)) == words


def test_a_fact_that_is_not_known_takes_no_place():
    shown = drawn('{% facts %}{% fact "When" %}1999{% endfact %}{% fact "Where" %} {% endfact %}{% endfacts %}')

    assert "<dt>When</dt><dd>1999</dd>" in shown
    assert "Where" not in shown


def test_the_head_of_a_page_escapes_its_title_and_links_the_way_here():
    shown = drawn(
        '{% page_head title "missions" "Missions" "/x/?a=b" "Here" short="K" %}{% endpage_head %}', title="<b>"
    )

    assert "<h1>&lt;b&gt; <span" in shown
    assert '<a href="/missions/">Missions</a>' in shown
    assert '<a href="/x/?a=b">Here</a>' in shown
    assert "chips" not in shown


@pytest.mark.django_db
def test_notes_are_numbered_as_they_come_and_sorted_in_a_row():
    first, second = make.source(title="First"), make.source(title="Second")
    event = make.event()
    event.source_codes = [second.code, first.code]
    references = references_to(event)

    alone = drawn("{% notes references code %}", references=references, code=first.code)
    both = drawn("{% notes references event.source_codes %}", references=references, event=event)
    unknown = drawn('{% notes references "gone" %}', references=references)

    assert re.findall("ref-[0-9]+", alone) == ["ref-1"]
    assert re.findall("ref-[0-9]+", both) == ["ref-1", "ref-2"]
    assert 'aria-label="Note 2: Second"' in both
    assert both.count(" id=") == 1
    assert unknown == '<sup class="note">gone</sup>'
    assert drawn("{% notes references codes %}", references=references, codes=[]) == ""


@pytest.mark.django_db
def test_a_page_that_is_not_there_still_has_its_frame(client):
    page = client.get("/nowhere/")

    assert page.status_code == 404
    assert "<title>Not on record – Peacekeeping Record</title>" in page.text
    assert '<form class="search" action="/search/"' in page.text


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_for_a_broken_portal_need_no_database_no_request_and_no_manifest(settings, name):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": f"{STORAGE}.ManifestStaticFilesStorage"}}

    page = render_to_string(name)

    assert '<a class="brand" href="/">' in page
    assert [address for address in re.findall(r'href="(/[^"]*)"', page) if not is_ours(address)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["400.html", "500.html", "403.html", "404.html"])
def test_a_page_the_reader_did_not_come_for_leads_on_to_pages_that_are_there(client, name):
    page = render_to_string(name)
    ways = re.findall(r'<b><a href="([^"]+)">', page) + re.findall(r'<form class="search" action="([^"]+)"', page)

    assert len(ways) >= 6
    assert {client.get(way).status_code for way in ways} == {200}


def test_the_mark_is_the_same_wherever_it_stands():
    mark = render_to_string("components/mark.html")
    drawing = re.search(r'<path d="[^"]+"', mark)[0]
    frames = [drawn(f'{{% extends "{name}" %}}') for name in ["base.html", "bare.html", "admin/base_site.html"]]

    assert [frame.count(drawing) for frame in frames] == [1, 1, 1]
    assert drawing in (settings.BASE_DIR / "static" / "img" / "mark.svg").read_text()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/missions/", "/nowhere/"])
def test_no_page_needs_more_than_the_content_security_policy_allows(client, address):
    page = client.get(address)

    assert "default-src 'self'" in page["Content-Security-Policy"].split("; ")
    assert "unsafe" not in page["Content-Security-Policy"]
    assert not re.search(r"<style|<script(?! src=\"/static/)|\sstyle=|\son[a-z]+=|javascript:", page.text)
    assert '<a class="skip" href="#content">' in page.text
    assert "It is not a NATO site" in page.text


@pytest.mark.django_db
def test_a_reader_costs_no_query_of_the_frame_and_gets_no_cookie(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/nowhere/")

    assert not page.cookies


def on_one_line(text):
    return re.sub(r">\s+<", "><", " ".join(text.split()))


def test_a_table_is_framed_by_its_caption_and_each_part_has_its_role():
    head = '<caption id="c">Deaths</caption><thead><tr><th scope="col" class="number">Up to</th></tr></thead>'
    body = '<tbody><tr><th scope="row">{{ name }}</th><td class="number">3</td></tr></tbody>'
    shown = on_one_line(drawn(f'{{% table look="dense" id="t" %}}{head}{body}{{% endtable %}}', name="<td>"))

    assert '<div class="table" role="region" aria-labelledby="c" tabindex="0">' in shown
    assert '<table role="table" class="dense" id="t"><caption id="c">' in shown
    assert '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="number">' in shown
    assert (
        '<tr role="row"><th role="rowheader" scope="row">&lt;td&gt;</th><td role="cell" class="number">3</td>' in shown
    )


def test_a_table_without_a_caption_is_framed_by_its_label():
    shown = on_one_line(drawn("{% table label=name %}<tbody></tbody>{% endtable %}", name="Missions & more"))

    assert 'role="region" aria-label="Missions &amp; more" tabindex="0"' in shown
    assert "labelledby" not in shown


def test_a_cell_keeps_no_white_space_at_its_edges():
    shown = drawn(
        '{% table label="T" %}<td class="a">\n  {% if name %}{{ name }}{% endif %}\n</td><td> b </td>{% endtable %}'
    )

    assert '<td role="cell" class="a"></td><td role="cell">b</td>' in shown
