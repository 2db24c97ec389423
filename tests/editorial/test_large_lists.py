"""Lists of the admin that stay fast with a million rows: late pages, search over related records, filters in use."""

import pytest
from django.contrib import admin
from django.urls import reverse
from pytest_django.asserts import assertContains, assertInHTML

from lessons.models import Lesson
from missions.models import Contribution
from pkportal.editorial import change_list
from pkportal.website import list_paginator
from tests import make
from tests.editorial.pages import messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures():
    kosovo = make.mission(name="Kosovo Force", acronym="KFOR")
    italy = make.country(name="Italy")
    türkiye = make.country(name="Türkiye")
    return [
        make.contribution(mission=kosovo, country=italy, as_of="2001", note="Carabinieri in Pristina"),
        make.contribution(mission=kosovo, country=türkiye, as_of="2003"),
        make.contribution(country=italy, as_of="2002", location="Pristina"),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kosovo", [0, 1]),
        ("KFOR italy", [0]),
        ("italy pristina", [0, 2]),
        ("carabinieri pristina", [0]),
        ("carab prist", [0]),
        ("ristina", []),
        ("turkiye", [1]),
        ("in the", [0, 1, 2]),
        ("'carabinieri in pris'", [0]),
        ('"pristina carabinieri"', []),
        ("", [0, 1, 2]),
    ],
)
def test_search_finds_rows_that_have_each_word_from_its_beginning_in_a_column_or_in_a_related_record(
    admin_as, editor, figures, words, found
):
    page = admin_as(editor).get(Contribution, "changelist", q=words)

    assert {*page.context["cl"].queryset} == {figures[number] for number in found}


@pytest.mark.parametrize("words", ["'", '"', "''", '""', "\\", "a\\'b", ":*", "!(&|", "<->", "%", "_", "-", "'' italy"])
def test_search_takes_any_characters_as_text(admin_as, editor, figures, words):
    assert admin_as(editor).get(Contribution, "changelist", q=words).status_code == 200


@pytest.mark.parametrize("words", ["PK-L-0042", "pk-l-004", "decide"])
def test_lesson_is_found_by_the_beginning_of_its_number_and_by_a_word_of_its_texts(admin_as, editor, words):
    lesson = make.lesson(number="PK-L-0042", title="Deciding early")
    make.lesson(number="PK-L-0007", title="Late")

    page = admin_as(editor).get(Lesson, "changelist", q=words)

    assert [*page.context["cl"].queryset] == [lesson]


def test_search_that_finds_very_many_rows_lists_the_first_and_says_so(admin_as, editor, figures, monkeypatch):
    monkeypatch.setattr(change_list, "MAX_FOUND", 2)
    monkeypatch.setattr("missions.admin.contribution.ContributionAdmin.list_per_page", 1)

    pages = [admin_as(editor).get(Contribution, "changelist", q="in", p=number) for number in [1, 2]]

    first, second = (record.as_of for page in pages for record in page.context["cl"].result_list)
    assert first > second
    assert "2+ contributions" in pages[0].text
    assert messages(pages[0]) == [
        "More than 2 were found; the first are listed. Add a word or a filter to find others."
    ]


def test_row_of_a_search_has_the_checkbox_of_django_and_links_that_keep_the_search(admin_as, editor, figures):
    page = admin_as(editor).get(Contribution, "changelist", q="carabinieri italy")

    form = reverse("admin:missions_contribution_change", args=[figures[0].pk])
    assertContains(page, f'"{form}?_changelist_filters=q%3Dcarabinieri%2Bitaly"', count=2)  # mission and country
    checkbox = admin.ModelAdmin.action_checkbox(admin.site.get_model_admin(Contribution), figures[0])
    assertInHTML(checkbox, page.text, count=1)


def test_filter_of_linked_records_offers_those_in_use(admin_as, editor):
    mission = make.mission()
    make.mission()
    make.lesson().missions.add(mission)

    page = admin_as(editor).get(Lesson, "changelist")

    (spec,) = (spec for spec in page.context["cl"].filter_specs if getattr(spec, "field_path", "") == "missions")
    assert [key for key, _name in spec.lookup_choices] == [mission.pk]


def test_late_page_of_a_list_has_the_rows_after_the_page_before(admin_as, editor, figures, monkeypatch):
    monkeypatch.setattr(list_paginator, "DEEP", 0)
    monkeypatch.setattr("missions.admin.contribution.ContributionAdmin.list_per_page", 1)
    browser = admin_as(editor)

    pages = [browser.get(Contribution, "changelist", p=number) for number in [1, 2, 3]]

    dates = [record.as_of for page in pages for record in page.context["cl"].result_list]
    assert dates == ["2003", "2002", "2001"]


def test_choices_of_filters_are_counted_only_when_asked(admin_as, editor, figures):
    browser = admin_as(editor)
    plain, counted = browser.get(Contribution, "changelist"), browser.get(Contribution, "changelist", _facets="True")

    assert "troops (3)" in counted.text
    assert "troops (" not in plain.text
    assert "Show counts" in plain.text
