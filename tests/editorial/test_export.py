"""Export in the admin: the records that the list shows, in a file that can be imported without loss."""

import codecs
import io
import json
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from lessons.models import Lesson
from missions.models import Contribution, Country, Mission
from pkportal.exchange.exporting import CONTENT_TYPES
from pkportal.exchange.registry import resources_by_name
from pkportal.sources.models import Source
from tests import make

SPECIAL_TEXT = "=1+1\r\n\n'@x\t_x000D_\x0b“ü”, ; | \x1f'"


def lines(file):
    return file.decode().splitlines()


def test_file_has_the_rows_that_the_list_shows(admin_as, editor):
    kosovo = make.published_mission(name="Kosovo Force")
    for mission in (kosovo, kosovo, make.published_mission(name="Other")):
        make.contribution(mission=mission, quantity=7)
    make.contribution(mission=kosovo, kind="police-and-advisers")
    browser = admin_as(editor)
    query = {"q": "kosovo", "kind__exact": "troops"}
    cl = browser.get(Contribution, "changelist", **query).context["cl"]

    page = browser.get(Contribution, "export", **query)
    file = browser.export(Contribution, query="?q=kosovo&kind__exact=troops")

    assert (page.context["count"], page.context["total"]) == (2, 4)
    assert "2 of 4 contributions" in page.text
    assert len(lines(file)) - 1 == cl.result_count == 2
    assert all(line.split(",")[1] == kosovo.code for line in lines(file)[1:])


def test_export_link_keeps_the_filters_of_the_list(admin_as, editor):
    page = admin_as(editor).get(Mission, "changelist", q="peace", status__exact="draft")
    assert 'href="/admin/missions/mission/export/?q=peace&amp;status__exact=draft"' in page.text


def test_file_has_the_rows_of_all_pages(admin_as, editor):
    for _ in range(105):
        make.country()
    assert len(lines(admin_as(editor).export(Country, query="?p=2"))) == 106


def test_file_has_the_order_of_the_list(admin_as, publisher):
    names = [make.country(name=name).iso3 for name in ("Bb", "Cc", "Aa")]
    file = admin_as(publisher).export(Country, query="?o=-1")
    assert [line.split(",")[1] for line in lines(file)[1:]] == [names[1], names[0], names[2]]


def test_unknown_filter_redirects_to_the_list(admin_as, editor):
    page = admin_as(editor).get(Mission, "export", status__nonsense="x")
    assert page.status_code == 302
    assert page.url == "/admin/missions/mission/"


@pytest.mark.parametrize("model", [Source, Country, Mission, Contribution, Lesson], ids=lambda model: model.__name__)
def test_export_of_all_records_is_the_dump_with_the_mark_that_excel_needs(admin_as, editor, tmp_path, model):
    make.contribution(note=SPECIAL_TEXT.replace("\r\n\n", ""))
    make.lesson(observation=SPECIAL_TEXT, dotmlpfi=["doctrine"], missions=[make.mission()])
    make.mission(latitude=42.6, longitude=21.2)
    call_command("dump", tmp_path, verbosity=0)

    file = admin_as(editor).export(model)

    (name,) = [name for name, resource_class in resources_by_name().items() if resource_class._meta.model is model]
    assert file == codecs.BOM_UTF8 + (tmp_path / f"{name}.csv").read_bytes()


@pytest.mark.parametrize(
    ("file_format", "more"), [*((it, {}) for it in CONTENT_TYPES), ("xlsx", {"is_explained": "on"})]
)
def test_exported_file_can_be_imported_without_changes(admin_as, data_manager, file_format, more):
    make.contribution(note="=1+1")
    lesson = make.lesson(observation=SPECIAL_TEXT, dotmlpfi=["doctrine", "training"], missions=[make.mission()])
    lesson.mark_checked()
    make.published_mission(latitude=42.6, longitude=-21.25, end_date="2001-02", summary="'=x")
    make.cost_share()
    browser = admin_as(data_manager)

    for resource_class in resources_by_name().values():
        model = resource_class._meta.model
        if model.objects.exists():
            file = SimpleUploadedFile(f"a.{file_format}", browser.export(model, file_format, **more))
            page = browser.upload(model, file)
            counts = {tab.name: tab.number for tab in page.context["tabs"] if tab.number}
            assert counts == dict.fromkeys(["all", "unchanged"], model.objects.count()), model


def test_workbook_has_no_formulas(admin_as, editor):
    make.contribution(note='=HYPERLINK("http://example.org")', quantity=1200)

    sheet = load_workbook(io.BytesIO(admin_as(editor).export(Contribution, "xlsx"))).active

    header, row = ([*cells] for cells in sheet.iter_rows())
    cells = dict(zip([cell.value for cell in header], row, strict=True))
    assert "f" not in {cell.data_type for cell in row}
    assert cells["note"].value == '\'=HYPERLINK("http://example.org")'
    assert cells["quantity"].value == 1200


def test_text_that_is_too_long_for_a_workbook_is_refused_and_not_truncated(admin_as, editor):
    lesson = make.lesson(observation="x" * 40_000)

    page = admin_as(editor).post(Lesson, "export", data={"format": "xlsx"})

    assert page.context["form"].errors["format"] == [
        f"“{lesson}” has a text in the column observation that is too long for a spreadsheet: take CSV."
    ]


def test_zip_says_what_was_filtered_and_that_drafts_are_in_it(admin_as, editor):
    make.mission(code="kfor", name="Kosovo Force")
    make.published_mission()
    content = admin_as(editor).export(Mission, "zip", query="?q=kosovo&status__exact=draft")

    with ZipFile(io.BytesIO(content)) as archive:
        name = f"missions-q-kosovo-status-draft-{timezone.localdate():%Y-%m-%d}.csv"
        assert archive.namelist() == ["README.txt", "LICENSE-CONTENT.md", "CITATION.cff", "about/columns.csv", name]
        about = archive.read("README.txt").decode()
        assert len(lines(archive.read(name))) == 2
        assert "\nstatus," in archive.read("about/columns.csv").decode()
    assert "status: draft\nsearch: kosovo\n" in about
    assert "Rows that nobody has published are among them" in about
    assert "/admin/missions/mission/?q=kosovo&status__exact=draft" in about


def test_json_has_lists_and_booleans(admin_as, editor):
    make.lesson(dotmlpfi=["doctrine"])
    (lesson,) = json.loads(admin_as(editor).export(Lesson, "json"))
    assert (lesson["dotmlpfi"], lesson["ai_assisted"]) == (["doctrine"], False)


def test_name_of_a_file_says_filter_and_day_and_begins_with_its_table(admin_as, editor):
    today = f"{timezone.localdate():%Y-%m-%d}"
    for file_format in CONTENT_TYPES:
        page = admin_as(editor).post(Mission, "export", query="?status__exact=draft", data={"format": file_format})
        assert page["Content-Disposition"] == f'attachment; filename="missions-status-draft-{today}.{file_format}"'
        assert bool(b"".join(page.streaming_content)) == (file_format != "jsonl")  # which has no rows, and no header


def test_unknown_format_is_refused(admin_as, editor):
    page = admin_as(editor).post(Mission, "export", data={"format": "exe"})
    assert page.status_code == 200
    assert page.context["form"].errors["format"]


@pytest.mark.parametrize("records", [1, 3])
def test_export_costs_the_same_for_any_number_of_records(admin_as, editor, records, django_assert_num_queries):
    for _ in range(records):
        make.contribution()
    browser = admin_as(editor)

    # session, user, two for rights, two for filters; whether it is valid, two for limits, the file, the audit log
    with django_assert_num_queries(11):
        browser.export(Contribution)
