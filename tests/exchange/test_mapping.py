"""Mapping: each header of a file is a column by its name, or by a guess whose reason is said, or is left out."""

import pytest

from pkportal.exchange.mapping import guess_mapping, known_names
from pkportal.exchange.registry import resources_by_name
from tests import make

pytestmark = pytest.mark.django_db


def mapped(file, header, *rows):
    """Return the guesses for a header by its names."""
    return {it.header: it for it in guess_mapping(resources_by_name()[file](), header, rows)}


def columns_of(file, header, *rows):
    """Return the columns that a header is mapped to."""
    return [it.column for it in mapped(file, header, *rows).values()]


@pytest.mark.parametrize(
    ("file", "header", "column"),
    [
        *[("contributions", name, "as_of") for name in ["as_of", "AS_OF", "As of", "as-of", " as  of ", "Date"]],
        *[("contributions", name, "basis") for name in ["basis", "Counted as", "COUNTED AS*"]],
        *[("contributions", name, "value_state") for name in ["value state", "Precision"]],
        *[("contributions", name, "country") for name in ["Nation", "Country (ISO code)", "Country [1]"]],
        ("missions", "Status of the mission", "state"),
        ("countries", "ISO3", "iso3"),
    ],
)
def test_header_is_a_column_by_its_name_its_label_or_another_name(file, header, column):
    (found,) = mapped(file, [header]).values()

    assert (found.column, found.is_certain) == (column, True)


def test_name_of_a_column_comes_before_the_label_of_another():
    found = mapped("missions", ["status", "state"])

    assert found["status"][:3] == ("status", "status", "the name of the column")
    assert found["state"].column == "state"


@pytest.mark.parametrize(("header", "column"), [("quantitty", "quantity"), ("Coutnry", "country"), ("sourc", "source")])
def test_slip_in_a_name_is_guessed_and_said(header, column):
    (found,) = mapped("contributions", [header]).values()

    assert found == (header, column, "likely a slip in its name", False)


def test_months_and_days_beside_a_year_are_guessed_to_make_a_date_with_it():
    found = mapped("contributions", ["Year", "Month", "Day"])

    assert [it[1:3] for it in found.values()][1:] == [("as_of", "with “Year” it makes a date")] * 2
    assert columns_of("contributions", ["Date", "Month"]) == ["as_of", ""]


def test_column_is_guessed_by_its_values():
    make.country(iso3="ITA", name="Italy")
    make.mission(code="kfor")
    make.source(code="report")

    found = mapped(
        "contributions",
        ["Wer", "Mandat", "Jahr", "Anzahl", "Beleg", "Was", "Gruß"],
        ["Italy", "KFOR", "1999", "1,200", "report", "Troops", "Hallo"],
        ["ITA", "kfor", "2001", "650", "report", "ships", "Servus"],
    )

    guessed = {header: it.column for header, it in found.items()}
    assert guessed == {
        "Wer": "country",
        "Mandat": "mission",
        "Jahr": "as_of",
        "Anzahl": "quantity",
        "Beleg": "source",
        "Was": "kind",
        "Gruß": "",
    }
    assert found["Wer"].why == "its values fit: Italy, ITA"
    assert found["Gruß"].why == "left out, as neither its name nor its values are those of a column"
    assert not any(it.is_certain for it in found.values())


def test_column_is_guessed_by_values_that_wait_for_an_answer_and_a_header_like_them_is_asked_about():
    make.country(iso3="ITA", name="Italy")
    make.country(iso3="DEU", name="Germany")

    found = mapped("contributions", ["Germany", "Soldaten"], ["Italy", "5.000"], ["Germny", "ca. 480"], ["Italy", "90"])

    assert [it.column for it in found.values()] == ["country", "quantity"]
    why = "its values fit: Italy, Germny; the header is one of them: does the file have no header?"
    assert found["Germany"].why == why


def test_header_whose_values_fit_several_columns_is_left_out_with_these():
    (found,) = mapped("contributions", ["Jahr"], ["1999"], ["2001"]).values()

    assert found.column == ""
    assert found.why == "left out, as its values fit several columns: as_of, quantity"


def test_second_header_of_a_column_is_left_out():
    found = mapped("contributions", ["Country", "Nation", "quantity"])

    assert [it.column for it in found.values()] == ["country", "", "quantity"]
    assert found["Nation"].why == "left out, as “Country” is the column country already"


def test_computed_column_is_passed_over():
    found = mapped("missions", ["code", "Last stated"])

    assert found["Last stated"][1:] == ("", "it is computed, and passed over", True)


def test_header_of_a_dump_is_itself():
    for name, resource_class in resources_by_name().items():
        header = [*resource_class._meta.fields]
        assert columns_of(name, header) == header


def test_names_by_which_a_header_is_known_are_those_of_all_its_columns():
    names = known_names(resources_by_name()["missions"]())

    assert {"code", "last stated", "legal basis in words", "peak strength"} <= {*names}
