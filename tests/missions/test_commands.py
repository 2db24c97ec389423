"""The list of commands as a tree, and the page of each."""

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from missions.models import Command
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def nested_names(commands):
    """Return a tree of commands as nested dicts of names."""
    return {command.name: nested_names(command.branches) for command in commands}


def tree_of_names(client):
    return nested_names(client.get("/commands/").context["top_commands"])


def page_of(client, command):
    return client.get(f"/commands/{command.code}/")


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
    assert page_of(admin_client, hidden).status_code == 404
    assert page_of(admin_client, below).context["superiors"] == []
    assert "Hidden" not in page_of(admin_client, below).text
    assert "Hidden" not in page_of(admin_client, hidden.parent).text


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
    assert page.context["all_count"] == 2


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


def test_unknown_code_is_not_found(client):
    assert client.get("/commands/no-such-command/").status_code == 404


def test_page_shows_superiors_siblings_and_subordinates(client):
    council = make.command(name="Council")
    shape = make.command(name="SHAPE", parent=council)
    naples = make.command(name="Naples", parent=shape)
    kfor = make.command(name="HQ KFOR", parent=naples)
    make.command(name="Brunssum", parent=shape)

    page = page_of(client, naples)

    assert page.context["superiors"] == [council, shape]
    assert page.context["branches"] == [kfor]
    assert "<title>Naples – " in page.text
    assert "One command reports to it." in text_of(page)
    assert [(row.name, row.relation, row.tree_lines.depth) for row in page.context["surroundings"]] == [
        *[("Council", "above", 0), ("SHAPE", "above", 1), ("Brunssum", "beside", 2)],
        *[("Naples", "here", 2), ("HQ KFOR", "below", 3)],
    ]
    assert page.text.count('class="tree-lines') == 5


def test_page_does_not_say_of_a_command_that_has_ended_that_it_reports(client):
    naples = make.command(name="Naples", parent=make.command())
    make.command(parent=naples, active_from="1999", active_to="2006")
    make.command(parent=naples, active_from="1999")

    assert "2 commands report or reported to it." in text_of(page_of(client, naples))


def test_page_works_for_commands_that_report_to_each_other(client):
    first = make.command(name="One")
    second = make.command(name="Two", parent=first)
    Command.objects.filter(pk=first.pk).update(parent=second)

    page = page_of(client, second)

    assert page.context["superiors"] == [first]
    assert [(row.name, row.relation) for row in page.context["surroundings"]] == [("One", "above"), ("Two", "here")]


def test_page_lists_holders_in_order_with_nation_dates_and_sources(client):
    command = make.command(name="HQ KFOR", mission=make.published_mission(name="Kosovo Force"), place="Pristina")
    italy = make.country(name="Italy")
    term = {"from_date": "2002-10-04", "to_date": "2003-10", "sources": [make.source(title="A release")]}
    second = make.appointment(command=command, person="Fabio Mini", rank="General", country=italy, **term)
    first = make.appointment(command=command, person="Michael Jackson", from_date="1999-06", to_date="1999-10-08")
    undated = make.appointment(command=command, person="Somebody")
    make.appointment(person="Of another command")

    page = page_of(client, command)
    text = " ".join(page.text.split())

    assert page.context["posts"] == [first, second, undated]
    assert "General Fabio Mini" in text
    assert f'<a href="/countries/{italy.iso3}/">Italy</a>' in text
    assert '<time datetime="2002-10-04">4 October 2002</time> – <time datetime="2003-10">October 2003</time>' in text
    assert [reference.source.title for reference in page.context["references"]] == ["A release"]
    assert "Kosovo Force" in text
    assert "Pristina" in text
    assert "Of another command" not in text


def test_chart_of_terms_omits_unknown_starts_and_tells_open_from_unknown_ends(client):
    command = make.command()
    make.appointment(command=command, person="First", from_date="1999-06", to_date="1999-10-08")
    make.appointment(command=command, person="Second", from_date="2001")
    stated_today = [make.source(published=timezone.localdate().isoformat())]
    last = make.appointment(command=command, person="Third", from_date="2004-03-15", sources=stated_today)
    make.appointment(command=command, person="Undated")

    page = page_of(client, command)
    (group,) = page.context["posts_timeline"].groups

    assert [(mark.span.name, mark.span.ending) for mark in group.marks] == [
        *[("First", "known"), ("Second", "unknown"), ("Third", "open")]
    ]
    assert f'<a href="#{last.reference}" data-mark' in page.text
    assert f'<tr id="{last.reference}">' in page.text
    assert "General Second: from 2001, end not on record" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_any_number_of_relations(client, rows, django_assert_num_queries):
    top = command = make.command()
    for _ in range(rows):
        command = make.command(parent=command, sources=[make.source()])
    for _ in range(rows):
        make.command(parent=command, mission=make.published_mission(), country=make.country())
        make.appointment(command=command, country=make.country(), sources=[make.source()])

    with django_assert_num_queries(4):  # the command, the commands around it, its holders, the sources
        page = page_of(client, command)

    first, *_others = page.context["superiors"]
    assert first == top
    assert len(page.context["posts"]) == rows


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


def test_command_of_a_mission_that_was_not_yet_under_nato_stands_below_nothing(client):
    council = make.command(name="Council", active_from="1949")
    mission = make.published_mission(start_date="2001-12", under_nato_from="2003-08-11")
    make.command(name="Field", parent=council, mission=mission, active_from="2001-12")
    make.appointment(command=council, from_date="2009")

    before, after = (client.get(f"/commands/?on={date}").context["top_commands"] for date in ["2002-03", "2003-12"])

    assert [command.name for command in before] == ["Council", "Field"]
    assert [command.name for command in after] == ["Council"]


def test_page_says_of_a_holder_whose_end_is_not_known_when_it_was_last_stated(client):
    command = make.command()
    make.appointment(command=command, from_date="2004-03", sources=[make.source(published="2005-08-17")])

    page = page_of(client, command)
    ((mark,),) = [group.marks for group in page.context["posts_timeline"].groups]

    assert "as last stated on 17 August 2005" in strip_tags(" ".join(page.text.split()))
    assert mark.span.ending == "unknown"
