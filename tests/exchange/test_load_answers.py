"""Answers on the command line of load: about the columns of a file, and about its cells."""

import pytest

from missions.models import Contribution
from tests import make

REST = ["--value", "mission=kfor", "--value", "kind=troops", "--value", "unit=personnel", "--value", "source=report"]


def figures():
    """Return the figures on record."""
    return [*Contribution.objects.order_by("as_of").values_list("country__iso3", "as_of", "quantity")]


def test_file_of_an_office_is_loaded_with_its_columns_named(load, record):
    output = load(
        *[*REST, "--column", "Head count=quantity", "--column", "Page="],
        contributions="NATION;Date;Head count;Page\nItaly;June 2001;1.200;7\n",
    )

    assert figures() == [("ITA", "2001-06", 1200)]
    assert output.splitlines()[0] == "contributions.csv: 1 new, 0 changed, 0 unchanged, 0 refused"
    assert "contributions.csv, The column “Head count” was read as quantity." in output
    assert "contributions.csv, The column “Page” is left out." in output
    assert "contributions.csv, All rows have “kfor” in the column mission." in output
    assert "contributions.csv, column quantity: “1.200” was read as 1200" in output


def test_word_beside_a_number_counts_for_more_than_what_all_rows_have(load, record):
    load(*REST, "--value", "value_state=exact", contributions="Country,Year,Number\nItaly,2001,~100\nItaly,2002,120\n")

    assert [*Contribution.objects.order_by("as_of").values_list("quantity", "value_state")] == [
        (100, "about"),
        (120, "exact"),
    ]


def test_wide_table_is_unfolded_and_its_quarters_are_months_once_that_is_said(load, record):
    unfold = [*REST, "--unfold", "as_of=quantity"]
    output = load(*unfold, contributions="Country,2001,2002,2003\nItaly,100,,120\n")

    assert figures() == [("ITA", "2001", 100), ("ITA", "2003", 120)]
    assert "1 blank cell makes no row." in output
    quarters = "Country,1st quarter 2014,2014/T2,III/2014,Q4 2014\nItaly,1,2,3,4\n"
    refused = load(*unfold, contributions=quarters)
    assert "Answer with --quarters-as-last as_of or --quarters-as-first as_of or --quarters-as-year as_of" in refused
    load(*unfold, "--quarters-as-last", "as_of", contributions=quarters)
    below = ",2015,,2016,\nCountry,Q1,Q2,Q1,Q2\nItaly,5,6,7,8\n"
    load(*unfold, "--quarters-as-first", "as_of", contributions=below)
    assert figures()[6:] == [
        ("ITA", date, figure) for figure, date in enumerate(["2015-01", "2015-04", "2016-01", "2016-04"], 5)
    ]
    assert figures()[2:6] == [
        ("ITA", f"2014-{month}", figure) for figure, month in enumerate(["03", "06", "09", "12"], 1)
    ]


def test_table_with_groups_above_years_is_unfolded_into_two_columns_once_its_seasons_are_confirmed(load, record):
    file = ",Troops,,Police and advisers,\nCountry,2004/05,Jan 2006,2004/05,Jan 2006\nItaly,1,2,3,\n"
    rest = [option for pair in zip(REST[::2], REST[1::2], strict=True) if "kind=troops" not in pair for option in pair]

    assert "A table with values across can be unfolded: kind+as_of=quantity." in load(*rest, contributions=file)
    refused = load(*rest, "--unfold", "kind+as_of=quantity", contributions=file)
    assert "cell B3, column as_of, “2004/05”" in refused
    assert "Is it right to read “2004/05” as 2004, the year in which it begins?" in refused
    load(*rest, "--unfold", "kind+as_of=quantity", "--accept-likely", contributions=file)
    stored = Contribution.objects.order_by("quantity").values_list("kind", "as_of", "quantity")
    assert [*stored] == [("troops", "2004", 1), ("troops", "2006-01", 2), ("police-and-advisers", "2004", 3)]


def test_columns_repeated_below_missions_make_a_row_for_each_mission(load, record):
    make.mission(code="isaf")
    head = ",KFOR,,,ISAF,,\nCountry,Date,Strength,Remarks,Date,Strength,Remarks\n"
    file = f"{head}Italy,2008,1,,2009-06,3,a\nGermany,2008,5,b,,,\n"
    given = ["--value", "kind=troops", "--value", "unit=personnel", "--value", "source=report"]
    way = "mission=as_of+quantity+note"
    make.country(iso3="DEU", name="Germany")

    assert f"A table with values across can be unfolded: {way}." in load(*given, contributions=file)
    output = load(*given, "--unfold", way, contributions=file)
    rows = Contribution.objects.order_by("quantity").values_list("mission__code", "as_of", "quantity", "note")
    assert [*rows] == [("kfor", "2008", 1, ""), ("isaf", "2009-06", 3, "a"), ("kfor", "2008", 5, "b")]
    assert "3 blank cells make no rows." in output
    refused = load(*given, "--unfold", way, contributions=file.replace("2009-06", "never"))
    assert "cell E3, column as_of, “never”: “never” is not a date" in refused


def test_headings_and_blanks_below_a_text_are_said_with_the_option_that_reads_them_otherwise(load, record):
    file = "country,as_of,quantity\nSouthern Europe,,\nItaly,2001,100\n,2002,120\n"
    refused = load(*REST, contributions=file)

    assert (
        "row 2: “Southern Europe” is alone in its row, and was left out as a heading. (--headings-as-rows)" in refused
    )
    assert "cells are blank below a text. Do they have that text? Rows: 4. (--fill-down country)" in refused
    assert "row 2, column country" in load(*REST, "--headings-as-rows", contributions=file)
    output = load(*REST, "--fill-down", "country", contributions=file)
    assert figures() == [("ITA", "2001", 100), ("ITA", "2002", 120)]
    assert "Column country: blank cells were read as the text above them. Rows: 4." in output


def test_fault_of_a_wide_table_names_the_cell_of_the_sheet(load, record):
    file = "Figures of an office,,,\n,Country,2001,2002\n,Italy,100,many\n\n,Itlay,5,6\n,Italy,7\n"
    output = load(*REST, "--unfold", "as_of=quantity", contributions=file)

    assert "contributions.csv, cell D3, column quantity, “many”: “many” is not a whole number." in output
    assert "contributions.csv, cell C5, column country, “Itlay”:" in output
    assert "contributions.csv, cell D5, column country, “Itlay”:" in output
    assert "contributions.csv, row 6: This row has 3 cells, the header has 4." in output
    again = load(*REST, "--unfold", "as_of=quantity", contributions="Country,2001,2002\nItaly,1,2\nITA,3,\n")
    assert "contributions.csv, cell B3: Row B2 is the same record." in again


def test_long_list_of_what_was_read_is_shortened_unless_all_of_it_is_asked_for(load, record):
    file = "country,as_of,quantity\n" + "".join(f"ITA,{year},~{year}\n" for year in range(1950, 2000))
    rest = [*REST, "--value", "value_state=exact", "--dry-run"]

    assert "contributions.csv, 20 more texts that were read otherwise; -v 2 prints them.\n" in load(
        *rest, contributions=file
    )
    assert "column quantity: “~1999” was read as 1999" in load(*rest, "-v", "2", contributions=file)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Quantity (thousands)", "“Quantity (thousands)” is likely quantity."),
        ("Quantity, '000", "“Quantity, '000” is likely quantity."),
        ("Country", "“Country”: left out, as “country” is the column country already."),
    ],
)
def test_header_that_is_not_what_its_name_says_is_refused_with_the_reason(load, record, header, said):
    output = load(*REST, contributions=f'country,as_of,"{header}"\nITA,2001,5\n')

    assert said in output


STATED = ["--value", "value_state=exact"]


@pytest.mark.parametrize(
    ("file", "options", "asked", "answer", "read"),
    [
        (
            "Country,Year,Number\nItaly,2001,100-120\nItaly,2002,between 1 and 3\n",
            STATED,
            "quantity: Which number of a range like “100-120” is read?",
            ["--ranges-as-at-least", "quantity"],
            [("2001", 100, "at-least"), ("2002", 1, "at-least")],
        ),
        (
            "Country,Year,Number\nItaly,2001,100–120\n",
            STATED,
            "--ranges-as-at-least quantity or --ranges-as-up-to quantity",
            ["--ranges-as-up-to", "quantity"],
            [("2001", 120, "up-to")],
        ),
        (
            "Country,Year,Number (thousands)\nItaly,2001,1.2\nItaly,2002,3\nItaly,2003,~0.65\n",
            [*STATED, "--column", "Number (thousands)=quantity"],
            "quantity: Are numbers like “1.2” to be multiplied",
            ["--multiplied", "quantity"],
            [("2001", 1200, "exact"), ("2002", 3000, "exact"), ("2003", 650, "about")],
        ),
        (
            "Troops in thousands\nCountry,Year,Number\nItaly,2001,3\n",
            STATED,
            "“3” is below “Troops in thousands”: say whether it is multiplied.",
            ["--as-written", "quantity"],
            [("2001", 3, "exact")],
        ),
        (
            "Deployments in 2001\nCountry,Date,Number\nItaly,Mar,3\nItaly,12 April,4\n",
            STATED,
            "as_of: Which year are months like “Mar” of? Answer with --year-of as_of=2001.",
            ["--year-of", "as_of=2001"],
            [("2001-03", 3, "exact"), ("2001-04-12", 4, "exact")],
        ),
        (
            "Land;Stand;Zahl\nItaly;2001;rd. 5.000\nItaly;2002;4.500\n",
            [*STATED, "--column", "Zahl=quantity"],
            "quantity: Are the marks in numbers like “rd. 5.000” between thousands, or before a fraction?",
            ["--marks-are-thousands", "quantity"],
            [("2001", 5000, "about"), ("2002", 4500, "exact")],
        ),
        (
            "Country,Date,Number\nItaly,38047,3\nItaly,38048.0,4\n",
            STATED,
            "as_of: Are numbers like “38047” days as a spreadsheet counts them?",
            ["--days-since-1900", "as_of"],
            [("2004-03-01", 3, "exact"), ("2004-03-02", 4, "exact")],
        ),
        (
            "Country,Day,Month,Year,Number\nItaly,,Mar,2001,3\nItaly,7,4,2001,4\nItaly,,,2002,5\n",
            STATED,
            "“Month” may be a part of the date in another column: say that it is that column too.",
            ["--column", "Month=as_of", "--column", "Day=as_of"],
            [("2001-03", 3, "exact"), ("2001-04-07", 4, "exact"), ("2002", 5, "exact")],
        ),
        (
            "Country,Jan,Feb\nItaly,3,4\n",
            [*STATED, "--unfold", "as_of=quantity"],
            "“Jan” does not say which year it is",
            ["--year-of", "as_of=2001"],
            [("2001-01", 3, "exact"), ("2001-02", 4, "exact")],
        ),
    ],
)
def test_what_all_of_a_column_leaves_open_is_read_once_it_is_said(load, record, file, options, asked, answer, read):
    refused = load(*REST, *options, contributions=file)
    assert asked in refused
    assert not figures()

    load(*REST, *options, *answer, contributions=file)

    assert [*Contribution.objects.order_by("as_of").values_list("as_of", "quantity", "value_state")] == read


@pytest.mark.parametrize(
    ("file", "options", "lines"),
    [
        (
            "Troops in hundreds\nCountry,Year,Number\nItaly,2001,many\n",
            [],
            ["Troops in hundreds", "country,as_of,quantity,"],
        ),
        (
            "Country,Year,Number (thousands)\nItaly,2001,many\n",
            ["--column", "Number (thousands)=quantity"],
            ["country,as_of,Number (thousands),"],
        ),
    ],
)
def test_refused_rows_of_thousands_say_so_when_they_are_sent_again(load, record, tmp_path, file, options, lines):
    refused = tmp_path / "refused.csv"
    load(*REST, *options, "--refused", str(refused), contributions=file)

    written = refused.read_text(encoding="utf-8-sig").splitlines()
    assert [line.startswith(start) for line, start in zip(written, lines, strict=False)] == [True] * len(lines)


def test_words_for_nothing_in_a_wide_table_make_no_row_and_are_counted(load, record):
    output = load(*REST, "--unfold", "as_of=quantity", contributions="geo,2001,2002,2003,2004\nIT,:,. .,120 p,: c\n")

    assert figures() == [("ITA", "2003", 120)]
    assert [line.partition(", ")[2] for line in output.splitlines() if "makes no row" in line] == [
        f"1 cell with “{word}” makes no row." for word in [":", ". .", ": c"]
    ]


def test_wide_table_is_refused_with_the_way_to_unfold_it(load, record):
    output = load(*REST, contributions="Country,2001,2002\nItaly,100,120\n")

    assert "Unknown column: 2001, 2002." in output
    assert "A table with values across can be unfolded: as_of=quantity." in output


def test_misspelt_names_and_the_order_of_dates_are_answered(load, record):
    file = "mission,country,kind,as_of,quantity,unit,source\nkfor,Itlay,troops,12/06/1999,5,personnel,report\n"
    asked = load(contributions=file)
    assert "Is it right to read “Itlay” as ITA?" in asked
    assert "“12/06/1999” may be 12 June 1999 or 6 December 1999" in asked

    load("--accept-likely", "--month-first", "as_of", contributions=file)
    assert figures() == [("ITA", "1999-12-06", 5)]


def test_conversion_is_refused(load, record):
    file = "mission,country,kind,as_of,quantity,unit,source\nkfor,ITA,troops,1999,5*,personnel,report\n"

    output = load("--refuse", "quantity=5*", contributions=file)
    assert "It is not to be read so: “5*” was read as 5." in output
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (["--column", "nothing=country"], "The file has no column “nothing”. It has: country, quantitty."),
        (["--unfold", "as_of=quantity"], "No header can be a value of the column as_of"),
        ([], "Unknown column: quantitty. This file may have: reference, mission, country"),
        ([], "“quantitty” is likely quantity."),
    ],
)
def test_answer_that_does_not_fit_and_a_header_that_is_none_are_refused_with_the_reason(load, record, answer, reason):
    assert reason in load(*answer, contributions="country,quantitty\nITA,5\n")


def test_answer_without_two_sides_is_refused(load, record):
    assert "“country” has no two sides" in load("--column", "country", contributions="country\nITA\n")
