"""The load command: new and changed rows, blank cells, and absent columns."""

import contextlib

import pytest
from django.db import OperationalError, connection

from missions.models import Command, Contribution, Country, Mission
from pkportal.exchange import loading
from pkportal.sources.models import Source
from tests import make

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


def test_zeros_that_a_spreadsheet_took_away_are_asked_about_with_and_without_references(load, record):
    name = make.country_name(country=Country.objects.get(), name="008")
    row = f"{name.country.iso3},8,{name.kind}\n"

    changed = load("--dry-run", country_names=f"reference,country,name,kind\n{name.reference},{row}")
    assert "row 2: “8” in name was “008”: spreadsheets remove zeros at the beginning." in changed

    added = load("--dry-run", country_names=f"country,name,kind\n{row}")
    assert "1 look like records that are there, and differ only in case, blanks, marks or first zeros in name" in added


def test_blank_cell_clears_an_optional_field(load, record):
    load(countries="iso3,joined_on\nITA,\n")

    assert Country.objects.get().joined_on is None


def test_blank_cell_of_a_required_field_is_refused(load, record):
    output = load(missions="code,name,type,start_date\nkfor,,,\n")

    assert [line for line in output.splitlines() if "row 2" in line] == [
        "missions.csv, row 2, column name, “”: This cannot be blank.",
        "missions.csv, row 2, column type, “”: This cannot be blank.",
        "missions.csv, row 2, column start_date, “”: This cannot be blank.",
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


def test_figures_that_are_asked_about_are_counted_where_they_are_too_many_to_show(load, record, monkeypatch):
    monkeypatch.setattr(loading, "MOST_ASKED", 1)
    figures = [*FIGURES.splitlines(keepends=True), "kfor,ITA,training,2015,1,personnel,news\n"]
    figures.append("kfor,ITA,training,2016,100,personnel,news\n")

    assert f"{ASKED}contributions.csv, 2 more rows with a question.\n" in load(contributions="".join(figures))


@pytest.mark.parametrize("as_of", ["1999", "1999-06", "1999-06-12"])
def test_partial_date_is_stored_as_exactly_as_in_the_file(load, record, as_of):
    header = "mission,country,kind,as_of,quantity,unit,source\n"
    load(contributions=f"{header}kfor,ITA,troops,{as_of},1,personnel,report\n")

    assert Contribution.objects.get().as_of == as_of


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
