"""Import in the admin: a preview, its confirmation, and refusals; one bad row, and nothing is stored."""

import io
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from lessons.models import Lesson
from missions.models import Command, Country, Mission
from pkportal.exchange import uploads, xlsx_file
from pkportal.exchange.uploads import MAX_UPLOAD_SIZE
from tests import make
from tests.editorial.pages import messages

HEADER = "iso3,iso2,name,region,joined_on,partnership\n"
ITALY = "ITA,IT,Italy,Southern Europe,1949-08-24,none\n"
SPAIN = "ESP,ES,Spain,Southern Europe,1982-05-30,none\n"


def csv(content, name="countries.csv"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode(), "text/csv")


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("countries.xlsx", file.getvalue())


def refused(page):
    return [
        (refusal.row, refusal.column, refusal.value, refusal.reason) for refusal in page.context["outcome"].refusals
    ]


def reasons(page):
    assert page.status_code == 200
    assert not page.context["token"]
    return [refusal.reason for refusal in page.context["outcome"].refusals]


@pytest.fixture
def italy(db):
    return make.country(iso3="ITA", iso2="IT", name="Italia", joined_on="1949-08-24")


def test_the_preview_shows_each_row_cell_by_cell_and_stores_nothing(desk, editor, italy):
    same = make.country(iso3="ESP", iso2="ES", name="Spain", joined_on="1982-05-30")

    page = desk(editor).upload(Country, csv(HEADER + SPAIN + ITALY + "FRA,FR,France,Western Europe,,none\n"))

    shown = [(row["number"], row["kind"], row["cells"][2]) for row in page.context["outcome"].shown()]
    assert shown == [
        (3, "update", "<del>Italia</del> <ins>Italy</ins>"),
        (4, "new", "<ins>France</ins>"),
        (2, "skip", same.name),
    ]
    assert [page.context[kind] for kind in ("new", "changed", "unchanged")] == [1, 1, 1]
    assert "<del>Italia</del> <ins>Italy</ins>" in page.text
    assert {*Country.objects.values_list("name", flat=True)} == {"Italia", "Spain"}
    assert not LogEntry.objects.exists()


def test_a_confirmed_file_is_stored_logged_and_in_the_history_under_its_name(desk, editor, italy):
    here = desk(editor)

    page = here.confirm(Country, here.upload(Country, csv(HEADER + ITALY + SPAIN)))

    assert messages(page) == ["Imported countries.csv: 1 new, 1 changed, 0 unchanged."]
    italy.refresh_from_db()
    assert italy.name == "Italy"
    context = italy.history.order_by("pgh_id").last().pgh_context.metadata
    assert (context["act"], context["file"], context["user"]) == ("import", "countries.csv", editor.pk)
    assert {entry.get_change_message() for entry in LogEntry.objects.all()} == {"Imported from countries.csv."}
    assert LogEntry.objects.count() == 2


def test_links_between_rows_of_a_file_are_in_the_preview(desk, editor):
    page = desk(editor).upload(
        Command, csv("code,name,level,parent\nlow,Low,tactical,high\nhigh,High,strategic,\n", "commands.csv")
    )
    assert [row["cells"][3] for row in page.context["outcome"].shown()] == ["<ins>high</ins>", ""]
    assert page.context["outcome"].shown_columns[3] == "parent"


def test_the_key_is_shown_and_every_column_in_which_something_changes(desk, editor, italy):
    outcome = desk(editor).upload(Country, csv("iso3,iso2,name\nITA,IT,Italy\n")).context["outcome"]
    assert outcome.shown_columns == ["iso3", "name"]
    assert outcome.hidden_columns == ["iso2"]


def test_a_cell_that_is_cleared_is_shown(desk, editor, italy):
    (row,) = desk(editor).upload(Country, csv("iso3,joined_on\nITA,\n")).context["outcome"].shown()
    assert row["cells"] == ["ITA", "<del>1949-08-24</del> <ins></ins>"]


def test_a_file_that_changes_nothing_has_nothing_to_confirm(desk, editor, italy):
    page = desk(editor).upload(Country, csv("iso3,name\nITA,Italia\n"))
    assert not page.context["token"]
    assert "there is nothing to import" in page.text


def test_one_bad_row_refuses_the_file_and_every_mistake_is_named(desk, editor, italy):
    page = desk(editor).upload(
        Country, csv(HEADER + ITALY + "ESP,ES,,Southern Europe,never,none\nFRA,FR,France,,,what\n")
    )

    assert refused(page) == [
        (3, "joined_on", "never", "“never” is not a date: write 1999-06-12."),
        (3, "name", "", "This field cannot be blank."),
        (4, "region", "", "This field cannot be blank."),
        (4, "partnership", "what", "Value 'what' is not a valid choice."),
    ]
    assert not page.context["token"]
    assert "Nothing was stored: 4 things are wrong with countries.csv" in page.text
    italy.refresh_from_db()
    assert italy.name == "Italia"


def test_values_and_reasons_are_shown_as_text(desk, editor):
    page = desk(editor).upload(Country, csv("iso3,name,<script>\nITA,Italy,x\n"))
    assert "Unknown column: &lt;script&gt;." in page.text

    here = desk(editor)
    page = here.upload(Country, csv(HEADER + "ITA,IT,<b>Italy</b>,Southern Europe,,none\n"))
    assert "<ins>&lt;b&gt;Italy&lt;/b&gt;</ins>" in page.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_detected(desk, editor, encoding, delimiter):
    here = desk(editor)
    text = (HEADER + "CIV,CI,Côte d’Ivoire,Western Africa,,none\n").replace(",", delimiter)

    here.confirm(Country, here.upload(Country, csv(text.encode(encoding))))

    assert Country.objects.get().name == "Côte d’Ivoire"


def test_a_workbook_is_read_like_the_file_it_would_be(desk, editor):
    here = desk(editor)
    header = ["code", "name", "type", "region", "start_date", "state", "summary", "peak_strength", "ai_assisted"]
    row = ["kfor", "Kosovo Force", "peacekeeping", "western-balkans", 1999, "ongoing", "Words.", 50000.0, True]

    here.confirm(Mission, here.upload(Mission, xlsx(header, row, [None] * 9, ["", ""])))

    mission = Mission.objects.get()
    assert (mission.start_date, mission.peak_strength, mission.ai_assisted) == ("1999", 50000, True)


BROKEN = {
    "a header alone": (HEADER.encode(), "The file has a header and no rows."),
    "line breaks": (b"\n\n", "The file has no header: its first row must name the columns."),
    "a short row": ((HEADER + "ITA,IT\n").encode(), "Row 2 has 2 cells, the header has 6."),
    "NUL": (b"iso3,name\nITA,\0\n", "The file contains the character NUL, so it is not text."),
    "an open quote": (b'iso3,name\nITA,"Italy\n', "Line 2 cannot be read: unexpected end of data."),
    "an image": (b"\x89PNG\r\n\x1a\n\x81\x8d\x8f", "The file is neither UTF-8 nor UTF-16 nor Windows-1252 text."),
    "a broken archive": (b"PK\x03\x04 and nothing that follows", "The file is not a workbook that can be read."),
    "an old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "This is an old Excel workbook, or one with a password: save it as .xlsx or as CSV.",
    ),
    "no key": (b"name\nItaly\n", "Missing column: iso3. It says which record a row is."),
    "a column twice": (b"iso3,name,name\nITA,Italy,Italy\n", "The header names a column twice: name."),
}


@pytest.mark.parametrize(("content", "reason"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_table_is_refused_in_words(desk, editor, content, reason):
    assert reasons(desk(editor).upload(Country, csv(content))) == [reason]


def test_a_file_refused_as_a_whole_has_one_reason(desk, editor):
    page = desk(editor).upload(Command, csv("code,nonsense\nx,y\n"))
    assert len(reasons(page)) == 1


def test_a_formula_that_was_never_computed_is_no_blank_cell(desk, editor, italy):
    page = desk(editor).upload(Country, xlsx(["iso3", "region"], ["ITA", '=CONCAT("Southern ", "Europe")']))

    assert reasons(page) == ["Row 2 has a formula without a result: put the value in its place, or save as CSV."]


def test_half_a_character_in_a_workbook_is_text_like_any_other(desk, editor):
    page = desk(editor).upload(Country, xlsx(["iso3", "joined_on"], ["_xD800_", "_xdfff_"]))

    assert page.status_code == 200
    assert [row[2:] for row in refused(page) if row[1] == "joined_on"] == [
        ("_xdfff_", "“_xdfff_” is not a date: write 1999-06-12.")
    ]


def test_an_archive_that_is_no_workbook_is_refused(desk, editor):
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert reasons(desk(editor).upload(Country, csv(file.getvalue()))) == [
        "The file is not a workbook that can be read."
    ]


def test_an_archive_that_unpacks_to_too_much_is_refused(desk, editor, monkeypatch):
    monkeypatch.setattr(xlsx_file, "MAX_UNPACKED_BYTES", 100)
    page = desk(editor).upload(Country, xlsx(["iso3"], ["ITA"]))
    assert reasons(page) == ["The workbook is larger than it seems: it cannot be unpacked."]


@pytest.mark.parametrize("kind", [csv, lambda text: xlsx(*(line.split(",") for line in text.split()))])
def test_more_rows_than_one_request_can_read_are_refused(desk, editor, monkeypatch, kind):
    monkeypatch.setattr(uploads, "MAX_ROWS", 2)
    page = desk(editor).upload(Country, kind("iso3,name\nAAA,A\nBBB,B\nCCC,C\n"))
    assert reasons(page) == ["The file has more than 2 rows. Split it, or load it with the command load."]


def test_a_huge_cell_is_refused_and_not_shown_whole(desk, editor):
    page = desk(editor).upload(Country, csv(HEADER + ITALY.replace("Italy", "I" * 2_000_000)))
    assert reasons(page) == ["Ensure this value has at most 80 characters (it has 2000000)."]
    assert len(page.content) < 50_000


def test_a_cell_larger_than_any_text_is_refused(desk, editor):
    page = desk(editor).upload(Country, csv(HEADER + ITALY.replace("Italy", "I" * 10_000_001)))
    assert reasons(page) == ["Line 2 cannot be read: field larger than field limit (10000000)."]


@pytest.mark.parametrize("header", ["," * 1_000_000, ",".join(map(str, range(200_000)))])
def test_a_header_of_a_million_columns_is_refused_at_once(desk, editor, header):
    page = desk(editor).upload(Country, csv(f"{header}\n{header}\n"))
    assert len(reasons(page)) == 1
    assert len(page.content) < 50_000


@pytest.mark.parametrize("number", ["1" * 400, "1" * 5000, "nan", "1e999999999"])
def test_a_number_of_any_length_is_refused_in_words(desk, editor, number):
    mission = make.mission()
    page = desk(editor).upload(Mission, csv(f"code,peak_strength\n{mission.code},{number}\n"))
    assert reasons(page) == [f"“{number}” is not a whole number."]


def test_a_decimal_that_would_fill_the_memory_when_written_out_is_refused(desk, editor):
    from missions.models import CostShare

    header = "country,period_from,period_to,share,source"
    share = make.cost_share()
    row = f"{share.country.iso3},{share.period_from},{share.period_to},1E-999999999,{share.source.code}"
    page = desk(editor).upload(CostShare, csv(f"{header}\n{row}\n"))
    assert reasons(page) == ["“1E-999999999” is not a number."]


def test_a_file_that_is_too_large_is_refused_in_words(desk, editor):
    page = desk(editor).upload(Country, csv(b"x" * (MAX_UPLOAD_SIZE + 1)))
    assert page.context["form"].errors["file"] == [
        "The file is larger than 10.0\xa0MB, the most that can be taken here."
    ]


@pytest.mark.parametrize("file", [csv(b""), ""], ids=["empty", "none"])
def test_a_missing_file_is_reported(desk, editor, file):
    page = desk(editor).upload(Country, file)
    assert page.status_code == 200
    assert page.context["form"].errors["file"]


def test_a_long_preview_shows_what_changes_and_counts_the_rest(desk, editor):
    rows = [f"{make.letters(n, 3)},{make.letters(n, 2)},Country {n},Europe,,none\n" for n in range(600)]
    here = desk(editor)
    here.confirm(Country, here.upload(Country, csv(HEADER + "".join(rows))))

    page = here.upload(Country, csv(HEADER + "".join(rows[:-1]) + rows[-1].replace("Europe", "Asia")))

    shown = [*page.context["outcome"].shown()]
    assert [(row["number"], row["kind"]) for row in shown[:2]] == [(601, "update"), (2, "skip")]
    assert len(shown) == 500
    assert "100 more rows are not shown." in page.text


# Permissions


def test_importing_takes_the_right_to_add_and_to_change(desk, client, django_user_model):
    from django.contrib.auth.models import Permission

    person = django_user_model.objects.create_user("half", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=["change_country", "view_country"]))
    here = desk(person)

    assert here.upload(Country, csv(HEADER + ITALY)).status_code == 403
    assert here.post(Country, "process_import", data={"token": "x"}).status_code == 403
    assert here.get(Country, "export").status_code == 200
    assert "Import" not in here.get(Country, "changelist").text


def test_an_editor_cannot_publish_by_file(desk, editor):
    mission = make.mission()

    page = desk(editor).upload(
        Mission, csv(f"code,status,published_at\n{mission.code},published,2026-11-22T00:00:00Z\n", "missions.csv")
    )

    assert refused(page) == [
        (2, "status", "published", "You may not publish or withdraw: leave the state of the record as it is.")
    ]


def test_an_editor_may_bring_a_file_with_the_state_as_it_is(desk, editor):
    mission = make.published_mission()
    here = desk(editor)
    file = here.export(Mission).replace(b"It kept the peace.", b"It keeps the peace.")

    here.confirm(Mission, here.upload(Mission, csv(file)))

    mission.refresh_from_db()
    assert (mission.summary, mission.status) == ("It keeps the peace.", "published")


def test_a_data_manager_publishes_by_file_what_is_ready(desk, data_manager):
    ready, bare = make.mission(), make.mission(sources=[])
    here = desk(data_manager)
    row = "{},published,2026-11-22T00:00:00Z\n"

    page = here.upload(Mission, csv("code,status,published_at\n" + row.format(bare.code)))
    assert reasons(page) == ["It cites no source."]

    here.confirm(Mission, here.upload(Mission, csv("code,status,published_at\n" + row.format(ready.code))))
    ready.refresh_from_db()
    assert ready.status == "published"


def test_an_unknown_citation_in_a_file_is_refused_by_its_name(desk, editor):
    lesson = make.lesson()
    page = desk(editor).upload(Lesson, csv(f"number,conclusion\n{lesson.number},See [@nobody-knows].\n"))
    assert refused(page) == [(2, "conclusion", "See [@nobody-knows].", 'No source has the code "nobody-knows".')]


# Between the preview and its confirmation


GONE = "The file is gone: it was imported already, or it waited too long. Choose it again."


@pytest.fixture
def folder(private_folder, tmp_path):
    return tmp_path


def test_confirming_twice_stores_once_and_says_so(desk, editor):
    here = desk(editor)
    preview = here.upload(Country, csv(HEADER + ITALY))

    here.confirm(Country, preview)
    page = here.confirm(Country, preview)

    assert messages(page) == [GONE]
    assert Country.objects.count() == LogEntry.objects.count() == 1


def test_a_file_that_is_gone_is_reported(desk, editor, folder):
    here = desk(editor)
    preview = here.upload(Country, csv(HEADER + ITALY))
    for file in folder.iterdir():
        file.unlink()

    assert messages(here.confirm(Country, preview)) == [GONE]


def test_nobody_else_can_confirm_a_file(desk, editor, data_manager, folder):
    preview = desk(editor).upload(Country, csv(HEADER + ITALY))

    page = desk(data_manager).confirm(Country, preview)

    assert messages(page) == [GONE]
    assert not Country.objects.exists()
    assert len([*folder.iterdir()]) == 1  # the file of the one who may is still there


def test_a_file_for_one_model_is_not_imported_into_another(desk, editor):
    here = desk(editor)
    preview = here.upload(Country, csv(HEADER + ITALY))
    assert messages(here.confirm(Mission, preview)) == [GONE]


@pytest.mark.parametrize("token", ["", "/etc/passwd", "../../etc/passwd", "a:b:c", "ü", "x" * 100_000])
def test_a_made_up_token_reads_no_file(desk, editor, token):
    assert messages(desk(editor).post(Country, "process_import", data={"token": token})) == [GONE]


def test_a_signed_token_of_another_purpose_reads_no_file(desk, editor, tmp_path):
    from django.core import signing

    (tmp_path / "secret").write_text("x")
    token = signing.dumps(["secret", "secret", "", editor.pk, "missions.Country"], salt="something else")
    assert messages(desk(editor).post(Country, "process_import", data={"token": token})) == [GONE]


def test_an_uploaded_file_is_readable_by_its_account_alone_and_a_refused_one_is_not_kept(desk, editor, folder):
    here = desk(editor)
    here.upload(Country, csv(HEADER + "nonsense"))
    assert not [*folder.iterdir()]

    here.upload(Country, csv(HEADER + ITALY))
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_was_never_confirmed_is_forgotten_after_a_day(desk, editor, folder):
    import os

    here = desk(editor)
    here.upload(Country, csv(HEADER + ITALY))
    (old,) = folder.iterdir()
    os.utime(old, (0, 0))

    here.upload(Country, csv(HEADER + SPAIN))

    assert len([*folder.iterdir()]) == 1
    assert not Path(old).exists()


def test_a_record_that_changed_since_the_preview_is_shown_again_and_not_overwritten(desk, editor, italy):
    here = desk(editor)
    preview = here.upload(Country, csv(HEADER + ITALY))
    Country.objects.update(name="Italie")

    page = here.confirm(Country, preview)

    assert messages(page) == ["The record has changed since the preview, so nothing was stored. This is how it is now:"]
    assert "<del>Italie</del> <ins>Italy</ins>" in page.text
    italy.refresh_from_db()
    assert italy.name == "Italie"
    assert not LogEntry.objects.exists()

    here.confirm(Country, page)
    italy.refresh_from_db()
    assert italy.name == "Italy"


def test_a_confirmation_by_link_does_nothing(desk, editor):
    assert desk(editor).get(Country, "process_import").status_code == 405
