"""The commands: the tree of them, and the page of each."""

import pytest

from missions.models import Command
from tests import make

pytestmark = pytest.mark.django_db


def names(commands):
    """Give a tree as nested names."""
    return {it.name: names(it.branches) for it in commands}


def tree(client):
    return names(client.get("/commands/").context["tops"])


def page_of(client, command):
    return client.get(f"/commands/{command.code}/")


def test_hangs_each_command_under_the_one_it_reports_to(client):
    council = make.command(name="Council", level="strategic")
    shape = make.command(name="SHAPE", level="strategic", parent=council)
    make.command(name="Naples", parent=shape)
    make.command(name="Brunssum", parent=shape)
    make.command(name="Other", level="strategic")

    assert tree(client) == {"Council": {"SHAPE": {"Brunssum": {}, "Naples": {}}}, "Other": {}}


def test_puts_higher_levels_first_and_standing_commands_before_those_of_a_mission(client):
    top = make.command(name="Top", level="strategic")
    mission = make.published_mission()
    make.command(name="A tactical", level="tactical", parent=top)
    make.command(name="B of a mission", parent=top, mission=mission)
    make.command(name="C standing", parent=top)
    make.command(name="D standing", parent=top)

    assert [*tree(client)["Top"]] == ["C standing", "D standing", "B of a mission", "A tactical"]


def test_tree_says_of_each_what_where_and_when(client):
    mission = make.published_mission(acronym="KFOR")
    make.command(name="Naples", active_from="2004-03-15", place="Lago Patria")
    make.command(name="HQ KFOR", mission=mission, active_from="1999", active_to="2001-05", level="tactical")
    page = client.get("/commands/")

    words = " ".join(page.text.split())
    assert "<title>Commands – " in page.text
    assert "Operational · standing · Lago Patria · from 2004" in words
    assert f'Tactical · made for <a href="/missions/{mission.code}/">KFOR</a> · 1999–2001' in words
    assert (page.context["standing_count"], page.context["theatre_count"]) == (1, 1)
    assert "0 of 2 checked against their sources" in words


def test_hides_commands_of_a_draft_and_keeps_those_below_them(admin_client):
    hidden = make.command(name="Hidden", mission=make.mission(), parent=make.command(name="Top"))
    below = make.command(name="Below", parent=hidden)

    assert tree(admin_client) == {"Top": {}, "Below": {}}
    assert page_of(admin_client, hidden).status_code == 404
    assert page_of(admin_client, below).context["superiors"] == []
    assert "Hidden" not in page_of(admin_client, below).text
    assert "Hidden" not in page_of(admin_client, hidden.parent).text


def test_says_so_when_there_is_no_command(client):
    assert "No command is on record yet" in client.get("/commands/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_tree_costs_one_query_for_any_number_of_commands(client, rows, django_assert_num_queries):
    parent = None
    for _ in range(rows):
        parent = make.command(parent=parent, mission=make.published_mission(), country=make.country())

    with django_assert_num_queries(1):
        client.get("/commands/")


def test_an_unknown_code_is_not_found(client):
    assert client.get("/commands/no-such-command/").status_code == 404


def test_page_shows_the_place_in_the_tree(client):
    council = make.command(name="Council")
    shape = make.command(name="SHAPE", parent=council)
    naples = make.command(name="Naples", parent=shape)
    below = make.command(name="HQ KFOR", parent=naples)
    make.command(name="Brunssum", parent=shape)

    page = page_of(client, naples)

    assert page.context["superiors"] == [council, shape]
    assert page.context["branches"] == [below]
    assert "<title>Naples – " in page.text
    assert "Brunssum" not in page.text


def test_page_survives_commands_that_report_to_each_other(client):
    one = make.command(name="One")
    two = make.command(name="Two", parent=one)
    Command.objects.filter(pk=one.pk).update(parent=two)

    assert page_of(client, two).context["superiors"] == [two, one]


def test_page_names_who_held_it_in_order_with_nation_dates_and_sources(client):
    command = make.command(name="HQ KFOR", mission=make.published_mission(name="Kosovo Force"), place="Pristina")
    italy = make.country(name="Italy")
    held = {"from_date": "2002-10-04", "to_date": "2003-10", "sources": [make.source(title="A release")]}
    second = make.appointment(command=command, person="Fabio Mini", rank="General", country=italy, **held)
    first = make.appointment(command=command, person="Michael Jackson", from_date="1999-06", to_date="1999-10-08")
    undated = make.appointment(command=command, person="Somebody")
    make.appointment(person="Of another command")

    page = page_of(client, command)
    words = " ".join(page.text.split())

    assert page.context["posts"] == [first, second, undated]
    assert "General Fabio Mini" in words
    assert f'<a href="/countries/{italy.iso3}/">Italy</a>' in words
    assert '<time datetime="2002-10-04">4 October 2002</time> – <time datetime="2003-10">October 2003</time>' in words
    assert [it.source.title for it in page.context["references"]] == ["A release"]
    assert "Kosovo Force" in words
    assert "Pristina" in words
    assert "Of another command" not in words


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_any_number_of_relations(client, rows, django_assert_num_queries):
    top = command = make.command()
    for _ in range(rows):
        command = make.command(parent=command, sources=[make.source()])
    for _ in range(rows):
        make.command(parent=command, mission=make.published_mission(), country=make.country())
        make.appointment(command=command, country=make.country(), sources=[make.source()])

    with django_assert_num_queries(5):  # the command, those above, those below, who held it, the sources
        page = page_of(client, command)

    assert page.context["superiors"][0] == top
    assert len(page.context["posts"]) == rows
