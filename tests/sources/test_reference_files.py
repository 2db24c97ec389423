"""A source exported as a citation: a line of text, BibTeX and RIS."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def make_inquiry():
    return make.source(
        code="inquiry-2000",
        title="Costs & {gains}: 50% of $9 #1 a_b ~ ^ \\end",
        authors="Jane Roe; John O'Neil",
        publisher="House of Commons",
        published="2000-10-24",
        url="https://example.org/a_b?c=1&d=2%20",
        kind="report",
    )


def test_page_shows_a_citation_and_links_both_files(client):
    make_inquiry()

    page = client.get("/sources/inquiry-2000/").text

    assert "Jane Roe; John O&#x27;Neil: Costs &amp; {gains}" in page
    assert "House of Commons, 24 October 2000, https://example.org/a_b?c=1&amp;d=2%20</p>" in page
    assert 'href="/sources/inquiry-2000.bib"' in page
    assert 'href="/sources/inquiry-2000.ris"' in page


def test_bibtex_has_every_field_and_escapes_latex(client):
    make_inquiry()

    file = client.get("/sources/inquiry-2000.bib")

    assert file.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert file.headers["Content-Disposition"] == 'attachment; filename="inquiry-2000.bib"'
    assert file.text == (
        "@techreport{inquiry-2000,\n"
        "  author = {Jane Roe and John O'Neil},\n"
        "  title = {{Costs \\& \\{gains\\}: 50\\% of \\$9 \\#1 a\\_b "
        "\\textasciitilde{} \\textasciicircum{} \\textbackslash{}end}},\n"
        "  institution = {House of Commons},\n"
        "  year = {2000},\n"
        "  month = oct,\n"
        "  day = {24},\n"
        "  url = {https://example.org/a_b?c=1&d=2%20},\n"
        "}\n"
    )


def test_ris_has_one_tag_per_line(client):
    make_inquiry()

    file = client.get("/sources/inquiry-2000.ris")

    assert file.headers["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert file.text.split("\r\n") == [
        "TY  - RPRT",
        "ID  - inquiry-2000",
        "AU  - Jane Roe",
        "AU  - John O'Neil",
        "TI  - Costs & {gains}: 50% of $9 #1 a_b ~ ^ \\end",
        "PB  - House of Commons",
        "PY  - 2000",
        "DA  - 2000/10/24",
        "UR  - https://example.org/a_b?c=1&d=2%20",
        "ER  - ",
        "",
    ]


def test_empty_fields_are_left_out(client):
    make.source(code="bare", title="Ärger, zweimal", publisher="", authors="", published="1999-06")

    assert client.get("/sources/bare.bib").text == (
        "@misc{bare,\n  title = {{Ärger, zweimal}},\n  year = {1999},\n  month = jun,\n}\n"
    )
    assert client.get("/sources/bare.ris").text.split("\r\n") == [
        *["TY  - ELEC", "ID  - bare", "TI  - Ärger, zweimal", "PY  - 1999", "DA  - 1999/06", "ER  - ", ""]
    ]


def test_editors_are_exported_as_editors_and_not_as_authors(client):
    make.source(code="reader", authors="Louise Olsson; Johan Tejpar (eds.)")

    assert "  editor = {Louise Olsson and Johan Tejpar},\n" in client.get("/sources/reader.bib").text
    assert "ED  - Johan Tejpar\r\n" in client.get("/sources/reader.ris").text
    assert "author" not in client.get("/sources/reader.bib").text


def test_only_web_addresses_are_exported(client):
    source = make.source(code="odd")
    type(source).objects.update(url="javascript:alert(1)")

    for address in ["/sources/odd/", "/sources/odd.bib", "/sources/odd.ris"]:
        response = client.get(address)
        assert response.status_code == 200
        assert "javascript" not in response.text


@pytest.mark.parametrize("address", ["/sources/none.bib", "/sources/none.ris", "/sources/odd.docx", "/sources/%00.bib"])
def test_file_of_an_unknown_source_or_format_is_not_found(client, address):
    make.source(code="odd")

    assert client.get(address).status_code == 404
