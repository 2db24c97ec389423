"""The about page: its statements and its counts."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_page_has_the_policy_statements_and_no_mail_address(client, settings):
    page = client.get("/about/")

    assert "<title>About the record – Peacekeeping Record</title>" in page.text
    for words in ["Editorial policy", "AI assistance", "What is checked", "Report an error", "not a NATO site"]:
        assert words in page.text
    assert 'href="/topics/how-this-site-is-made/"' in page.text
    assert settings.SITE.netloc in page.text
    assert "@" not in page.text  # no mailbox that nobody reads


def test_page_links_the_contact_address_if_there_is_one(client, settings):
    settings.CONTACT = "mailto:desk@record.example"

    assert '<a href="mailto:desk@record.example">' in client.get("/about/").text


def test_counts_the_checked_records_among_the_published_ones(client):
    for checked in [True, False, False]:
        make.published_lesson().mark_checked(checked)
    make.lesson().mark_checked()
    make.contribution().mark_checked()
    make.contribution(mission=make.mission()).mark_checked()

    counts = {count.label: count for count in client.get("/about/").context["check_counts"]}

    assert (counts["lessons"].total, counts["lessons"].checked, counts["lessons"].share) == (3, 1, 33)
    assert (counts["contributions"].total, counts["contributions"].checked) == (1, 1)
    assert "topics" not in counts


def test_counts_sources_by_grade(client):
    for grade in ["A", "A", "X", ""]:
        make.source(grade=grade)

    page = client.get("/about/")

    counts = {grade: number for grade, _meaning, number in page.context["grades"]}
    assert counts == {"A": 2, "B": 0, "C": 0, "D": 0, "E": 0, "F": 0, "G": 0, "X": 1, "": 1}
    assert 'href="/sources/?grade=X"' in page.text
    assert "Not graded yet" in page.text


@pytest.mark.parametrize("records", [1, 3])
def test_costs_two_queries_for_any_number_of_records(client, records, django_assert_num_queries):
    for _ in range(records):
        make.published_lesson()
        make.contribution()

    with django_assert_num_queries(2):  # all models at once, the grades
        client.get("/about/")
