"""Import in the admin: preview, confirmation, and refusals; if one row is invalid, nothing is stored."""

import io
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from openpyxl import Workbook

from lessons.models import Lesson
from missions.models import Command, Country, Event, Mission
from pkportal.changes import import_work
from pkportal.changes.imported_files import ImportedFile
from pkportal.changes.models import ChangeSet
from pkportal.exchange.reading import xml_parts
from pkportal.exchange.uploads import MAX_UPLOAD_SIZE
from tests import make
from tests.editorial.conftest import member
from tests.editorial.pages import form_data, messages, publish_drafts

HEADER = "iso3,iso2,name,region,joined_on,partnership\n"
ITALY = "ITA,IT,Italy,Southern Europe,1949-08-24,none\n"
SPAIN = "ESP,ES,Spain,Southern Europe,1982-05-30,none\n"


@pytest.fixture(autouse=True)
def large_files_at_once(monkeypatch):
    """Read large files in the request too: a process of its own would not see what a test has not committed."""
    monkeypatch.setattr(import_work, "LARGEST_AT_ONCE", 50_000_000)


def csv(content, name="countries.csv"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode(), "text/csv")


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("countries.xlsx", file.getvalue())


def refusals_on(page):
    return [(fault.row, fault.column, fault.text, fault.reason) for fault in page.context["faults"]]


def reasons(page):
    assert page.status_code == 200
    assert not page.context.get("token")
    return [reason for _number, _column, _value, reason in refusals_on(page)]


def shown_on(page):
    """Return the rows of a preview with the cells that change, by column."""
    columns = page.context["shown_columns"]
    rows = page.context["rows"]
    return [(row.number, row.kind, dict(zip(columns, cells, strict=True))) for row, cells in rows]


@pytest.fixture
def italy(db):
    return make.country(iso3="ITA", iso2="IT", name="Italia", joined_on="1949-08-24")


def test_preview_shows_the_changes_of_each_cell_and_stores_nothing(admin_as, data_manager, italy):
    make.country(iso3="ESP", iso2="ES", name="Spain", joined_on="1982-05-30")

    page = admin_as(data_manager).upload(Country, csv(HEADER + SPAIN + ITALY + "FRA,FR,France,Western Europe,,none\n"))

    assert [(number, outcome, cells["name"]) for number, outcome, cells in shown_on(page)] == [
        (3, "changed", "<del>Italia</del> <ins>Italy</ins>"),
        (4, "new", "<ins>France</ins>"),
        (2, "unchanged", ""),
    ]
    assert [(tab.name, tab.number) for tab in page.context["tabs"]] == [
        *[("all", 3), ("new", 1), ("changed", 1), ("unchanged", 1)],
    ]
    assert "<del>Italia</del> <ins>Italy</ins>" in page.text
    assert {*Country.objects.values_list("name", flat=True)} == {"Italia", "Spain"}
    assert not LogEntry.objects.exists()


def test_confirmed_file_waits_if_readers_would_see_what_it_changes(admin_as, data_manager, italy):
    browser = admin_as(data_manager)

    page = browser.confirm(Country, browser.upload(Country, csv(HEADER + ITALY + SPAIN)))

    change_set = ChangeSet.objects.get()
    text = f"countries.csv waits as {change_set.number}: 1 new, 1 changed. Readers see nothing of it yet."
    assert messages(page) == [text]
    assert {change.action: change.cells["name"] for change in change_set.changes.all()} == {
        "add": ["", "Spain"],
        "change": ["Italia", "Italy"],
    }
    assert Country.objects.get().name == "Italia"
    publish_drafts()
    assert {*Country.objects.values_list("name", flat=True)} == {"Italy", "Spain"}


def test_file_of_unpublished_records_is_stored_and_named_in_the_log_and_the_history(admin_as, data_manager):
    mission = make.mission(code="ufor")
    browser = admin_as(data_manager)
    file = csv("mission,date,kind,title\nufor,1999-06,deployment,Arrival\n", "events.csv")

    page = browser.confirm(Event, browser.upload(Event, file))

    assert messages(page) == ["Imported events.csv: 1 new, 0 changed, 0 unchanged."]
    event = mission.events.get()
    context = event.history.order_by("pgh_id").last().pgh_context.metadata
    assert (context["act"], context["file"], context["user"]) == ("import", "events.csv", data_manager.pk)
    assert LogEntry.objects.get().get_change_message() == "Imported from events.csv."


def test_preview_names_the_open_draft_that_changes_a_record_of_the_file(admin_as, editor, data_manager, italy):
    admin_as(editor).save(italy, region="Western Europe")

    page = admin_as(data_manager).upload(Country, csv(HEADER + ITALY))

    assert f"The open draft {ChangeSet.objects.get().number}, " in " ".join(page.text.split())


def test_preview_shows_relations_between_rows_of_the_file(admin_as, data_manager):
    page = admin_as(data_manager).upload(
        Command, csv("code,name,level,parent\nlow,Low,tactical,high\nhigh,High,strategic,\n", "commands.csv")
    )
    assert [cells["parent"] for _number, _outcome, cells in shown_on(page)] == ["<ins>high</ins>", ""]


def test_preview_shows_the_record_and_the_changed_columns(admin_as, data_manager, italy):
    page = admin_as(data_manager).upload(Country, csv("iso3,iso2,name\nITA,IT,Italy\n"))
    assert [shown.row.title for shown in page.context["rows"]] == ["ITA"]
    assert page.context["shown_columns"] == ["name"]
    assert page.context["hidden_columns"] == ["iso3", "iso2"]


def test_preview_shows_a_cleared_cell(admin_as, data_manager, italy):
    page = admin_as(data_manager).upload(Country, csv("iso3,joined_on\nITA,\n"))
    assert shown_on(page) == [(2, "changed", {"joined_on": "<del>1949-08-24</del> <ins></ins>"})]


def test_file_without_changes_cannot_be_confirmed(admin_as, data_manager, italy):
    page = admin_as(data_manager).upload(Country, csv("iso3,name\nITA,Italia\n"))
    assert not page.context["token"]
    assert "there is nothing to import" in page.text


def test_one_invalid_row_refuses_the_file_and_every_mistake_is_listed(admin_as, data_manager, italy):
    page = admin_as(data_manager).upload(
        Country, csv(HEADER + ITALY + "ESP,ES,,Southern Europe,never,none\nFRA,FR,France,,,what\n")
    )

    assert refusals_on(page) == [
        (3, "name", "", "This cell cannot be blank."),
        (3, "joined_on", "never", "“never” is not a date: write 1999-06-12."),
        (4, "region", "", "This cell cannot be blank."),
        (4, "partnership", "what", "“what” is not one of: none, PfP/EAPC, MD, ICI, global partner."),
    ]
    assert not page.context["token"]
    assert "Nothing was imported: 4 errors in countries.csv" in page.text
    italy.refresh_from_db()
    assert italy.name == "Italia"


def test_preview_escapes_values_and_reasons(admin_as, data_manager):
    page = admin_as(data_manager).upload(Country, csv("iso3,name,<script>\nITA,Italy,x\n"))
    assert "&lt;script&gt;</th>" in page.text

    browser = admin_as(data_manager)
    page = browser.upload(Country, csv(HEADER + "ITA,IT,<b>Italy</b>,Southern Europe,,none\n"))
    assert "<ins>&lt;b&gt;Italy&lt;/b&gt;</ins>" in page.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_detected(admin_as, data_manager, encoding, delimiter):
    browser = admin_as(data_manager)
    text = (HEADER + "CIV,CI,Côte d’Ivoire,Western Africa,,none\n").replace(",", delimiter)

    browser.confirm(Country, browser.upload(Country, csv(text.encode(encoding))))
    publish_drafts()

    assert Country.objects.get().name == "Côte d’Ivoire"


def test_workbook_is_imported_with_typed_cells_and_without_empty_rows(admin_as, data_manager):
    browser = admin_as(data_manager)
    header = ["code", "name", "type", "region", "start_date", "state", "summary", "peak_strength", "ai_assisted"]
    row = ["kfor", "Kosovo Force", "peacekeeping", "western-balkans", 1999, "ongoing", "Words.", 50000.0, True]

    browser.confirm(Mission, browser.upload(Mission, xlsx(header, row, [None] * 9, ["", ""])))

    mission = Mission.objects.get()
    assert (mission.start_date, mission.peak_strength, mission.ai_assisted) == ("1999", 50000, True)


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
    assert reasons_by_column["joined_on"] == ("_xdfff_", "“_xdfff_” is not a date: write 1999-06-12.")


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
    assert reason.startswith("The workbook is larger than it seems: ")


def test_huge_cell_is_refused_and_shown_shortened(admin_as, data_manager):
    page = admin_as(data_manager).upload(Country, csv(HEADER + ITALY.replace("Italy", "I" * 2_000_000)))
    assert reasons(page) == ["Ensure this value has at most 80 characters (it has 2000000)."]
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
    assert page.context["form"].errors["file"] == [
        "The file is larger than 10.0\xa0MB, the most that can be taken here."
    ]


@pytest.mark.parametrize("file", [csv(b""), ""], ids=["empty", "none"])
def test_missing_or_empty_file_is_an_error(admin_as, data_manager, file):
    page = admin_as(data_manager).upload(Country, file)
    assert page.status_code == 200
    assert page.context["form"].errors["file"]


def test_long_preview_shows_changed_rows_first_and_is_paged_and_filtered(admin_as, data_manager):
    rows = [f"{make.letters(n, 3)},{make.letters(n, 2)},Country {n},Europe,,none\n" for n in range(600)]
    browser = admin_as(data_manager)
    browser.confirm(Country, browser.upload(Country, csv(HEADER + "".join(rows))))
    publish_drafts()

    page = browser.upload(Country, csv(HEADER + "".join(rows[:-1]) + rows[-1].replace("Europe", "Asia")))

    assert [(number, outcome) for number, outcome, _cells in shown_on(page)[:2]] == [
        *[(601, "changed"), (2, "unchanged")],
    ]
    assert page.context["page_obj"].paginator.num_pages == 3
    (changed,) = shown_on(browser.client.get(page.request["PATH_INFO"], {"show": "changed"}))
    assert changed[0] == 601
    assert len(shown_on(browser.client.get(page.request["PATH_INFO"], {"show": "unchanged", "p": 3}))) == 199


# Permissions


def test_import_needs_the_permissions_to_add_and_to_change(admin_as, client, django_user_model):
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.create_user("half", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_country", "view_country"]))
    browser = admin_as(user)

    assert browser.upload(Country, csv(HEADER + ITALY)).status_code == 403
    assert browser.post(Country, "process_import", data={"token": "x"}).status_code == 403
    assert browser.get(Country, "export").status_code == 200
    assert "Import" not in browser.get(Country, "changelist").text


def test_data_manager_cannot_publish_by_file(admin_as, data_manager):
    mission = make.mission()

    page = admin_as(data_manager).upload(
        Mission, csv(f"code,status,published_at\n{mission.code},published,2026-11-22T00:00:00Z\n", "missions.csv")
    )

    assert refusals_on(page) == [
        (2, "status", "published", "You may not publish or withdraw records: leave the status as it is.")
    ]


def test_file_with_an_unchanged_status_changes_the_rest(admin_as, data_manager):
    mission = make.published_mission()
    browser = admin_as(data_manager)
    file = browser.export(Mission).replace(b"It kept the peace.", b"It keeps the peace.")

    browser.confirm(Mission, browser.upload(Mission, csv(file)))
    publish_drafts()

    mission.refresh_from_db()
    assert (mission.summary, mission.status) == ("It keeps the peace.", "published")


def test_publisher_who_is_data_manager_too_publishes_by_file_what_is_ready(admin_as, data_manager):
    data_manager.groups.add(Group.objects.get(name="Publisher"))
    ready, bare = make.mission(), make.mission(sources=[])
    browser = admin_as(data_manager)
    row = "{},published,2026-11-22T00:00:00Z\n"

    page = browser.upload(Mission, csv("code,status,published_at\n" + row.format(bare.code)))
    assert reasons(page) == ["It cites no source."]

    browser.confirm(Mission, browser.upload(Mission, csv("code,status,published_at\n" + row.format(ready.code))))
    publish_drafts()
    ready.refresh_from_db()
    assert ready.status == "published"


def test_unknown_citation_in_a_file_is_refused_with_its_code(admin_as, data_manager):
    lesson = make.lesson()
    page = admin_as(data_manager).upload(Lesson, csv(f"number,conclusion\n{lesson.number},See [@nobody-knows].\n"))
    assert refusals_on(page) == [(2, "conclusion", "See [@nobody-knows].", 'No source has the code "nobody-knows".')]


# Between the preview and its confirmation


GONE = "This file does not wait any more: it was imported or thrown away. Choose it again."


def test_second_confirmation_stores_nothing(admin_as, data_manager):
    browser = admin_as(data_manager)
    preview = browser.upload(Country, csv(HEADER + ITALY))

    browser.confirm(Country, preview)
    page = browser.confirm(Country, preview)

    assert messages(page) == [GONE]
    assert ChangeSet.objects.count() == 1


def test_file_that_nobody_confirmed_for_a_week_is_thrown_away_and_stays_in_the_list(admin_as, data_manager):
    browser = admin_as(data_manager)
    preview = browser.upload(Country, csv(HEADER + ITALY))
    ImportedFile.objects.update(changed_at=Now() - timedelta(days=8))

    browser.upload(Country, csv(HEADER + SPAIN))

    assert messages(browser.confirm(Country, preview)) == [GONE]
    old, new = ImportedFile.objects.order_by("pk")
    assert (old.state, old.message, old.stage_name) == ("cancelled", "Nobody confirmed it for a week.", "")
    assert (new.state, new.rows_new) == ("staged", 1)
    assert "Thrown away" in browser.get(ImportedFile, "changelist").text


def test_only_the_uploader_can_confirm_a_file(admin_as, data_manager):
    preview = admin_as(data_manager).upload(Country, csv(HEADER + ITALY))

    page = admin_as(member("other", "Data manager")).confirm(Country, preview)

    assert messages(page) == [GONE]
    assert not Country.objects.exists()

    admin_as(data_manager).confirm(Country, preview)
    publish_drafts()
    assert Country.objects.count() == 1


def test_file_for_one_model_cannot_be_confirmed_for_another(admin_as, data_manager):
    browser = admin_as(data_manager)
    preview = browser.upload(Country, csv(HEADER + ITALY))
    assert messages(browser.confirm(Mission, preview)) == [GONE]


@pytest.mark.parametrize("token", ["", "kfor", "\0", "ü", "0" * 32, "x" * 100_000])
def test_token_that_nobody_was_given_takes_nothing(admin_as, data_manager, token):
    assert messages(admin_as(data_manager).post(Country, "process_import", data={"token": token})) == [GONE]


def test_record_that_changed_since_the_preview_is_named_and_not_overwritten(admin_as, data_manager, italy):
    browser = admin_as(data_manager)
    preview = browser.upload(Country, csv(HEADER + ITALY + SPAIN))
    Country.objects.update(name="Italie")

    page = browser.confirm(Country, preview)

    named = "Somebody changed this record since the file was read: it is not overwritten."
    assert refusals_on(page) == [(2, "", "", named)]
    assert "The record has changed since the preview, so nothing was stored." in page.text
    assert (Country.objects.get().name, ChangeSet.objects.exists()) == ("Italie", False)

    page = browser.client.post(f"{page.request['PATH_INFO']}reread/", follow=True)
    assert "<del>Italie</del> <ins>Italy</ins>" in page.text
    browser.confirm(Country, page)
    publish_drafts()
    italy.refresh_from_db()
    assert italy.name == "Italy"


def test_good_rows_are_imported_without_the_refused_ones_if_somebody_chooses_that(admin_as, data_manager, italy):
    browser = admin_as(data_manager)
    page = browser.upload(Country, csv(HEADER + ITALY + SPAIN.replace("1982-05-30", "never")))
    assert page.context["token"] == ""

    page = browser.post(Country, "process_import", data={"token": page.context["good_token"], "only_good": "yes"})

    assert [change.cells["name"] for change in ChangeSet.objects.get().changes.all()] == [["Italia", "Italy"]]


def test_confirmation_by_get_is_not_allowed(admin_as, data_manager):
    assert admin_as(data_manager).get(Country, "process_import").status_code == 405


def test_new_row_of_a_file_that_waits_is_edited_in_the_same_change_set(admin_as, data_manager):
    browser = admin_as(data_manager)
    browser.confirm(Country, browser.upload(Country, csv(HEADER + SPAIN)))
    (change,) = ChangeSet.objects.get().changes.all()
    query = f"?draft_row={change.reference}"

    page = browser.client.get(f"/admin/missions/country/add/{query}")
    browser.post(Country, "add", data={**form_data(page), "name": "España"}, query=query)

    (change,) = ChangeSet.objects.get().changes.all()
    assert change.cells["name"] == ["", "España"]
