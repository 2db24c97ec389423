"""The list of commands as a tree, at all times or on a date."""

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from tests import make

pytestmark = pytest.mark.django_db


def nested_names(commands):
    """Return a tree of commands as nested dicts of names."""
    return {command.name: nested_names(command.branches) for command in commands}


def tree_of_names(client):
    return nested_names(client.get("/commands/").context["top_commands"])


def test_list_is_a_tree_of_commands_by_superior(client):
    council = make.command(name="Council", level="strategic")
    shape = make.command(name="SHAPE", level="strategic", parent=council)
    make.command(name="Naples", parent=shape)
    make.command(name="Brunssum", parent=shape)
    make.command(name="Other", level="strategic")

    assert tree_of_names(client) == {"Council": {"SHAPE": {"Brunssum": {}, "Naples": {}}}, "Other": {}}


def test_higher_levels_come_first_and_standing_commands_before_those_of_a_mission(client):
    top = make.command(name="Top", level="strategic")
    mission = make.published_mission()
    make.command(name="A tactical", level="tactical", parent=top)
    make.command(name="B of a mission", parent=top, mission=mission)
    make.command(name="C standing", parent=top)
    make.command(name="D standing", parent=top)

    assert [*tree_of_names(client)["Top"]] == ["C standing", "D standing", "B of a mission", "A tactical"]


def test_tree_shows_level_mission_place_and_dates_of_each_command(client):
    mission = make.published_mission(acronym="KFOR")
    make.command(name="Naples", active_from="2004-03-15", place="Lago Patria")
    make.command(name="HQ KFOR", mission=mission, active_from="1999", active_to="2001-05", level="tactical")
    page = client.get("/commands/")

    text = " ".join(page.text.replace("&nbsp;", " ").split())
    assert "<title>Commands – " in page.text
    assert "Operational · permanent · Lago Patria · from 2004" in text
    assert f'Tactical · set up for <a href="/missions/{mission.code}/">KFOR</a> · 1999–2001' in text
    assert (page.context["standing_count"], page.context["theatre_count"]) == (1, 1)
    assert "0 of 2 checked against their sources" in text


def test_commands_of_a_draft_mission_are_hidden_and_those_below_them_stay(admin_client):
    hidden = make.command(name="Hidden", mission=make.mission(), parent=make.command(name="Top"))
    below = make.command(name="Below", parent=hidden)

    assert tree_of_names(admin_client) == {"Top": {}, "Below": {}}
    assert admin_client.get(hidden.get_absolute_url()).status_code == 404
    assert admin_client.get(below.get_absolute_url()).context["superiors"] == []
    assert "Hidden" not in admin_client.get(below.get_absolute_url()).text
    assert "Hidden" not in admin_client.get(hidden.parent.get_absolute_url()).text


def test_superiors_of_commands_that_are_asked_for_stay_in_the_tree(client):
    top, side = make.command(name="Top"), make.command(name="Side")
    low = make.command(name="Low", parent=make.command(name="Middle", parent=top))
    low.mark_checked()

    page = client.get("/commands/?checked=yes&on=")

    assert page.context["theatre_count"] + page.context["standing_count"] == 1
    assert side.name not in page.text
    assert [name for name in ["Top", "Middle", "Low"] if f">{name}</a>" in page.text] == ["Top", "Middle", "Low"]
    assert page.text.count("shown for its place") == 2
    assert 'name="checked" value="yes"' in page.text


def test_list_without_commands_says_so(client):
    assert "No command is on record yet" in client.get("/commands/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_tree_costs_one_query_for_any_number_of_commands(client, rows, django_assert_num_queries):
    parent = None
    for _ in range(rows):
        parent = make.command(parent=parent, mission=make.published_mission(), country=make.country())

    with django_assert_num_queries(1):
        client.get("/commands/")


def test_tree_on_a_date_shows_active_commands_with_their_holders_and_marks_superiors_that_are_not_active(client):
    council = make.command(name="Council", active_from="1949")
    naples = make.command(name="Naples", parent=council, active_from="2004-03-15")
    kfor = make.command(name="HQ KFOR", parent=naples, active_from="1999-06-12")
    make.command(name="Lisbon", parent=council, active_from="2004")
    make.command(name="Undated", parent=council)
    germany = make.country(name="Germany")
    reinhardt = {"command": kfor, "from_date": "1999-10", "to_date": "2000-04-18", "country": germany}
    make.appointment(person="Klaus Reinhardt", **reinhardt)
    make.appointment(command=kfor, person="Fabio Mini", from_date="2002-10-04")

    page = client.get("/commands/?on=1999-12-31")
    (top,) = page.context["top_commands"]

    assert nested_names([top]) == {"Council": {"Naples": {"HQ KFOR": {}}}}
    assert (top.ancestor_only, top.branches[0].ancestor_only, top.branches[0].branches[0].ancestor_only) == (
        False,
        True,
        False,
    )
    assert [command.name for command in page.context["undated"]] == ["Undated"]
    assert "General Klaus Reinhardt" in page.text
    assert "Fabio Mini" not in page.text
    assert "On 31 December 1999" in page.text
    assert page.context["choices"][0].number == 2


@pytest.mark.parametrize("date", ["x", "%00", "1999-13", "1999-02-30", "9" * 10_000, "0000"])
def test_invalid_date_shows_an_error_at_its_field_and_no_commands(client, date):
    make.command(active_from="1949")

    page = client.get(f"/commands/?on={date}")

    assert page.status_code == 200
    assert page.context["top_commands"] == []
    assert 'id="id_on_error"' in page.text


def test_empty_date_shows_the_commands_of_all_times(client):
    make.command(name="Undated")

    assert nested_names(client.get("/commands/?on=&other=1").context["top_commands"]) == {"Undated": {}}


def test_date_without_active_commands_says_so(client):
    make.command(active_from="1999")

    assert "The record shows no command on this date" in client.get("/commands/?on=1950").text


@pytest.mark.parametrize("rows", [1, 3])
def test_tree_on_a_date_costs_three_queries_for_any_number_of_commands(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make.appointment(
            command=make.command(active_from="1999"), from_date="1999", to_date="2001", country=make.country()
        )

    with django_assert_num_queries(3):  # the commands, which of them were active, their holders
        page = client.get("/commands/?on=2000")

    assert len(page.context["top_commands"]) == rows


def test_date_form_offers_every_fifth_year_from_the_first_command_of_a_mission_to_this_year(client):
    make.command(name="SHAPE", active_from="1951-04-02")
    make.command(name="HQ KFOR", mission=make.published_mission(), active_from="2001-06-12")
    this_year = timezone.localdate().year

    years = [*client.get("/commands/").context["years"]]

    assert years == [year for year in range(2005, this_year + 1) if year % 5 == 0]


@pytest.mark.parametrize("date", ["2026-11-01", "9999-12-31"])
def test_after_the_end_of_the_record_commands_and_holders_are_shown_as_last_stated(client, date):
    command = make.command(name="Field", active_from="1999")
    make.appointment(command=command, person="Somebody", from_date="2025-07-04")

    page = client.get(f"/commands/?on={date}")

    text = strip_tags(" ".join(page.text.split()))
    assert "The record of commands ends with 4 July 2025." in text
    assert [holder.post["appointment"].person for holder in page.context["top_commands"][0].holders] == ["Somebody"]


def test_before_the_first_command_the_record_says_when_it_begins(client):
    make.command(active_from="1949-08-24")

    assert "The earliest is 24 August 1949." in strip_tags(" ".join(client.get("/commands/?on=0001").text.split()))


def test_command_that_was_last_stated_long_before_the_date_is_dimmed(client):
    make.command(name="Old", active_from="2004")
    make.appointment(command=make.command(name="New", active_from="2004"), from_date="2012")

    old, new = sorted(client.get("/commands/?on=2012-06-01").context["top_commands"], key=lambda it: it.name)[::-1]

    assert (old.is_stale, new.is_stale) == (True, False)
