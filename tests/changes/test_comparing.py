"""Differences in words: what goes, what comes, and in long texts where."""

import pytest

from missions.models import Contribution, Mission
from pkportal.changes.comparing import RecordCells, in_words, pieces
from tests import make

pytestmark = pytest.mark.django_db


def only_cell(model, name, was, new):
    (record,) = in_words([RecordCells(model, "", "change", "", {name: [was, new]})])
    return record.cells[0]


def test_a_long_text_is_compared_word_by_word():
    was = "It keeps the peace in Kosovo, under Resolution 1244, and it has done so since 1999."

    compared = [*pieces(was, was.replace("keeps", "kept"))]

    assert [tuple(piece) for piece in compared][:3] == [("same", "It "), ("del", "keeps "), ("ins", "kept ")]


def test_long_unchanged_stretches_are_shortened_and_can_be_opened():
    was = f"Before. {'It keeps the peace. ' * 100}After."

    html = only_cell(Mission, "summary", was, was.replace("After.", "Later.")).html

    assert "<details><summary>" in html
    assert html.index("<summary>") < html.index("<del>After.</del>")
    shown = html.split("</details>")[1]
    assert shown.count("It keeps the peace.") < 10


def test_choices_and_records_have_their_names_with_their_codes():
    country = make.country(iso3="ITA", name="Italy")

    assert only_cell(Contribution, "country", "", country.iso3).pieces == [("ins", "Italy (ITA)")]
    assert [*only_cell(Mission, "type", "peacekeeping", "humanitarian-relief").pieces][-1].text == "humanitarian relief"


def test_links_that_go_and_come_are_told_from_those_that_stay():
    for code in ["a-1", "b-1", "c-1"]:
        make.source(code=code, title=f"Report {code}")

    cell = only_cell(Mission, "sources", "a-1;b-1", "b-1;c-1")

    words = [(piece.kind, piece.text) for piece in cell.pieces]
    assert words[:3] == [("del", "Report a-1"), ("same", ", "), ("ins", "Report c-1")]
    assert words[3] == ("same", " (and as before: Report b-1)")


def test_names_of_many_cells_cost_one_query_a_kind(django_assert_num_queries):
    codes = [make.country().iso3 for _ in range(5)]
    records = [RecordCells(Contribution, "", "change", "", {"country": ["", code]}) for code in codes]

    with django_assert_num_queries(1):
        in_words(records)


def test_a_new_record_without_a_title_is_named_by_its_key():
    make.country(iso3="ITA", name="Italy")
    cells = {"country": ["", "ITA"], "kind": ["", "troops"], "unit": ["", ""]}

    (record,) = in_words([RecordCells(Contribution, "", "add", "contribution", cells)])

    assert record.title == "Italy (ITA), troops"
