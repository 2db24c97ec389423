"""Cells of a whole file: what was read in them is said once with its rows, and one column can settle another."""

import pytest

from missions.models import Contribution
from pkportal.exchange.cell_reading import CellAnswers, Everything
from pkportal.exchange.cells.cell_dates import DayOrder
from pkportal.exchange.importing import refusals_of
from pkportal.exchange.reading import TableRow
from pkportal.exchange.registry import resources_by_name
from pkportal.exchange.staging.importing_in_sets import StagingOptions

HEADER = "mission,country,kind,as_of,value_state,quantity,unit,source\n"
COLUMNS = HEADER.strip().split(",")


def line(as_of, value_state, quantity, country="ITA"):
    """Return one line of a file."""
    return f"kfor,{country},troops,{as_of},{value_state},{quantity},personnel,report\n"


def staged(rows, **answers):
    """Stage rows with the answers of a person."""
    resource = resources_by_name()["contributions"]()
    options = StagingOptions(answers=CellAnswers(**answers))
    numbered = [TableRow(number, row.strip().split(",")) for number, row in enumerate(rows, 2)]
    return resource.import_data(COLUMNS, numbered, options=options)


def refusals(rows, **answers):
    """Return the reasons why rows are refused, with the answers of a person."""
    return [refusal.reason for refusal in refusals_of("file", staged(rows, **answers))]


def figures():
    """Return the figures on record."""
    return [*Contribution.objects.order_by("as_of").values_list("as_of", "value_state", "quantity")]


def test_conversion_is_said_once_with_its_rows(load, record):
    output = load(contributions=HEADER + line("June 2001", "exact", "1200") + line(2002, "exact", "1200*"))

    assert output.splitlines() == [
        "contributions.csv: 2 new, 0 changed, 0 unchanged, 0 refused",
        "contributions.csv, column as_of: “June 2001” was read as 2001-06",
        "contributions.csv, column quantity: “1200*” was read as 1200",
    ]
    output = load(contributions=HEADER + "".join(line(year, "EXACT", "1200") for year in range(2001, 2004)))
    assert "contributions.csv, column value_state: “EXACT” was read as exact (3 rows)" in output


def test_words_beside_a_number_go_into_a_blank_cell_of_their_column(load, record):
    load(contributions=HEADER + line(2001, "", "~1200") + line(2002, "up-to", "up to 500") + line(2003, "exact", "3"))

    assert figures() == [("2001", "about", 1200), ("2002", "up-to", 500), ("2003", "exact", 3)]


def test_words_beside_a_number_that_differ_from_their_column_are_refused(load, record):
    output = load(contributions=HEADER + line(2001, "exact", "~1200") + line(2002, "", "1200"))

    assert (
        "row 2, column quantity, “~1200”: “~1200” says about, but the column value_state says exact: which counts?"
        in output
    )
    assert "row 3, column value_state, “”: This cannot be blank." in output


@pytest.mark.parametrize(
    ("option", "states", "said"),
    [
        ("--mark-counts", ["about", "about"], "and about in the column value_state (2 rows)"),
        ("--column-counts", ["exact", "about"], "and about in the column value_state where that is blank (2 rows)"),
    ],
)
def test_what_counts_where_a_mark_contradicts_its_column_is_said_by_a_person(load, record, option, states, said):
    file = HEADER + line(2001, "exact", "~1200") + line(2002, "", "~1200")
    assert "says about, but the column value_state says exact: which counts?" in load(contributions=file)

    output = load(option, "quantity", contributions=file)

    assert [state for _as_of, state, _quantity in figures()] == states
    assert f"“~1200” was read as 1200, {said}" in output


def test_words_beside_a_number_without_a_column_for_them_are_refused(load, record):
    output = load(
        contributions="mission,country,kind,as_of,quantity,unit,source\nkfor,ITA,troops,2001,~12,personnel,report\n"
    )

    assert "“~12” says about: add the column value_state, or say what it is in all other rows." in output


def test_dates_that_may_be_two_are_read_as_the_others_of_their_column_prove(load, record):
    rows = [line("12/06/1999", "exact", 1), line("25/06/1999", "exact", 2), line("1/2/2000", "exact", 3)]

    output = load(contributions=HEADER + "".join(rows))

    assert [as_of for as_of, *_rest in figures()] == ["1999-06-12", "1999-06-25", "2000-02-01"]
    assert "“12/06/1999” was read as 1999-06-12, as the column has the day first" in output


def test_dates_that_may_be_two_are_refused_where_nothing_proves_the_order(load, record):
    output = load(contributions=HEADER + line("12/06/1999", "exact", 1) + line("1999-06-25", "exact", 2))

    assert "“12/06/1999” may be 12 June 1999 or 6 December 1999" in output
    assert not Contribution.objects.exists()


def test_answers_of_a_person_settle_what_is_refused_without_them(record):
    rows = [line("12/06/1999", "exact", 1, "Itlay")]
    assert len(refusals(rows)) == 2
    assert [question[:3] for question in staged(rows).cell_questions] == [
        ("country", "Itlay", "Is it right to read “Itlay” as ITA?"),
        ("as_of", "", "Which comes first in dates like “12/06/1999”, the day or the month?"),
    ]
    order = {"as_of": DayOrder.MONTH_FIRST}
    assert refusals(rows, columns={"order": order}, confirmed=Everything()) == []
    assert refusals(rows, columns={"order": order}, confirmed=[("country", "Itlay")]) == []
    assert refusals(rows, columns={"order": order}, confirmed=Everything(), refused=[("country", "Itlay")]) == [
        "It is not to be read so: “Itlay” was read as ITA."
    ]
