"""What a file is asked before it is read: its encoding, its sheet, the columns that its headers are."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from missions.models import Contribution, Country
from pkportal.changes.imported_files import ImportedFile, SavedMapping
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.conftest import member
from tests.editorial.pages import messages, publish_drafts

pytestmark = pytest.mark.django_db
OFFICE = "Nation code,Short code,Country,Region,Joined,Remarks\nESP,ES,Spain,Southern Europe,1982-05-30,new\n"


@pytest.fixture
def registrar(admin_as, data_manager):
    return admin_as(data_manager)


def sent(registrar, content, name="countries.csv"):
    return registrar.upload(
        Country, SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    )


def act(registrar, page, act, **answers):
    return registrar.client.post(f"{page.request['PATH_INFO']}{act}/", answers, follow=True)


def answered(registrar, page, **columns):
    """Answer which column each header is, as guessed but for those that are named."""
    guessed = {it["header"]: it["column"] for it in page.context["mapping"]} | columns.pop("corrected", {})
    places = {f"column.{place}": column for place, column in enumerate(guessed.values())}
    return act(registrar, page, "answer", **places, **columns)


def test_encoding_that_cannot_be_known_is_asked_with_samples_and_read_as_answered(registrar):
    text = "iso3,iso2,name,region\nCIV,CI,Côte d’Ivoire,Western Africa\n"

    page = sent(registrar, text.encode("cp1252"))

    choices = {choice["value"]: choice["samples"] for choice in page.context["question"]["choices"]}
    assert choices["cp1252"] == ["Côte d’Ivoire"]
    page = act(registrar, page, "answer", choice="cp1252")
    registrar.confirm(Country, page)
    publish_drafts()
    assert Country.objects.get().name == "Côte d’Ivoire"


def test_answer_that_was_not_offered_is_refused(registrar):
    page = sent(registrar, "iso3,name\nCIV,Côte\n".encode("cp1252"))

    page = act(registrar, page, "answer", choice="utf-7")

    assert messages(page) == ["Choose one of the answers."]
    assert page.context["question"]


def test_sheet_is_asked_where_several_may_be_meant(registrar):
    book = Workbook()
    for sheet in [book.active, book.create_sheet("Later")]:
        sheet.append(["iso3", "iso2", "name", "region"])
        sheet.append(["ESP", "ES", f"Spain of {sheet.title}", "Southern Europe"])
    file = io.BytesIO()
    book.save(file)

    page = act(registrar, sent(registrar, file.getvalue(), "countries.xlsx"), "answer", choice="Later")

    assert page.context["rows"][0].row.cells["name"] == ("", "Spain of Later")


def test_headers_that_are_not_ours_are_asked_about_with_guesses_reasons_and_values(registrar):
    page = sent(registrar, OFFICE)

    shown = {it["header"]: (it["column"], it["samples"]) for it in page.context["mapping"]}
    assert shown["Region"] == ("region", ["Southern Europe"])
    assert shown["Remarks"] == ("", ["new"])
    assert all(it["why"] for it in page.context["mapping"])


def test_corrected_mapping_is_used_and_kept_for_the_next_file_of_that_kind(registrar):
    corrected = {"Nation code": "iso3", "Short code": "iso2", "Country": "name", "Joined": "joined_on"}
    page = answered(registrar, sent(registrar, OFFICE), corrected=corrected, keep_as="Office in Madrid")
    registrar.confirm(Country, page)
    publish_drafts()

    again = sent(registrar, OFFICE.replace("Spain", "España"))

    assert str(Country.objects.get().joined_on) == "1982-05-30"
    assert SavedMapping.objects.get().columns["Remarks"] == ""
    assert again.context["rows"][0].row.cells["name"] == ("Spain", "España")
    assert "The columns were read with the kept mapping “Office in Madrid”." in " ".join(again.text.split())


def test_column_that_the_file_lacks_can_be_the_same_in_all_rows(registrar):
    corrected = {"Nation": "iso3"}
    page = sent(registrar, "Nation,iso2,name,Nonsense\nESP,ES,Spain,x\n")

    page = answered(registrar, page, corrected=corrected, **{"constant.region": "Southern Europe"})

    assert page.context["rows"][0].row.cells["region"] == ("", "Southern Europe")


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"corrected": {"Country": "iso3", "Nation code": "iso3"}}, "Only one column of the file can be iso3"),
        ({"corrected": {"Country": "password"}}, "Choose one of the answers."),
        ({"unfolding": "iso3=name"}, "Choose one of the answers."),
    ],
)
def test_mapping_that_cannot_be_is_refused_with_a_reason(registrar, answers, reason):
    page = answered(registrar, sent(registrar, OFFICE), **answers)

    assert messages(page)[0].startswith(reason)
    assert page.context["mapping"]


def test_columns_can_be_corrected_after_the_preview(registrar):
    page = act(registrar, sent(registrar, "iso3,iso2,name,region\nESP,ES,Southern Europe,Spain\n"), "remap")

    page = answered(registrar, page, corrected={"name": "region", "region": "name"})

    assert page.context["rows"][0].row.cells["name"] == ("", "Spain")


def test_conversion_is_listed_and_can_be_refused_and_taken_back(registrar):
    page = sent(registrar, "iso3,iso2,name,region,joined_on\nESP,ES,Spain,Southern Europe,30 May 1982\n")
    (read,) = page.context["imported"].conversions
    assert (read["column"], read["text"]) == ("joined_on", "30 May 1982")

    page = act(registrar, page, "cells", refuse="0")
    (fault,) = page.context["faults"]
    assert (fault.column, fault.text) == ("joined_on", "30 May 1982")

    page = act(registrar, page, "cells")
    assert page.context["rows"][0].row.cells["joined_on"] == ("", "1982-05-30")


def test_order_of_day_and_month_is_asked_where_no_date_proves_it(registrar):
    page = sent(registrar, "iso3,iso2,name,region,joined_on\nESP,ES,Spain,Southern Europe,05/06/1982\n")
    assert [it["column"] for it in page.context["imported"].cell_questions] == ["joined_on"]

    page = act(registrar, page, "cells", **{"column.0": "day first"})

    assert page.context["rows"][0].row.cells["joined_on"] == ("", "1982-06-05")


def test_hidden_rows_headings_and_merged_cells_are_read_again_as_a_person_says(registrar):
    book = Workbook()
    rows = ["iso3,iso2,name,region", "ESP,ES,Spain,Southern Europe", "PRT,PT,Portugal,", "In Africa,,,"]
    for row in rows:
        book.active.append(row.split(","))
    book.active.row_dimensions[3].hidden = True
    book.active.merge_cells("D2:D3")
    file = io.BytesIO()
    book.save(file)
    page = sent(registrar, file.getvalue(), "countries.xlsx")
    assert "Rows that are hidden in the sheet were read like the others: 3." in page.text
    assert "Leave them out" in page.text

    assert [row.row.cells["region"][1] for row in page.context["rows"]] == ["Southern Europe"] * 2
    about = [note["about"] for note in page.context["imported"].notes]
    assert sorted(about) == ["headings", "hidden", "merged"]

    page = act(registrar, page, "reading", about="hidden")

    assert [row.row.name for row in page.context["rows"]] == ["2"]
    page = act(registrar, page, "reading", about="hidden")
    assert len(page.context["rows"]) == 2
    page = act(registrar, page, "reading", about="merged")
    assert [it.row for it in page.context["faults"]] == [3]
    page = act(registrar, act(registrar, page, "reading", about="merged"), "reading", about="headings")
    assert {it.row for it in page.context["faults"]} == {4}
    page = act(registrar, page, "reading", about="nothing")
    assert "Choose one of the answers." in page.text


def test_wide_table_is_unfolded_once_its_quarters_are_told_and_its_total_is_left_out(registrar):
    make.country(iso3="ITA", name="Italy")
    make.mission(code="kfor")
    make.source(code="report")
    file = SimpleUploadedFile("contributions.csv", b"Country,Q1 2001,2001/T2,Total\nItaly,1,many,5\nITA,2,,\n")
    rest = {"mission": "kfor", "kind": "troops", "unit": "personnel", "source": "report"}

    page = registrar.upload(Contribution, file)
    columns = {it["header"]: it["column"] for it in page.context["mapping"]}
    assert columns == {"Country": "country", "Q1 2001": "", "2001/T2": "", "Total": ""}
    assert page.context["missing"] == [*rest]
    constants = {f"constant.{name}": text for name, text in rest.items()}
    page = answered(registrar, page, unfolding="as_of=quantity", **constants)
    refused = "“Q1 2001” is a part of a year: write a year, or the month that it means, such as 2001-03."
    assert refused in [fault.reason for fault in page.context["faults"]]
    page = act(registrar, page, "cells", **{"column.0": "last"})

    assert page.context["imported"].rows_new == 1
    assert "“Q1 2001” was read as 2001-03, the last of its months" in page.text
    faults = [(fault.row_name, fault.reason) for fault in page.context["faults"]]
    assert faults == [("C2", "“many” is not a whole number."), ("B3", "Row B2 is the same record.")]
    file = registrar.client.get(f"{page.request['PATH_INFO']}refused.csv").getvalue().decode().splitlines()
    assert file[1].startswith("Italy,1,many,5,C2: ")
    assert file[2:] == ["ITA,2,,,B3: Row B2 is the same record."]


def test_one_of_several_tables_is_chosen_and_one_on_its_side_is_turned(registrar):
    header = "iso3,iso2,name,region,"
    page = sent(registrar, f"{header},{header}\nESP,ES,Spain,Southern Europe,,PRT,PT,Portugal,Southern Europe,\n")
    assert [it["value"] for it in page.context["question"]["choices"]] == ["1", "2", "all"]

    page = act(registrar, page, "answer", choice="all")
    assert [(row.row.name, row.row.title) for row in page.context["rows"]] == [("A2", "ESP"), ("F2", "PRT")]

    page = sent(registrar, "iso3,NOR\niso2,NO\nname,Norway\nregion,Northern Europe\n")
    page = act(registrar, page, "answer", choice="yes")
    assert [(row.row.name, row.row.title) for row in page.context["rows"]] == [("B1", "NOR")]


def test_what_counts_is_asked_where_a_mark_contradicts_its_column(registrar):
    make.country(iso3="ITA")
    make.mission(code="kfor")
    make.source(code="report")
    file = (
        "mission,country,kind,as_of,value_state,quantity,unit,source\nkfor,ITA,troops,2001,exact,~12,personnel,report\n"
    )
    page = registrar.upload(Contribution, SimpleUploadedFile("contributions.csv", file.encode()))
    (asked,) = page.context["imported"].cell_questions
    assert (asked["column"], asked["about"]) == ("quantity", "counting")

    page = act(registrar, page, "cells", **{"column.0": "mark"})

    cells = page.context["rows"][0].row.cells
    assert (cells["quantity"], cells["value_state"]) == (("", "12"), ("", "about"))


def test_refused_rows_are_downloaded_with_their_reasons_mended_and_sent_again(registrar):
    make.country(iso3="ITA", iso2="IT", name="Italy")
    rows = "iso3,iso2,name,region,joined_on\nESP,ES,Spain,Southern Europe,never\n"
    page = sent(registrar, rows)

    file = registrar.client.get(f"{page.request['PATH_INFO']}refused.csv").getvalue().decode()

    header, row = file.removeprefix("\ufeff").splitlines()
    assert header == "iso3,iso2,name,region,joined_on,why refused"
    assert row.startswith("ESP,ES,Spain,Southern Europe,never,")
    assert "joined_on: “never” is not a day" in row
    page = sent(registrar, file.replace("Europe,never", "Europe,1982-05-30"))
    assert [row.row.kind for row in page.context["rows"]] == ["new"]


def test_same_file_sent_again_says_so(registrar):
    file = "iso3,iso2,name,region\nESP,ES,Spain,Southern Europe\n"
    registrar.confirm(Country, sent(registrar, file))

    page = sent(registrar, file, "again.csv")

    assert page.context["first_of_same"] == ImportedFile.objects.last()
    assert "The same file was sent before" in page.text


def test_file_that_is_thrown_away_stays_in_the_list_and_stores_nothing(registrar):
    page = sent(registrar, OFFICE)

    page = act(registrar, page, "discard")

    imported = ImportedFile.objects.get()
    assert (imported.state, imported.chunks.count(), imported.stage_name) == ("cancelled", 0, "")
    assert not ChangeSet.objects.exists()
    assert "Thrown away" in registrar.get(ImportedFile, "changelist").text


def test_colleague_sees_the_file_and_answers_nothing_for_its_sender(registrar, admin_as):
    page = sent(registrar, OFFICE)
    colleague = admin_as(member("colleague", "Data manager"))

    act(colleague, page, "answer", choice="x")

    assert ImportedFile.objects.get().state == "asking"
    assert (
        "Whoever sent the file has to say how it is to be read." in colleague.client.get(page.request["PATH_INFO"]).text
    )


def test_editor_sees_no_file(registrar, admin_as, editor):
    page = sent(registrar, OFFICE)

    assert admin_as(editor).client.get(page.request["PATH_INFO"]).status_code == 403
    assert admin_as(editor).get(ImportedFile, "changelist").status_code == 403
