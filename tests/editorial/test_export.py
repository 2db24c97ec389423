"""Export in the admin: the records that the list shows, no more and no fewer, in a file that imports without loss."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from openpyxl import load_workbook

from lessons.models import Lesson
from missions.models import Contribution, Country, Mission
from pkportal.exchange.registry import resources_by_name
from pkportal.sources.models import Source
from tests import make

NASTY = "=1+1\r\n\n'@x\t_x000D_\x0b“ü”, ; | \x1f'"


def lines(file):
    return file.decode().splitlines()


def test_the_file_has_the_rows_that_the_list_shows(desk, editor):
    kosovo = make.published_mission(name="Kosovo Force")
    for mission in (kosovo, kosovo, make.published_mission(name="Other")):
        make.contribution(mission=mission, quantity=7)
    make.contribution(mission=kosovo, kind="police-and-advisers")
    here = desk(editor)
    query = {"q": "kosovo", "kind__exact": "troops"}
    cl = here.get(Contribution, "changelist", **query).context["cl"]

    page = here.get(Contribution, "export", **query)
    file = here.export(Contribution, query="?q=kosovo&kind__exact=troops")

    assert (page.context["count"], page.context["total"]) == (2, 4)
    assert "2 of 4 contributions" in page.text
    assert len(lines(file)) - 1 == cl.result_count == 2
    assert all(line.startswith(kosovo.code) for line in lines(file)[1:])


def test_the_button_carries_the_filters_of_the_list(desk, editor):
    page = desk(editor).get(Mission, "changelist", q="peace", status__exact="draft")
    assert 'href="/admin/missions/mission/export/?q=peace&amp;status__exact=draft"' in page.text


def test_all_pages_of_the_list_are_in_the_file(desk, editor):
    for _ in range(105):
        make.country()
    assert len(lines(desk(editor).export(Country, query="?p=2"))) == 106


def test_a_sorted_list_is_a_sorted_file(desk, publisher):
    names = [make.country(name=name).iso3 for name in ("Bb", "Cc", "Aa")]
    file = desk(publisher).export(Country, query="?o=-1")
    assert [line[:3] for line in lines(file)[1:]] == [names[1], names[0], names[2]]


def test_a_filter_that_does_not_exist_is_no_error(desk, editor):
    page = desk(editor).get(Mission, "export", status__nonsense="x")
    assert page.status_code == 302
    assert page.url == "/admin/missions/mission/"


@pytest.mark.parametrize("model", [Source, Country, Mission, Contribution, Lesson], ids=lambda model: model.__name__)
def test_a_whole_list_has_the_bytes_of_the_dump(desk, editor, tmp_path, model):
    make.contribution(note=NASTY.replace("\r\n\n", ""))
    make.lesson(observation=NASTY, dotmlpfi=["doctrine"], missions=[make.mission()])
    make.mission(latitude=42.6, longitude=21.2)
    call_command("dump", tmp_path, verbosity=0)

    file = desk(editor).export(model)

    (name,) = [name for name, resource_class in resources_by_name().items() if resource_class._meta.model is model]
    assert file == (tmp_path / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_an_exported_file_comes_back_without_loss(desk, data_manager, format):
    make.contribution(note="=1+1")
    lesson = make.lesson(observation=NASTY, dotmlpfi=["doctrine", "training"], missions=[make.mission()])
    lesson.mark_checked()
    make.published_mission(latitude=42.6, longitude=-21.25, end_date="2001-02", summary="'=x")
    make.cost_share()
    here = desk(data_manager)

    for resource_class in resources_by_name().values():
        model = resource_class._meta.model
        if model.objects.exists():
            file = SimpleUploadedFile(f"{resource_class.name}.{format}", here.export(model, format))
            page = here.upload(model, file)
            counts = [page.context[name] for name in ("new", "changed", "unchanged")]
            assert counts == [0, 0, model.objects.count()], (model, page.context["outcome"].refusals)


def test_no_cell_of_a_workbook_is_a_formula(desk, editor):
    make.contribution(note='=HYPERLINK("http://example.org")', quantity=1200)

    sheet = load_workbook(io.BytesIO(desk(editor).export(Contribution, "xlsx"))).active

    header, row = ([*cells] for cells in sheet.iter_rows())
    cells = dict(zip([cell.value for cell in header], row, strict=True))
    assert "f" not in {cell.data_type for cell in row}
    assert cells["note"].value == '\'=HYPERLINK("http://example.org")'
    assert cells["quantity"].value == 1200


def test_a_text_that_no_workbook_can_hold_is_refused_and_not_cut(desk, editor):
    lesson = make.lesson(observation="x" * 40_000)

    page = desk(editor).post(Lesson, "export", data={"format": "xlsx"})

    assert page.context["form"].errors["format"] == [
        f"“{lesson}” has a text in the column observation that is too long for a spreadsheet: take CSV."
    ]


def test_json_has_numbers_and_lists_as_such(desk, editor):
    make.lesson(dotmlpfi=["doctrine"])
    (lesson,) = json.loads(desk(editor).export(Lesson, "json"))
    assert (lesson["dotmlpfi"], lesson["ai_assisted"]) == (["doctrine"], False)


def test_a_file_has_the_name_that_load_knows(desk, editor):
    for format in ("csv", "xlsx", "json"):
        page = desk(editor).post(Mission, "export", data={"format": format})
        assert page["Content-Disposition"] == f'attachment; filename="missions.{format}"'
        assert b"".join(page.streaming_content)


def test_another_format_is_refused(desk, editor):
    page = desk(editor).post(Mission, "export", data={"format": "exe"})
    assert page.status_code == 200
    assert page.context["form"].errors["format"]


@pytest.mark.parametrize("records", [1, 3])
def test_an_export_costs_the_same_for_any_number_of_records(desk, editor, records, django_assert_num_queries):
    for _ in range(records):
        make.contribution()
    here = desk(editor)

    with django_assert_num_queries(10):  # session, user, two for rights, two for filters; four for the file, in chunks
        here.export(Contribution)
