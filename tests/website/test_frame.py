"""The base template of every page, and the template components that pages are made of."""

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


def exists(address):
    if address.startswith("/static/"):
        return bool(finders.find(address.removeprefix("/static/")))
    return bool(resolve(address))


def rendered(text, **context):
    """Return a piece of a template as HTML."""
    return Template(text).render(Context({"request": RequestFactory().get("/missions/kfor/"), **context})).strip()


def test_navigation_marks_the_current_section():
    assert rendered('{% nav_link "missions" "Missions" %}') == '<a href="/missions/" aria-current="true">Missions</a>'
    assert rendered('{% nav_link "lessons" "Lessons" %}') == '<a href="/lessons/">Lessons</a>'


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1999-06-12", "2001", "12 June 1999 – 2001"),
        ("1999-06", None, "from June 1999"),
        (None, "2001", "until 2001"),
        (None, None, ""),
    ],
)
def test_period_is_written_as_exactly_as_it_is_known(start, end, words):
    assert re.sub("<[^>]+>", "", rendered("{% period start end %}", start=start, end=end)) == words


def test_printed_page_has_its_address_with_all_that_it_was_asked(settings):
    settings.SITE_URL = "https://record.example.org"
    request = RequestFactory().get("/missions/kfor/?on=2010&x=<b>")

    address = "https://record.example.org/missions/kfor/?on=2010&amp;x=%3Cb%3E"
    assert rendered("{% page_address %}", request=request) == address


def test_empty_fact_is_left_out():
    html = rendered('{% facts %}{% fact "When" %}1999{% endfact %}{% fact "Where" %} {% endfact %}{% endfacts %}')

    assert "<dt>When</dt><dd>1999</dd>" in html
    assert "Where" not in html


def test_page_head_escapes_its_title_and_has_breadcrumbs():
    html = rendered(
        '{% page_head title "missions" "Missions" "/x/?a=b" "Here" short="K" %}{% endpage_head %}', title="<b>"
    )

    assert "<h1>&lt;b&gt; <span" in html
    assert '<a href="/missions/">Missions</a>' in html
    assert '<a href="/x/?a=b">Here</a>' in html
    assert "chips" not in html


@pytest.mark.django_db
def test_notes_are_numbered_by_first_mention_and_sorted():
    first, second = make.source(title="First"), make.source(title="Second")
    event = make.event()
    event.source_codes = [second.code, first.code]
    references = references_to(event)

    one = rendered("{% notes references code %}", references=references, code=first.code)
    both = rendered("{% notes references event.source_codes %}", references=references, event=event)
    unknown = rendered('{% notes references "gone" %}', references=references)

    assert re.findall("#(SRC-[0-9]+)", one) == [first.reference]
    assert re.findall("#(SRC-[0-9]+)", both) == [first.reference, second.reference]
    assert 'aria-label="Note 2"' in both
    assert both.count(" id=") == 1
    assert unknown == '<sup class="note">gone</sup>'
    assert rendered("{% notes references codes %}", references=references, codes=[]) == ""


@pytest.mark.django_db
def test_unknown_address_has_the_title_and_the_search_form(client):
    page = client.get("/nowhere/")

    assert page.status_code == 404
    assert "<title>Page not found – Peacekeeping Record</title>" in page.text
    assert '<form class="search" action="/search/"' in page.text


@pytest.mark.parametrize("name", ["400.html", "405.html", "500.html", "503.html"])
def test_error_pages_need_no_database_no_request_and_no_manifest(settings, name):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": f"{STORAGE}.ManifestStaticFilesStorage"}}

    page = render_to_string(name)

    assert '<a class="brand" href="/">' in page
    assert [address for address in re.findall(r'href="(/[^"]*)"', page) if not exists(address)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["400.html", "405.html", "500.html", "503.html", "403.html", "404.html"])
def test_error_pages_link_to_pages_that_exist(client, name):
    page = render_to_string(name)
    links = re.findall(r'<b><a href="([^"]+)">', page) + re.findall(r'<form class="search" action="([^"]+)"', page)

    assert len(links) >= 6
    assert {client.get(link).status_code for link in links} == {200}


def test_logo_is_the_same_in_every_base_template():
    logo = render_to_string("components/mark.html")
    path = re.search(r'<path d="[^"]+"', logo)[0]
    pages = [rendered(f'{{% extends "{name}" %}}') for name in ["base.html", "bare.html", "admin/base_site.html"]]

    assert [page.count(path) for page in pages] == [1, 1, 1]
    drawing = (settings.BASE_DIR / "static" / "img" / "mark.svg").read_text()
    assert path.split() == re.search(r'<path d="[^"]+"', drawing)[0].split()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/missions/", "/nowhere/"])
def test_page_needs_no_more_than_the_content_security_policy_allows(client, address):
    page = client.get(address)

    assert "default-src 'self'" in page["Content-Security-Policy"].split("; ")
    assert "unsafe" not in page["Content-Security-Policy"]
    assert not re.search(r"<style|<script(?! src=\"/static/)|\sstyle=|\son[a-z]+=|javascript:", page.text)
    assert '<a class="skip" href="#content">' in page.text
    assert "It is not a NATO site" in page.text


@pytest.mark.django_db
def test_base_template_costs_no_query_and_sets_no_cookie(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/nowhere/")

    assert not page.cookies


def without_white_space(text):
    return re.sub(r">\s+<", "><", " ".join(text.split()))


def test_table_is_labelled_by_its_caption():
    head = '<caption id="c">Deaths</caption><thead><tr><th scope="col" class="number">Up to</th></tr></thead>'
    body = '<tbody><tr><th scope="row">{{ name }}</th><td class="number">3</td></tr></tbody>'
    html = without_white_space(
        rendered(f'{{% table css_class="dense" id="t" %}}{head}{body}{{% endtable %}}', name="<td>")
    )

    assert '<div class="table" role="region" aria-labelledby="c" tabindex="0">' in html
    assert '<table class="dense" id="t"><caption id="c">' in html
    assert '<tr><th scope="row">&lt;td&gt;</th><td class="number">3</td>' in html


def test_table_without_a_caption_has_its_label():
    html = without_white_space(rendered("{% table label=name %}<tbody></tbody>{% endtable %}", name="Missions & more"))

    assert 'role="region" aria-label="Missions &amp; more" tabindex="0"' in html
    assert "labelledby" not in html


def test_table_cells_are_trimmed():
    html = rendered(
        '{% table label="T" %}<td class="a">\n  {% if name %}{{ name }}{% endif %}\n</td><td> b </td>{% endtable %}'
    )

    assert '<td class="a"></td><td>b</td>' in html
