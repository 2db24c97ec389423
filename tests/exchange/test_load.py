"""The load command: new and changed rows, blank cells, and absent columns."""

import contextlib

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from lessons.models import Topic
from missions.models import Command, Contribution, Country, Event, Mission
from pkportal.sources.models import Source

from .conftest import COUNTRIES, MISSIONS, SOURCES


def test_output_counts_new_changed_and_unchanged_rows(load):
    assert load(sources=SOURCES) == "sources.csv: 2 new, 0 changed, 0 unchanged, 0 refused\n"
    changed = SOURCES.replace("Some news", "Other news") + "third,Third,news\n"
    assert load(sources=changed) == "sources.csv: 1 new, 1 changed, 1 unchanged, 0 refused\n"
    assert Source.objects.get(code="news").title == "Other news"


def test_files_can_be_in_any_order(load):
    assert "missions.csv: 1 new" in load(missions=MISSIONS, sources=SOURCES, countries=COUNTRIES)


def test_dry_run_has_the_same_output_and_stores_nothing(load):
    output = load("--dry-run", sources=SOURCES)

    assert output == "sources.csv: 2 new, 0 changed, 0 unchanged, 0 refused\nDry run: nothing was stored.\n"
    assert not Source.objects.exists()


def test_absent_column_keeps_its_values(load, record):
    load(missions="code,name\nkfor,Kosovo Force (KFOR)\n")

    mission = Mission.objects.get()
    assert (mission.name, mission.summary, mission.status) == (
        "Kosovo Force (KFOR)",
        "It keeps the peace.",
        "published",
    )
    assert [source.code for source in mission.sources.all()] == ["report"]


def test_blank_cell_clears_an_optional_field(load, record):
    load(countries="iso3,joined_on\nITA,\n")

    assert Country.objects.get().joined_on is None


def test_blank_cell_of_a_required_field_is_refused(load, record):
    output = load(missions="code,name,type,start_date\nkfor,,,\n")

    assert [line for line in output.splitlines() if "row 2" in line] == [
        "missions.csv, row 2, column name, “”: This cell cannot be blank.",
        "missions.csv, row 2, column type, “”: This cell cannot be blank.",
        "missions.csv, row 2, column start_date, “”: This cell cannot be blank.",
    ]
    assert Mission.objects.get().name == "Kosovo Force"


def test_blank_cell_clears_a_many_to_many_relation(load, record):
    load(missions="code,status,published_at,sources\nkfor,draft,,\n")

    assert not Mission.objects.get().sources.exists()


def test_row_can_refer_to_a_later_row(load, record):
    output = load(
        commands="code,name,level,parent\nhq,HQ,operational,top\ntop,Top,strategic,\n",
        missions="code,name,type,region,start_date,state,summary,predecessors\n"
        "second,Second,peacekeeping,western-balkans,2001,ongoing,Text,first;kfor\n"
        "first,First,peacekeeping,western-balkans,2000,completed,Text,\n",
    )

    assert "commands.csv: 2 new" in output
    assert Command.objects.get(code="hq").parent.code == "top"
    assert {mission.code for mission in Mission.objects.get(code="second").predecessors.all()} == {"first", "kfor"}


def test_change_of_a_relation_within_the_file_counts_as_changed(load, record):
    load(commands="code,name,level,parent\nhq,HQ,operational,top\ntop,Top,strategic,\n")

    assert "0 new, 1 changed, 1 unchanged" in load(commands="code,parent\nhq,\ntop,\n")
    assert Command.objects.get(code="hq").parent is None


def test_checked_applies_to_the_values_in_the_file(load, record):
    assert Mission.objects.get().is_checked
    load(missions="code,summary\nkfor,It keeps a peace.\n")
    assert not Mission.objects.get().is_checked
    assert "1 changed" in load(missions="code,checked\nkfor,yes\n")
    assert Mission.objects.get().is_checked
    assert "1 changed" in load(missions="code,checked\nkfor,no\n")
    assert not Mission.objects.get().is_checked


def test_row_that_refers_to_a_later_row_keeps_its_mark(load, record):
    header = "code,name,level,parent,checked\n"
    load(commands=f"{header}hq,HQ,operational,top,yes\ntop,Top,strategic,,yes\n")
    assert Command.objects.filter(is_checked=True).count() == 2
    load(commands=f"{header}hq,HQ,operational,,yes\ntop,Top,strategic,,no\n")
    assert [command.code for command in Command.objects.filter(is_checked=True)] == ["hq"]
    load(commands="code,parent\nhq,top\n")
    assert not Command.objects.get(code="hq").is_checked


def test_figures_of_two_sources_for_one_nation_and_date_are_both_stored(load, record):
    header = "mission,country,kind,as_of,quantity,unit,source\n"
    load(
        contributions=header
        + "kfor,ITA,troops,2017-02,551,personnel,report\nkfor,ITA,troops,2017-02,500,personnel,news\n"
    )

    assert sorted(Contribution.objects.values_list("source__code", "quantity")) == [("news", 500), ("report", 551)]


FIGURES = "mission,country,kind,as_of,quantity,unit,source\n" + "".join(
    f"kfor,ITA,troops,{year},{quantity},personnel,news\n"
    for year, quantity in enumerate([185, 185, 15, 186, 186], 2015)
)
ASKED = "contributions.csv, row 4: Far from the figures before and after it: 185 (2016) and 186 (2018).\n"


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_figure_that_is_far_from_its_neighbours_is_accepted_and_printed(load, record, options):
    output = load(*options, contributions=FIGURES)

    assert output.startswith(f"contributions.csv: 5 new, 0 changed, 0 unchanged, 0 refused\n{ASKED}")
    if not options:
        assert load(contributions=FIGURES) == "contributions.csv: 0 new, 0 changed, 5 unchanged, 0 refused\n"


@pytest.mark.parametrize("as_of", ["1999", "1999-06", "1999-06-12"])
def test_partial_date_is_stored_as_exactly_as_in_the_file(load, record, as_of):
    header = "mission,country,kind,as_of,quantity,unit,source\n"
    load(contributions=f"{header}kfor,ITA,troops,{as_of},1,personnel,report\n")

    assert Contribution.objects.get().as_of == as_of


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-be", ";"), ("utf-8", "|")],
)
def test_encodings_and_delimiters_of_spreadsheets_are_read(load, encoding, delimiter):
    text = "code,title,kind\r\nété,Forces à l’étranger,news\r\n".replace(",", delimiter).replace("été", "ete")
    load(sources=text.encode(encoding))

    assert Source.objects.get().title == "Forces à l’étranger"


def test_long_texts_can_be_files_beside_the_csv_file(load, tmp_path, capsys):
    folder = tmp_path / "topics"
    folder.mkdir()
    (folder / "one.md").write_text("## Heading\n\nA text, with “quotes”.\n")
    output = load(topics="code,title,summary\none,One,First\n")

    assert output == "topics.csv: 1 new, 0 changed, 0 unchanged, 0 refused\n"
    (folder / "two.md").write_text("Nobody's")
    assert "No row of topics.csv has the text topics/two.md." in load(topics="code,title,summary\none,One,First\n")


def test_kind_of_records_is_asked_for_where_neither_name_nor_header_says_it(load):
    output = load(people="name\nX\n")

    assert output.startswith("Which records does the file “people.csv” have?\n")
    assert "\ncontributions: contributions\n" in output
    assert output.endswith("Answer with --kind and the first word of one of these lines.")


@pytest.mark.parametrize("name", ["countries (1)", "Countries-2026", "list of countries, final", "everything"])
def test_kind_of_records_is_read_from_any_name_or_else_from_the_header(load, name):
    assert load(**{name: COUNTRIES}) == f"{name}.csv: 1 new, 0 changed, 0 unchanged, 0 refused\n"


def test_kind_of_records_can_be_said(load):
    assert "people.csv: 2 new" in load("--kind=sources", people=SOURCES)
    assert "There is no kind of records “people”, but: sources, " in load("--kind=people", people=SOURCES)


def test_code_page_is_asked_for_with_samples_and_can_be_answered(load):
    content = "code,title,kind\nlodz,Łódź w 2031,news\n".encode("cp1250")

    question, first, *_others, last = load(sources=content).splitlines()
    assert question == "sources.csv: The file is not Unicode text. In which encoding are these words right?"
    assert first == "cp1250: Central European (Windows-1250) Łódź w 2031"
    assert last == "Answer with --encoding and the first word of one of these lines."
    load("--encoding=cp1250", sources=content)
    assert Source.objects.get().title == "Łódź w 2031"


def test_what_was_left_out_of_a_file_is_printed(load):
    output = load(sources=f"Sources of 2031\n{SOURCES}\nNote: all made up\n")

    assert output.splitlines() == [
        "sources.csv: 2 new, 0 changed, 0 unchanged, 0 refused",
        "sources.csv, row 1: “Sources of 2031” is above the header and was left out.",
        "sources.csv, row 6: “Note: all made up” is below the table and was left out.",
    ]
    bad = load(sources="Sources of 2031\ncode,title,kind\nx\n").splitlines()
    assert bad[:2] == [output.splitlines()[1], "sources.csv, row 3: This row has 1 cell, the header has 3."]


def test_folder_without_csv_files_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="There is no CSV file in"):
        call_command("load", str(tmp_path))


def test_path_that_does_not_exist_is_refused(db):
    with pytest.raises(CommandError, match="There is no file or folder nowhere.csv"):
        call_command("load", "nowhere.csv")


def test_empty_path_is_refused(db):
    with pytest.raises(CommandError, match="There is no file or folder"):
        call_command("load", "")


def test_file_that_cannot_be_read_is_refused_with_the_reason(db, tmp_path, capsys):
    (tmp_path / "sources.csv").mkdir()
    (tmp_path / "countries.csv").symlink_to(tmp_path / "nowhere")

    with pytest.raises(CommandError, match="Nothing was stored: 2 refused."):
        call_command("load", tmp_path)

    assert [line.rpartition("cannot be read: ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "Is a directory.",
        "No such file or directory.",
    ]


@pytest.mark.parametrize("content", ["Café\r\n“peace”\r\n".encode(encoding) for encoding in ["utf-8-sig", "utf-16"]])
def test_text_file_can_have_any_encoding_of_a_csv_file(load, tmp_path, content):
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "one.md").write_bytes(content)
    load(topics="code,title,summary\none,One,First\n")

    assert Topic.objects.get().text == "Café\n“peace”\n"


def test_file_name_can_be_invalid_utf_8(db, tmp_path):
    path = tmp_path / "sources.\udcff"
    path.write_text(SOURCES)
    call_command("load", path, verbosity=0)

    assert Source.objects.count() == 2


@pytest.mark.parametrize("order", ["1", "01", " 1 ", "+1"])
def test_number_in_a_key_can_be_written_in_any_form(load, record, order):
    load(objectives="mission,order,text\nkfor,1,Keep the peace\n")

    assert "0 new, 1 changed" in load(objectives=f"mission,order,text\nkfor,{order},Keep it\n")


def test_spaces_in_a_text_of_the_key_are_kept_behind_an_apostrophe(load, record):
    header = "mission,country,kind,as_of,quantity,unit,source,location\n"
    rows = [f"kfor,ITA,troops,2017,1,personnel,report,{place}\n" for place in ["Peja", "' Peja", '"\'Peja\n"']]
    load(contributions=header + "".join(rows))

    assert "0 new, 0 changed, 3 unchanged" in load(contributions=header + "".join(rows))
    assert {contribution.location for contribution in Contribution.objects.all()} == {"Peja", " Peja", "Peja\n"}


def test_table_is_locked_against_writes_until_the_file_is_stored(load, record):
    load(sources="code,title,kind\nnew,New,news\n")

    other_connection = connection.copy()
    with other_connection.cursor() as cursor, contextlib.closing(other_connection):
        cursor.execute("SET lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            cursor.execute("UPDATE sources_source SET title = title")
        cursor.execute("SELECT count(*) FROM sources_source")  # readers never wait


GOOD_AND_BAD = "code,title,kind\ngood,Good,news\nbad,,news\n"


def test_good_rows_are_stored_without_the_others_only_if_that_is_said(load):
    assert "Nothing was stored: 1 refused." in load(sources=GOOD_AND_BAD)
    assert "1 new, 0 changed, 0 unchanged, 1 refused" in load("--good-rows", sources=GOOD_AND_BAD)
    assert [source.code for source in Source.objects.all()] == ["good"]


def test_refused_rows_are_written_with_their_reasons_and_come_back_when_they_are_mended(load, tmp_path):
    refused = tmp_path / "refused.csv"
    load("--refused", str(refused), sources=GOOD_AND_BAD)

    assert refused.read_text() == "code,title,kind,why refused\nbad,,news,title: This cell cannot be blank.\n"
    assert "1 new" in load(sources=refused.read_text().replace("bad,,", "bad,Better,"))


def test_refused_cells_are_no_formulas_and_come_back_as_they_were_sent(load, tmp_path):
    refused = tmp_path / "refused.csv"
    cells = ["=1+1", "'=1+1", "''=1+1", "plain"]
    rows = "".join(f"s{number},{cell},nothing\n" for number, cell in enumerate(cells))

    load("--refused", str(refused), sources=f"code,title,kind\n{rows}")
    titles = [line.split(",")[1] for line in refused.read_text().splitlines()[1:]]
    assert titles == ["'=1+1", "'=1+1", "''=1+1", "plain"]

    load(sources=refused.read_text().replace(",nothing,", ",news,"))
    assert [*Source.objects.order_by("code").values_list("title", flat=True)] == ["=1+1", "=1+1", "'=1+1", "plain"]


def test_records_that_the_whole_of_a_mission_does_not_have_are_removed_if_that_is_said(load, record):
    header = "mission,date,kind,title\n"
    load(events=f"{header}kfor,2001,political,Talks\nkfor,2002,political,More talks\n")
    gone = Event.objects.get(title="Talks").reference
    kept = f"{header}kfor,2002,political,More talks\n"

    assert "removed" not in load(events=kept)
    for options in [["--dry-run"], []]:
        assert Event.objects.count() == 2
        assert f"events.csv does not have {gone}: it is removed." in load(
            "--whole", "mission=kfor", *options, events=kept
        )
    assert Event.objects.get().title == "More talks"


def test_record_on_which_others_depend_is_not_removed(load, record):
    output = load("--whole", "kind=news", sources="code,title,kind\nother,Other,news\n")
    assert "1 new" in output

    reference = Source.objects.get(code="report").reference
    output = load("--whole", "kind=report", sources="code,title,kind\nother,Other,news\n")
    assert f"{reference} is not in the file and cannot be removed: other records depend on it." in output


@pytest.mark.parametrize("whole", ["mission", "nonsense=1", "=", "kind=nonsense", "sources=report"])
def test_whole_of_something_that_is_no_column_and_value_is_refused(load, record, whole):
    assert "Nothing was stored" in load("--whole", whole, events="mission,date,kind,title\n")


def test_row_that_is_nearly_one_on_record_is_asked_about(load, record):
    header = "mission,date,kind,title\n"
    load(events=f"{header}kfor,2001-05,political,Talks of May\n")
    reference = Event.objects.get().reference

    output = load("--dry-run", events=f"{header}kfor,2001,political,talks of may\nkfor,2002,political,Talks of May\n")

    differing = "date “2001-05”, title “Talks of May”"
    assert f"row 2: It looks like {reference}, whose key differs only in {differing}." in output
    assert "row 3" not in output
