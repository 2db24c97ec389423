"""Claims of texts: which sentence cites what, on the page of a record and counted over all records."""

import pytest
from django.urls import reverse

from missions.models import Event, Mission
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kfor():
    make.source(code="paper")
    text = "It had 4,273 people [@paper, p. 7]. It began in 1999. It kept the peace."
    mission = make.mission(code="kfor", name="Kosovo Force", summary=text)
    make.event(mission=mission, text="It arrived on 12 June 1999.")
    make.lesson(observation="It had 12 tanks.")
    return mission


def claims_of_record(record):
    return reverse("admin:changes_check_claims", args=[record._meta.label_lower, record.reference])


def test_page_of_a_text_shows_each_claim_with_its_citation_or_the_lack_of_one(admin_as, editor, kfor):
    browser = admin_as(editor)
    assert claims_of_record(kfor) in browser.get(Mission, "change", kfor.pk).text

    page = browser.client.get(claims_of_record(kfor))

    ((label, found),) = page.context["texts"]
    assert (label, page.context["total"], page.context["uncited"]) == ("Summary", 2, 1)
    assert [(claim.text, [it.code for it in claim.citations]) for claim in found] == [
        ("It had 4,273 people.", ["paper"]),
        ("It began in 1999.", []),
    ]
    assert page.text.count("no source") == 1
    (part,) = page.context["parts"]
    assert (part.claims, part.uncited, part.address) == (1, 1, claims_of_record(Event.objects.get()))


def test_coverage_is_counted_by_kind_and_by_record_with_its_parts(admin_as, editor, kfor):
    page = admin_as(editor).client.get(reverse("admin:changes_check_coverage"))

    kinds = {row.name: (row.claims, row.uncited, row.share) for row in page.context["kinds"]}
    assert (kinds["Missions"], kinds["Events"], kinds["Lessons"]) == ((2, 1, 50), (1, 1, 0), (1, 1, 0))
    rows = {row.name: (row.claims, row.uncited) for row in page.context["records"]}
    assert rows["Kosovo Force"] == (3, 2)
    assert claims_of_record(kfor) in page.text


def test_coverage_costs_the_same_for_any_number_of_texts(admin_as, editor, kfor, django_assert_max_num_queries):
    for _ in range(3):
        make.event(mission=kfor, text="In 1999.")
    client = admin_as(editor).client

    with django_assert_max_num_queries(14):
        client.get(reverse("admin:changes_check_coverage"))


def test_claims_are_for_those_who_may_see_the_record(admin_as, staff_without_rights, kfor):
    client = admin_as(staff_without_rights).client

    assert client.get(claims_of_record(kfor)).status_code == 403
    assert client.get(reverse("admin:changes_check_coverage")).status_code == 403


def test_record_without_texts_has_no_page_of_claims(admin_as, editor, kfor):
    client = admin_as(editor).client

    assert client.get(claims_of_record(make.country())).status_code == 404
    assert client.get(claims_of_record(Event(reference="EV-9999"))).status_code == 404
