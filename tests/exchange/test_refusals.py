"""One invalid row refuses all files, and every invalid row is named with file, row, column, value and reason."""

import pytest

from lessons.models import Lesson
from missions.models import Contribution, Country, Mission
from pkportal.exchange.reading import TableRow
from pkportal.exchange.registry import resources_by_name
from pkportal.exchange.staging.importing_in_sets import apply_stage
from pkportal.exchange.staging.staged_file import faults_of
from pkportal.sources.models import Source
from tests import make

HEADER = "mission,country,kind,as_of,quantity,unit,source\n"
VALID_ROW = "kfor,ITA,troops,2017-02,551,personnel,report\n"


def refusals_in(output):
    return [line for line in output.splitlines() if ".csv" in line and "row " in line]


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        (
            "sfor,ITA,troops,2017,1,personnel,report",
            ["column mission, “sfor”: No mission has the code “sfor”. Likely: kfor."],
        ),
        ("kfor,ITX,troops,2017,1,personnel,report", ["column country, “ITX”: No country has the code “ITX”."]),
        (
            "kfor,ITA,troops,2017,1,people,report",
            [
                "column unit, “people”: “people” is not one of: "
                "personnel, teams, aircraft, ships, sorties, batteries, EUR, USD."
            ],
        ),
        (
            "kfor,ITA,troops,2017-13,1,personnel,report",
            ["column as_of, “2017-13”: “2017-13” is not a date: write 1999, 1999-06 or 1999-06-12."],
        ),
        (
            "kfor,ITA,troops,2017-02-30,1,personnel,report",
            ["column as_of, “2017-02-30”: “2017-02-30” is not a date: write 1999, 1999-06 or 1999-06-12."],
        ),
        ("kfor,ITA,troops,2017,many,personnel,report", ["column quantity, “many”: “many” is not a whole number."]),
        ('kfor,ITA,troops,2017,"1,5",personnel,report', ["column quantity, “1,5”: “1,5” is not a whole number."]),
        (
            "kfor,ITA,troops,2017,-1,personnel,report",
            ["column quantity, “-1”: This must be at least 0."],
        ),
        (
            "kfor,ITA,troops,2017,99999999999999999999,personnel,report",
            ["column quantity, “99999999999999999999”: This must be at most 9223372036854775807."],
        ),
        (
            "sfor,,troops,2017,x,personnel,nothing",
            [
                "column mission, “sfor”: No mission has the code “sfor”. Likely: kfor.",
                "column country, “”: This cannot be blank.",
                "column quantity, “x”: “x” is not a whole number.",
                "column source, “nothing”: No source has the code “nothing”.",
            ],
        ),
        ("kfor,,troops,2017,1,personnel,report", ["column country, “”: This cannot be blank."]),
        ("kfor,ITA,troops,2017,1_500,personnel,report", ["column quantity, “1_500”: “1_500” is not a whole number."]),
        (VALID_ROW.strip(), ["Row 2 is the same record."]),
    ],
)
def test_invalid_row_is_named_and_nothing_is_stored(load, record, row, reasons):
    output = load(contributions=HEADER + VALID_ROW + row + "\n")

    expected = [
        f"contributions.csv, row 3{', ' if reason.startswith('column') else ': '}{reason}" for reason in reasons
    ]
    assert refusals_in(output) == expected
    assert "Nothing was stored" in output
    assert not Contribution.objects.exists()


def test_every_invalid_row_of_every_file_is_named(load, record):
    output = load(
        countries="iso3,iso2,name,region\nDEU,DE,Germany,Western Europe\nfr,FR,France,Western Europe\n",
        contributions=HEADER + "kfor,DEU,troops,2017,1,personnel,report\nkfor,FRA,troops,2017,1,personnel,report\n",
    )

    assert [line.split(":")[0] for line in refusals_in(output)] == [
        "countries.csv, row 3, column iso3, “fr”",
        "contributions.csv, row 3, column country, “FRA”",
    ]
    assert not Country.objects.filter(iso3="DEU").exists()


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("", "The file is empty."),
        ("\n\n", "The file has no header"),
        ("code,title,title,kind\na,b,c,news\n", "The header names a column twice: title."),
        ("code,titel,kind\na,b,news\n", "Unknown column: titel."),
        ("code,title,kind,\na,b,news,x\n", "row 2: This row has 4 cells, the header has 3."),
        ("title,kind\nb,news\n", "Missing column: code."),
        ("code,title,kind\na,b,news\n\nc,d\n", "row 4: This row has 2 cells, the header has 3."),
        ("code,title,kind\na,b\n", "row 2: This row has 2 cells, the header has 3."),
        ('code,title,kind\na,"b,news\n', 'row 2: A quote is opened here and is not closed: "b,news'),
        ("code,title,kind\na,b\x00,news\n", "the character NUL"),
        (b"\xff\xfe\x00", "The name of a column has letters that cannot be read"),
    ],
)
def test_invalid_file_is_refused_with_a_reason(load, file, reason):
    assert reason in load(sources=file)
    assert not Source.objects.exists()


def test_new_record_without_a_required_column_is_refused(load, record):
    output = load(mandates="code,kind,symbol,title\nnew,unsc-resolution,S/RES/1,One\n")

    assert refusals_in(output) == ["mandates.csv, row 2: the file has no column mission: This cannot be blank."]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22T09:30:00"])
def test_date_and_time_without_an_offset_or_out_of_range_is_refused(load, record, moment):
    output = load(missions=f"code,published_at\nkfor,{moment}\n")

    assert refusals_in(output) == [
        f"missions.csv, row 2, column published_at, “{moment}”: "
        f"“{moment}” is not a date and time: write 2026-11-22T09:30:00Z."
    ]


def test_long_value_is_shortened_in_the_output(load, record):
    (line,) = refusals_in(load(contributions=HEADER + f"kfor,{'x' * 9_000},troops,2017,1,personnel,report\n"))

    shortened = "x" * 300 + "…"
    assert line == f"contributions.csv, row 2, column country, “{shortened}”: No country has the code “{shortened}”."


def test_key_that_was_taken_since_the_file_was_read_is_refused(record):
    """A stage that waits holds no lock: what others stored meanwhile is compared when it is applied."""
    resource = resources_by_name()["contributions"]()
    header, row = (line.strip().split(",") for line in [HEADER, VALID_ROW])
    stage = resource.import_data(header, [TableRow(2, row)])
    assert not stage.has_faults()
    mission, country, source = Mission.objects.get(), Country.objects.get(), Source.objects.get(code="report")
    make.contribution(mission=mission, country=country, source=source, as_of="2017-02", quantity=9)

    assert not apply_stage(stage)

    assert [fault.reason for fault in faults_of(stage)] == ["Somebody added this record since the file was read."]
    assert Contribution.objects.get().quantity == 9


def test_citation_of_an_unknown_source_is_refused(load, record):
    output = load(missions="code,summary\nkfor,It began in 1999 [@un-sres-9999].\n")

    assert refusals_in(output) == [
        "missions.csv, row 2, column summary, “It began in 1999 [@un-sres-9999].”: "
        'No source has the code "un-sres-9999".'
    ]


def test_violated_constraint_is_named_by_its_message(load, record):
    output = load(missions="code,end_date\nkfor,1998\n")

    assert refusals_in(output) == ["missions.csv, row 2: A mission cannot end before it starts."]
    assert Mission.objects.get().end_date is None


def test_value_of_a_unique_column_that_is_taken_is_refused(load, record):
    output = load(countries="iso3,iso2,name,region\nFRA,FR,Italy,Western Europe\n")

    assert refusals_in(output) == ["countries.csv, row 2: Another country has the same name."]


def test_commands_cannot_report_to_each_other_in_a_circle(load, record):
    header = "code,name,level,parent\n"
    circle = "This would make a circle: the record would be above itself."
    output = load(
        commands=header + "a,A,tactical,b\nb,B,operational,c\nc,C,strategic,a\nd,D,strategic,d\ne,E,tactical,a\n"
    )

    assert refusals_in(output) == [
        f"commands.csv, row 2, column parent, “b”: {circle}",
        f"commands.csv, row 3, column parent, “c”: {circle}",
        f"commands.csv, row 4, column parent, “a”: {circle}",
        f"commands.csv, row 5, column parent, “d”: {circle}",
    ]


def test_two_commands_can_swap_places_in_one_file(load, record):
    header = "code,name,level,parent\n"
    load(commands=f"{header}a,A,operational,b\nb,B,operational,\n")

    assert "0 new, 2 changed" in load(commands=f"{header}a,A,operational,\nb,B,operational,a\n")


def test_rows_swap_unique_values_and_pass_them_on_and_a_value_that_another_record_keeps_is_refused(load):
    for letter in "ABCDE":
        make.country(iso3=letter * 3, iso2=letter * 2)

    assert "0 new, 5 changed" in load(countries="iso3,iso2\nAAA,BB\nBBB,CC\nCCC,AA\nDDD,EE\nEEE,DD\n")
    assert [*Country.objects.order_by("iso3").values_list("iso2", flat=True)] == ["BB", "CC", "AA", "EE", "DD"]
    taken = "Another country has the same two-letter code."
    assert refusals_in(load(countries="iso3,iso2,name\nAAA,CC,A\nBBB,AA,\nCCC,BB,C\nDDD,DD,D\nEEE,EE,E\n")) == [
        f"countries.csv, row 2: {taken}",
        "countries.csv, row 3, column name, “”: This cannot be blank.",
        f"countries.csv, row 4: {taken}",
    ]


def test_published_record_with_an_obstacle_is_refused(load, record):
    output = load(missions="code,sources\nkfor,\n")

    assert refusals_in(output) == ["missions.csv, row 2: It cites no source."]


def test_lesson_learned_without_a_source_is_refused(load, record):
    output = load(lessons="number,title,maturity,observation\nPK-L-0001,Plan,lesson-learned,Seen\n")

    assert refusals_in(output) == ["lessons.csv, row 2: A lesson learned needs the source that shows it."]


def test_code_in_capitals_is_a_new_record_and_its_missing_columns_are_named(load, record):
    output = load(missions="code,name\nKFOR,Kosovo Force again\n")

    assert "missions.csv, row 2: the file has no column type: This cannot be blank." in refusals_in(output)
    assert "---" not in output


@pytest.mark.parametrize("number", ["PK-L-91", "PK-L-09100x", "9100"])
def test_invalid_number_of_a_lesson_is_refused(load, record, number):
    output = load(lessons=f'number,title,observation\n"{number}",Plan,Seen\n')

    assert "A lesson's number is like PK-L-0042." in output
    assert not Lesson.objects.exists()


def test_cell_of_spaces_counts_as_blank(load, record):
    output = load(sources='code,title,kind\nnew,"   ",news\n')

    assert refusals_in(output) == ["sources.csv, row 2, column title, “   ”: This cannot be blank."]


def test_source_code_that_cannot_be_cited_is_refused(load, record):
    output = load(sources="code,title,kind\n_new,New,news\n")

    assert refusals_in(output) == ["sources.csv, row 2, column code, “_new”: A code begins with a letter or a digit."]


def test_mission_cannot_be_its_own_predecessor(load, record):
    assert refusals_in(load(missions="code,predecessors\nkfor,kfor\n")) == [
        "missions.csv, row 2: It is its own predecessor."
    ]


def test_name_that_turns_the_direction_of_text_is_refused_by_row_and_column(load):
    output = load(countries="iso3,iso2,name,region\nITA,IT,Ita\u202ely,Southern Europe\n")

    assert "countries.csv, row 2, column name" in output
    assert "turns the direction of text (U+202E)" in output
    assert not Country.objects.exists()
