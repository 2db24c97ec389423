"""Lists of the admin that stay fast with a million rows: late pages, search over related records, filters in use."""

import pytest

from missions.models import Contribution
from pkportal.website import lists
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures():
    kosovo = make.mission(name="Kosovo Force", acronym="KFOR")
    italy = make.country(name="Italy")
    return [
        make.contribution(mission=kosovo, country=italy, as_of="2001", note="Carabinieri in Pristina"),
        make.contribution(mission=kosovo, as_of="2003"),
        make.contribution(country=italy, as_of="2002", location="Pristina"),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kosovo", [0, 1]),
        ("KFOR italy", [0]),
        ("italy pristina", [0, 2]),
        ("'in pristina'", [0]),
        ('"pristina in"', []),
        ("", [0, 1, 2]),
    ],
)
def test_search_finds_rows_that_have_each_word_in_a_column_or_in_a_related_record(
    admin_as, editor, figures, words, found
):
    page = admin_as(editor).get(Contribution, "changelist", q=words)

    assert {*page.context["cl"].queryset} == {figures[number] for number in found}


def test_late_page_of_a_list_has_the_rows_after_the_page_before(admin_as, editor, figures, monkeypatch):
    monkeypatch.setattr(lists, "DEEP", 0)
    monkeypatch.setattr("missions.admin.contribution.ContributionAdmin.list_per_page", 1)
    browser = admin_as(editor)

    pages = [browser.get(Contribution, "changelist", p=number) for number in [1, 2, 3]]

    dates = [record.as_of for page in pages for record in page.context["cl"].result_list]
    assert dates == ["2003", "2002", "2001"]
