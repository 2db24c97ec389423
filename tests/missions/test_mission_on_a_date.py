"""A mission on a date: its commands, its force, and the figures that others state."""

import pytest
from django.utils.html import strip_tags

from pkportal.content.dates import PartialDate
from tests import make
from tests.markup import text_of
from tests.missions.test_mission_page import page_of

pytestmark = pytest.mark.django_db


def commands_on(client, mission, date):
    page = client.get(f"/missions/{mission.code}/?on={date}")
    return {
        command.name: [post["person"] for post in command.posts if post["is_holder"]]
        for command, _lines in page.context["command_rows"]
    }


def test_chosen_date_shows_the_commands_and_holders_of_that_date(client):
    mission = make.published_mission()
    naples = make.command(name="Naples", active_from="2004", mission=None)
    field = make.command(name="Field", mission=mission, parent=naples, active_from="1999-06")
    make.command(name="Brigade", mission=mission, parent=field, active_from="1999-06", active_to="2002")
    make.appointment(command=field, person="First", from_date="1999-06", to_date="2005-09")
    make.appointment(command=field, person="Second", from_date="2005-09", to_date="2006-09")

    assert commands_on(client, mission, "2000-01-01") == {"Field": ["First"], "Brigade": []}
    assert commands_on(client, mission, "2006-01") == {"Naples": [], "Field": ["Second"]}


@pytest.mark.parametrize("date", ["yesterday", "1999-13", "99999999999", "%00", "1999-06-12T00:00"])
def test_invalid_date_shows_an_error_and_the_default_date(client, date):
    mission = make.published_mission()
    figure = make.contribution(mission=mission)
    make.command(mission=mission, active_from="1999")

    page = client.get(f"/missions/{mission.code}/?on={date}")

    assert page.status_code == 200
    assert "Write a year, a month or a day" in page.text or "Null characters" in page.text
    assert page.context["contributions"] == [figure]


def force_on(client, mission, date):
    """Return the quantity and the date of each nation's figure, by name."""
    (group,) = client.get(f"/missions/{mission.code}/?on={date}").context["contingent_groups"]
    return {part.country.name: (part.quantity, part.as_of) for part in group.parts}


def test_force_on_a_date_is_each_nations_latest_figure_at_or_before_it_none_older_than_eighteen_months(client):
    mission = make.published_mission()
    italy, france, norway, spain = (make.country(name=name) for name in ["Italy", "France", "Norway", "Spain"])
    for nation, as_of, quantity in [
        *[(italy, "2009-04", 1900), (italy, "2010-02", 1200), (italy, "2010-07", 800)],
        *[(france, "2010-06-01", 1368), (norway, "2009", 8), (spain, "2008-06", 600), (spain, "2008-11-30", 500)],
    ]:
        make.contribution(mission=mission, country=nation, as_of=as_of, quantity=quantity)

    assert force_on(client, mission, "2010-06-01") == {
        "France": (1368, "2010-06-01"),
        "Italy": (1200, "2010-02"),
        "Norway": (8, "2009"),
    }
    assert force_on(client, mission, "2010") == {
        "France": (1368, "2010-06-01"),
        "Italy": (800, "2010-07"),
        "Norway": (8, "2009"),
        "Spain": (500, "2008-11-30"),
    }


def test_force_on_a_date_says_the_age_of_each_figure_and_between_which_dates_its_sum_is(client):
    mission = make.published_mission()
    for name, as_of, quantity in [("Italy", "2010-02", 1200), ("France", "2010-06-01", 1368), ("Norway", "2010-02", 8)]:
        make.contribution(mission=mission, country=make.country(name=name), as_of=as_of, quantity=quantity)

    text = strip_tags(text_of(client.get(f"/missions/{mission.code}/?on=2010-06-01")))

    assert "3 nations, 2,576 as the sum of the latest figures, between February 2010 and 1 June 2010" in text
    assert "of these, 2 nations 1,208 as of February 2010" in text
    assert "February 2010, at least 3 months earlier" in text
    assert "none older than eighteen months" in text


def test_a_figure_of_the_whole_counts_even_if_figures_by_place_are_newer(client):
    mission, italy = make.published_mission(), make.country(name="Italy")
    make.contribution(mission=mission, country=italy, as_of="2010-01", quantity=1200)
    make.contribution(mission=mission, country=italy, as_of="2010-03", quantity=300, location="Pec")

    assert force_on(client, mission, "2010-06") == {"Italy": (1200, "2010-01")}


def test_sorties_and_money_of_another_date_are_no_part_of_a_force(client):
    mission = make.published_mission()
    fields = {"mission": mission, "basis": "delivered", "unit": "sorties", "kind": "aircraft"}
    make.contribution(**fields, as_of="2011-03")
    of_the_month = make.contribution(**fields, as_of="2011-04")

    page = client.get(f"/missions/{mission.code}/?on=2011-04-20")

    assert page.context["contributions"] == [of_the_month]


def test_force_of_one_date_is_summed_for_that_date(client):
    mission = make.published_mission()
    make.contribution(mission=mission, as_of="2017-02", quantity=1551, value_state="up-to")
    make.contribution(mission=mission, as_of="2017-02", quantity=112)
    make.contribution(mission=mission, as_of="2015-02")

    text = text_of(page_of(client, mission))

    assert '<span class="value-state">up to</span> 1,551' in text
    assert 'Contributions <small><time datetime="2017-02">in February 2017</time></small>' in text
    assert "2 nations, 1,663 together, as of February 2017" in strip_tags(text)
    assert f'<a href="/contributions/?mission={mission.code}">All 3 figures on record</a>' in text


def test_default_date_is_the_one_with_most_nations_and_not_the_latest(client):
    mission = make.published_mission()
    for nation in ["Italy", "Spain", "Norway"]:
        make.contribution(mission=mission, as_of="2011-03-31", country=make.country(name=nation))
    make.contribution(mission=mission, as_of="2011-08", quantity=700, unit="sorties")

    page = page_of(client, mission)

    assert page.context["dates"].shown == "2011-03-31"
    assert "later figures are of fewer" in text_of(page)
    assert '<a href="?on=2011-08#contributions">The latest date: August 2011</a>' in text_of(page)


def test_dates_of_one_nation_are_behind_more(client):
    mission = make.published_mission(code="heron")
    for as_of, nations in [("2009", 2), ("2010-01", 1), ("2010-06-01", 1), ("2014", 3)]:
        for _ in range(nations):
            make.contribution(mission=mission, as_of=as_of)

    page = client.get("/missions/heron/")

    assert [date for date, _words in page.context["dates"].offered] == ["2009", "2014"]
    assert [date for date, _words in page.context["dates"].single] == ["2010-01", "2010-06-01"]
    assert "More: 2 dates with a figure of one nation" in text_of(page)


@pytest.mark.parametrize("date", ["2001", "2009-12-31", "2013-07"])
def test_date_without_figures_in_the_eighteen_months_before_it_says_so(client, date):
    mission = make.published_mission()
    make.contribution(mission=mission, as_of="2010")
    make.event(mission=mission, date="2020")

    page = client.get(f"/missions/{mission.code}/?on={date}")

    assert page.context["contingent_groups"] == []
    assert f"No figure is stated for {PartialDate(date).in_words}, nor for the eighteen months before" in text_of(page)


def test_figures_of_other_sources_show_their_own_exactness(client):
    mission, italy = make.published_mission(), make.country()
    book, fields = make.source(grade="B"), {"mission": mission, "country": italy, "as_of": "2021"}
    make.contribution(**fields, quantity=260, source=book)
    make.contribution(**fields, quantity=200, source=book, location="Lithuania", value_state="up-to")
    rival = make.contribution(**fields, quantity=900, source=make.source(grade="G"), value_state="about")

    page = page_of(client, mission)

    assert "Lithuania up to 200</span>" in text_of(page)
    assert f'<span class="mission-other-figure" id="{rival.reference}">about 900' in text_of(page)


@pytest.mark.parametrize(
    ("as_of", "explanation"),
    [
        ("2017-03", "They are not of the same date, and a nation without a figure on record is not in the sum"),
        ("2017-02", '</a></sup> <span class="meta">A nation without a figure on record is not in the sum.'),
    ],
)
def test_stated_total_explains_why_it_differs_from_the_sum(client, as_of, explanation):
    mission = make.published_mission()
    make.contribution(mission=mission, as_of="2017-02", quantity=551)
    make.stated_total(mission=mission, as_of=as_of, total=4289)

    page = page_of(client, mission)

    assert "on record for February 2017 is the figure of one nation, 551." in text_of(page)
    assert explanation in text_of(page)


@pytest.mark.parametrize(("date", "heading"), [("2006-01-31", "on 31 January 2006"), ("2006", "in 2006")])
def test_heading_of_the_commands_names_the_day_or_the_year(client, date, heading):
    mission = make.published_mission()
    make.command(mission=mission, active_from="1999")
    make.event(mission=mission, date="2007")

    assert f"<h2>Command <small>{heading}</small></h2>" in text_of(client.get(f"/missions/{mission.code}/?on={date}"))
