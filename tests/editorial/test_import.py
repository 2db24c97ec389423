"""Import in the admin: what a file would change is shown, and stored once it is confirmed."""

import pytest
from django.contrib.admin.models import LogEntry

from missions.models import Command, Country, Event, Mission
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.imports import HEADER, ITALY, SPAIN, csv, shown_on, xlsx
from tests.editorial.pages import messages, publish_drafts

pytestmark = pytest.mark.usefixtures("large_files_at_once")


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
    assert f">{text}<" in page.text
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
