"""Loading files: what is new, what changes, what a blank and an absent cell mean."""

import contextlib

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from lessons.models import Topic
from missions.models import Command, Contribution, Country, Mission
from pkportal.sources.models import Source

from .conftest import COUNTRIES, MISSIONS, SOURCES


def test_says_what_is_new_changed_and_unchanged(load):
    assert load(sources=SOURCES) == "sources.csv: 2 new, 0 changed, 0 unchanged, 0 refused\n"
    again = SOURCES.replace("Some news", "Other news") + "third,Third,news\n"
    assert load(sources=again) == "sources.csv: 1 new, 1 changed, 1 unchanged, 0 refused\n"
    assert Source.objects.get(code="news").title == "Other news"


def test_takes_files_in_any_order(load):
    assert "missions.csv: 1 new" in load(missions=MISSIONS, sources=SOURCES, countries=COUNTRIES)


def test_a_dry_run_says_the_same_and_stores_nothing(load):
    output = load("--dry-run", sources=SOURCES)

    assert output == "sources.csv: 2 new, 0 changed, 0 unchanged, 0 refused\nDry run: nothing was stored.\n"
    assert not Source.objects.exists()


def test_an_absent_column_keeps_what_is_there(load, record):
    load(missions="code,name\nkfor,Kosovo Force (KFOR)\n")

    mission = Mission.objects.get()
    assert (mission.name, mission.summary, mission.status) == (
        "Kosovo Force (KFOR)",
        "It keeps the peace.",
        "published",
    )
    assert [source.code for source in mission.sources.all()] == ["report"]


def test_a_blank_cell_clears_what_may_be_empty(load, record):
    load(countries="iso3,joined_on\nITA,\n")

    assert Country.objects.get().joined_on is None


def test_a_blank_cell_does_not_clear_what_must_be_there(load, record):
    output = load(missions="code,name,type,start_date\nkfor,,,\n")

    assert [line for line in output.splitlines() if "row 2" in line] == [
        "missions.csv, row 2, column name, “”: This field cannot be blank.",
        "missions.csv, row 2, column type, “”: This field cannot be blank.",
        "missions.csv, row 2, column start_date, “”: This field cannot be null.",
    ]
    assert Mission.objects.get().name == "Kosovo Force"


def test_a_blank_list_clears_the_links(load, record):
    load(missions="code,status,published_at,sources\nkfor,draft,,\n")

    assert not Mission.objects.get().sources.exists()


def test_rows_may_name_rows_further_down(load, record):
    output = load(
        commands="code,name,level,parent\nhq,HQ,operational,top\ntop,Top,strategic,\n",
        missions="code,name,type,region,start_date,state,summary,predecessors\n"
        "second,Second,peacekeeping,western-balkans,2001,ongoing,Text,first;kfor\n"
        "first,First,peacekeeping,western-balkans,2000,completed,Text,\n",
    )

    assert "commands.csv: 2 new" in output
    assert Command.objects.get(code="hq").parent.code == "top"
    assert {mission.code for mission in Mission.objects.get(code="second").predecessors.all()} == {"first", "kfor"}


def test_changing_only_a_link_to_the_same_file_counts_as_changed(load, record):
    load(commands="code,name,level,parent\nhq,HQ,operational,top\ntop,Top,strategic,\n")

    assert "0 new, 1 changed, 1 unchanged" in load(commands="code,parent\nhq,\ntop,\n")
    assert Command.objects.get(code="hq").parent is None


def test_a_check_applies_to_the_row_as_the_file_has_it(load, record):
    assert Mission.objects.get().is_checked
    load(missions="code,summary\nkfor,It keeps a peace.\n")
    assert not Mission.objects.get().is_checked
    assert "1 changed" in load(missions="code,checked\nkfor,yes\n")
    assert Mission.objects.get().is_checked
    assert "1 changed" in load(missions="code,checked\nkfor,no\n")
    assert not Mission.objects.get().is_checked


def test_a_row_linked_to_a_later_row_keeps_its_check(load, record):
    header = "code,name,level,parent,checked\n"
    load(commands=f"{header}hq,HQ,operational,top,yes\ntop,Top,strategic,,yes\n")
    assert Command.objects.filter(is_checked=True).count() == 2
    load(commands=f"{header}hq,HQ,operational,,yes\ntop,Top,strategic,,no\n")
    assert [command.code for command in Command.objects.filter(is_checked=True)] == ["hq"]
    load(commands="code,parent\nhq,top\n")
    assert not Command.objects.get(code="hq").is_checked


def test_two_sources_for_one_nation_and_date_both_stay(load, record):
    header = "mission,country,kind,as_of,quantity,unit,source\n"
    load(
        contributions=header
        + "kfor,ITA,troops,2017-02,551,personnel,report\nkfor,ITA,troops,2017-02,500,personnel,news\n"
    )

    assert sorted(Contribution.objects.values_list("source__code", "quantity")) == [("news", 500), ("report", 551)]


@pytest.mark.parametrize("as_of", ["1999", "1999-06", "1999-06-12"])
def test_a_date_stays_as_exact_as_it_was(load, record, as_of):
    header = "mission,country,kind,as_of,quantity,unit,source\n"
    load(contributions=f"{header}kfor,ITA,troops,{as_of},1,personnel,report\n")

    assert Contribution.objects.get().as_of == as_of


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ";"), ("utf-8", "|")]
)
def test_reads_what_spreadsheets_write(load, encoding, delimiter):
    text = "code,title,kind\r\nété,Forces à l’étranger,news\r\n".replace(",", delimiter).replace("été", "ete")
    load(sources=text.encode(encoding))

    assert Source.objects.get().title == "Forces à l’étranger"


def test_long_texts_may_stand_beside_their_file(load, tmp_path, capsys):
    folder = tmp_path / "topics"
    folder.mkdir()
    (folder / "one.md").write_text("## Heading\n\nA text, with “quotes”.\n")
    output = load(topics="code,title,summary\none,One,First\n")

    assert output == "topics.csv: 1 new, 0 changed, 0 unchanged, 0 refused\n"
    (folder / "two.md").write_text("Nobody's")
    assert "No row of topics.csv has the text topics/two.md." in load(topics="code,title,summary\none,One,First\n")


def test_an_unknown_file_is_refused_by_name(load):
    output = load(people="name\nX\n")

    assert "people.csv" in output
    assert "contributions.csv" in output


def test_a_folder_without_files_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="There is no CSV file in"):
        call_command("load", str(tmp_path))


def test_a_path_that_leads_nowhere_is_refused(db):
    with pytest.raises(CommandError, match="There is no file or folder nowhere.csv"):
        call_command("load", "nowhere.csv")


def test_a_blank_path_is_no_folder(db):
    with pytest.raises(CommandError, match="There is no file or folder"):
        call_command("load", "")


def test_a_file_that_cannot_be_read_is_refused_and_says_why(db, tmp_path, capsys):
    (tmp_path / "sources.csv").mkdir()
    (tmp_path / "countries.csv").symlink_to(tmp_path / "nowhere")

    with pytest.raises(CommandError, match="Nothing was stored: 2 refused."):
        call_command("load", tmp_path)

    assert [line.rpartition("cannot be read: ")[2] for line in capsys.readouterr().err.splitlines()] == [
        "Is a directory.",
        "No such file or directory.",
    ]


@pytest.mark.parametrize("content", ["Café\r\n“peace”\r\n".encode(encoding) for encoding in ["utf-8-sig", "cp1252"]])
def test_a_text_beside_its_file_may_have_any_encoding_of_a_file(load, tmp_path, content):
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "one.md").write_bytes(content)
    load(topics="code,title,summary\none,One,First\n")

    assert Topic.objects.get().text == "Café\n“peace”\n"


def test_a_file_may_have_a_name_that_is_no_text(db, tmp_path):
    path = tmp_path / "sources.\udcff"
    path.write_text(SOURCES)
    call_command("load", path, verbosity=0)

    assert Source.objects.count() == 2


@pytest.mark.parametrize("order", ["1", "01", " 1 ", "+1"])
def test_a_key_is_found_however_its_number_is_written(load, record, order):
    load(objectives="mission,order,text\nkfor,1,Keep the peace\n")

    assert "0 new, 1 changed" in load(objectives=f"mission,order,text\nkfor,{order},Keep it\n")


def test_blanks_around_a_text_of_the_key_belong_to_it(load, record):
    header = "mission,country,kind,as_of,quantity,unit,source,location\n"
    rows = [f"kfor,ITA,troops,2017,1,personnel,report,{place}\n" for place in ["Peja", " Peja", '"Peja\n"']]
    load(contributions=header + "".join(rows))

    assert "0 new, 0 changed, 3 unchanged" in load(contributions=header + "".join(rows))
    assert {contribution.location for contribution in Contribution.objects.all()} == {"Peja", " Peja", "Peja\n"}


def test_nobody_changes_what_a_file_is_compared_with_till_it_is_stored(load, record):
    load(sources="code,title,kind\nnew,New,news\n")

    other = connection.copy()
    with other.cursor() as cursor, contextlib.closing(other):
        cursor.execute("SET lock_timeout = '200ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            cursor.execute("UPDATE sources_source SET title = title")
        cursor.execute("SELECT count(*) FROM sources_source")  # readers never wait
