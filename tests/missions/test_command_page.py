"""The page of a command: where it stands, who held its posts, and how sure that is."""

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from missions.models import Command
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def page_of(client, command):
    return client.get(f"/commands/{command.code}/")


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
