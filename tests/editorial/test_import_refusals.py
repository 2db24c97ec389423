"""Files that the import refuses, each with a reason: if one row is invalid, nothing is stored."""

import io

import pytest

from lessons.models import Lesson
from missions.models import Country, Mission
from pkportal.exchange.reading import xml_parts
from pkportal.exchange.uploads import MAX_UPLOAD_SIZE
from tests import make
from tests.editorial.imports import HEADER, ITALY, csv, reasons, refusals_on, xlsx

pytestmark = pytest.mark.usefixtures("large_files_at_once")


def test_one_invalid_row_refuses_the_file_and_every_mistake_is_listed(admin_as, data_manager, italy):
    page = admin_as(data_manager).upload(
        Country, csv(HEADER + ITALY + "ESP,ES,,Southern Europe,never,none\nFRA,FR,France,,,what\n")
    )

    assert refusals_on(page) == [
        (3, "name", "", "This cannot be blank."),
        (3, "joined_on", "never", "“never” is not a day: write 1999-06-12 or 12 June 1999."),
        (4, "region", "", "This cannot be blank."),
        (4, "partnership", "what", "“what” is not one of: none, PfP/EAPC, MD, ICI, global partner."),
    ]
    assert not page.context["token"]
    assert "Nothing was imported: 4 errors in countries.csv" in page.text
    italy.refresh_from_db()
    assert italy.name == "Italia"


INVALID_FILES = {
    "a header alone": (HEADER.encode(), "The file has a header and no rows."),
    "line breaks": (b"\n\n", "The file has no header: its first row must name the columns."),
    "a short row": ((HEADER + "ITA,IT\n").encode(), "This row has 2 cells, the header has 6."),
    "NUL": (b"iso3,name\nITA,\0\n", "It contains the character NUL, which is not text."),
    "an open quote": (b'iso3,name\nITA,"Italy\n', 'A quote is opened here and is not closed: "Italy'),
    "an image": (b"\x89PNG\r\n\x1a\n\x81\x8d\x8f", "“countries.csv” is an image."),
    "a broken archive": (b"PK\x03\x04 and nothing that follows", "The file is not a workbook that can be read."),
    "a broken old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "The file is not a workbook that can be read.",
    ),
    "no key": (b"name\nItaly\n", "Missing column: iso3. It says which record a row is."),
    "a column twice": (b"iso3,name,name\nITA,Italy,Italy\n", "The header names a column twice: name."),
}


@pytest.mark.parametrize(("content", "reason"), INVALID_FILES.values(), ids=INVALID_FILES)
def test_invalid_file_is_refused_with_a_reason(admin_as, data_manager, content, reason):
    assert reasons(admin_as(data_manager).upload(Country, csv(content))) == [reason]


def test_formula_without_a_result_is_refused(admin_as, data_manager, italy):
    page = admin_as(data_manager).upload(Country, xlsx(["iso3", "region"], ["ITA", '=CONCAT("Southern ", "Europe")']))

    assert reasons(page) == ["It is a formula without a result: put the value in its place, or save as CSV."]


def test_escaped_surrogate_in_a_workbook_is_read_as_text(admin_as, data_manager):
    page = admin_as(data_manager).upload(Country, xlsx(["iso3", "joined_on"], ["_xD800_", "_xdfff_"]))

    assert page.status_code == 200
    reasons_by_column = {column: (value, reason) for _row, column, value, reason in refusals_on(page)}
    assert reasons_by_column["joined_on"] == ("_xdfff_", "“_xdfff_” is not a day: write 1999-06-12 or 12 June 1999.")


def test_archive_that_is_no_workbook_is_refused(admin_as, data_manager):
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert reasons(admin_as(data_manager).upload(Country, csv(file.getvalue()))) == [
        "“countries.csv” is an archive of files: unpack it, and choose one of them."
    ]


def test_workbook_that_is_too_large_when_unpacked_is_refused(admin_as, data_manager, monkeypatch):
    monkeypatch.setattr(xml_parts, "MAX_PART", 100)
    page = admin_as(data_manager).upload(Country, xlsx(["iso3"], ["ITA"]))
    (reason,) = reasons(page)
    assert reason.startswith("The file is larger than it seems: ")


def test_huge_cell_is_refused_and_shown_shortened(admin_as, data_manager):
    page = admin_as(data_manager).upload(Country, csv(HEADER + ITALY.replace("Italy", "I" * 2_000_000)))
    assert reasons(page) == ["This may have 80 characters, and has 2000000."]
    assert len(page.content) < 50_000


def test_line_that_is_too_long_for_a_row_is_refused(admin_as, data_manager):
    page = admin_as(data_manager).upload(Country, csv(HEADER + ITALY.replace("Italy", "I" * 4_300_001)))
    assert reasons(page) == ["A line has more than 4000000 characters, so this is not a table."]


@pytest.mark.parametrize("header", ["," * 1_000_000, ",".join(map(str, range(200_000)))])
def test_header_with_very_many_columns_is_refused_with_one_reason(admin_as, data_manager, header):
    page = admin_as(data_manager).upload(Country, csv(f"{header}\n{header}\n"))
    assert len(reasons(page)) == 1
    assert len(page.content) < 50_000


@pytest.mark.parametrize("number", ["1" * 400, "1" * 5000, "nan", "1e999999999"])
def test_invalid_or_huge_number_is_refused_with_a_reason(admin_as, data_manager, number):
    mission = make.mission()
    page = admin_as(data_manager).upload(Mission, csv(f"code,peak_strength\n{mission.code},{number}\n"))
    assert reasons(page) == [f"“{number}” is not a whole number."]


def test_decimal_with_a_huge_exponent_is_refused(admin_as, data_manager):
    from missions.models import CostShare

    header = "country,period_from,period_to,share,source"
    share = make.cost_share()
    row = f"{share.country.iso3},{share.period_from},{share.period_to},1E-999999999,{share.source.code}"
    page = admin_as(data_manager).upload(CostShare, csv(f"{header}\n{row}\n"))
    assert reasons(page) == ["“1E-999999999” is not a number."]


def test_file_that_is_too_large_is_refused_with_a_reason(admin_as, data_manager):
    page = admin_as(data_manager).upload(Country, csv(b"x" * (MAX_UPLOAD_SIZE + 1)))
    assert "The file is larger than 10.0\xa0MB, the most that one request" in page.context["form"].errors["file"][0]


@pytest.mark.parametrize("file", [csv(b""), ""], ids=["empty", "none"])
def test_missing_or_empty_file_is_an_error(admin_as, data_manager, file):
    page = admin_as(data_manager).upload(Country, file)
    assert page.status_code == 200
    assert page.context["form"].errors["file"]


def test_unknown_citation_in_a_file_is_refused_with_its_code(admin_as, data_manager):
    lesson = make.lesson()
    page = admin_as(data_manager).upload(Lesson, csv(f"number,conclusion\n{lesson.number},See [@nobody-knows].\n"))
    assert refusals_on(page) == [(2, "conclusion", "See [@nobody-knows].", 'No source has the code "nobody-knows".')]
