"""The page of a mission: everything that is public about it."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags

from pkportal.content.dates import PartialDate
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def page_of(client, mission):
    return client.get(f"/missions/{mission.code}/")


def test_heading_shows_name_dates_host_countries_and_strength(client):
    host = make.country(iso3="XKX", name="Kosovo")
    mission = make.published_mission(
        name="Kosovo Force",
        acronym="KFOR",
        operation_names="Joint Guardian",
        host_countries=[host],
        peak_strength=50_000,
    )

    text = page_of(client, mission).text

    assert "<title>Kosovo Force (KFOR) – Peacekeeping Record</title>" in text
    assert '<h1>Kosovo Force <span class="short">KFOR</span></h1>' in text
    assert '<p class="lede">Joint Guardian</p>' in text
    assert 'Ongoing since&nbsp;<time datetime="1999-06-12">12 June 1999</time>' in text
    assert '<a href="/countries/XKX/">Kosovo</a>' in text
    assert "50,000" in text
    assert "not yet checked" in text


@pytest.mark.parametrize("client_of", ["client", "admin_client"])
def test_drafts_are_not_found_even_by_staff(request, client_of):
    client = request.getfixturevalue(client_of)
    withdrawn = make.published_mission()
    make.withdrawn(withdrawn)

    assert page_of(client, make.mission()).status_code == 404
    assert page_of(client, withdrawn).status_code == 410


def test_page_links_citations_to_references_and_lists_each_source_once(client):
    book, troop_list = make.source(title="The book"), make.source(title="The list of troops")
    mission = make.published_mission(summary=f"It kept the peace [@{book.code}].", sources=[book])
    for nation in ["Italy", "Spain"]:
        make.contribution(mission=mission, country=make.country(name=nation), source=troop_list)

    text = page_of(client, mission).text

    assert f'href="#{book.reference}" id="note-1" aria-label="Note 1"' in text
    assert text.count(f'href="#{troop_list.reference}"') == 2
    assert text.count('id="note-2"') == 1
    assert text.count(">The book</a></cite>") == 1
    assert text.count(">The list of troops</a></cite>") == 1


def test_mandates_are_in_order_of_adoption_with_their_text(client):
    mission = make.published_mission()
    make.mandate(mission=mission, title="Second", adopted="1999-06-10", authorises="It *stays*.", chapter="VII")
    make.mandate(mission=mission, title="First", adopted="1999-06")
    make.mandate(title="Of another mission")

    page = page_of(client, mission)

    assert [mandate.title for mandate in page.context["mandates"]] == ["First", "Second"]
    assert "<p>It <em>stays</em>.</p>" in page.text
    assert "Chapter VII" in page.text
    assert "Of another mission" not in page.text


def test_commands_show_their_holders_with_dates_and_sources(client):
    mission = make.published_mission()
    headquarters = make.command(mission=mission, level="operational", name="Headquarters")
    make.command(mission=mission, level="tactical", name="Brigade", parent=headquarters)
    make.appointment(
        command=headquarters, rank="", person="Later", from_date="2001-03", sources=[make.source(title="A report")]
    )
    make.appointment(command=headquarters, rank="General", person="Earlier", from_date="1999", to_date="2001-03")

    page = page_of(client, mission)

    (command,) = [command for command in page.context["commands"] if command == headquarters]
    assert [post["person"] for post in command.posts] == ["Earlier", "Later"]
    assert (
        '<time datetime="1999">1999</time> – <time datetime="2001-03">March 2001</time></span> General Earlier'
        in text_of(page)
    )
    assert 'from <time datetime="2001-03">March 2001</time></span>' in text_of(page)
    assert "A report" in text_of(page)


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
    assert "February 2010, 3 months earlier" in text
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


def test_latest_change_comes_first_and_is_described(client):
    mission = make.published_mission()
    make.event(mission=mission)

    latest, *_others = page_of(client, mission).context["changes"]

    assert latest.changes == ["added to the record", "1 event added"]


def test_fatalities_are_the_latest_count_of_each_nation_the_largest_first(client):
    mission, nation = make.published_mission(), make.country()
    earlier = make.fatality(mission=mission, country=nation, as_of="2009", cumulative=5)
    latest = make.fatality(mission=mission, country=nation, as_of="2010-06", cumulative=9)
    largest = make.fatality(mission=mission, cumulative=70)

    page = page_of(client, mission)
    assert page.context["fatalities"] == [largest, latest]
    assert page.context["earlier_fatalities"] == [earlier]  # in a part of the page that is closed at first
    assert f'id="{earlier.reference}"' in page.text


def test_page_links_published_predecessors_and_successors(client):
    before, hidden = make.published_mission(name="Before"), make.mission(name="Hidden")
    mission = make.published_mission(predecessors=[before, hidden])
    make.published_mission(name="After", predecessors=[mission])

    page = page_of(client, mission)

    assert [neighbour["name"] for neighbour in page.context["mission"].before] == ["Before"]
    assert [neighbour["name"] for neighbour in page.context["mission"].after] == ["After"]
    assert "Hidden" not in page.text


def test_page_shows_outcome_objectives_events_challenges_totals_lessons_and_topics(client):
    mission = make.published_mission(outcome="Much was *reached*.")
    make.objective(mission=mission, text="Deter hostilities")
    make.event(mission=mission, title="Troops enter", text="On foot.")
    make.challenge(mission=mission, title="Mountains", theme=make.theme(name="Terrain"))
    make.stated_total(mission=mission, total=4273)
    lesson = make.published_lesson(missions=[mission])
    topic = make.published_topic(missions=[mission])

    text = page_of(client, mission).text

    for words in [
        "<em>reached</em>",
        "Deter hostilities",
        "Troops enter",
        "On foot.",
        "Mountains",
        ">Terrain<",
        "4,273",
    ]:
        assert words in text
    assert f'href="/lessons/{lesson.number}/"' in text
    assert f'href="/topics/{topic.code}/"' in text


def test_very_many_figures_dates_and_lessons_are_cut_and_the_page_says_so(client, monkeypatch):
    for name in ["mission_page.MAX_FIGURES", "mission_dates.MAX_DATES", "mission_page.MAX_NEWEST_LESSONS"]:
        monkeypatch.setattr(f"missions.views.{name}", 2)
    mission = make.published_mission(code="heron")
    for _ in range(3):
        make.contribution(mission=mission, as_of="1999")
        make.published_lesson(missions=[mission])
    for year in ["2001", "2003"]:
        make.contribution(mission=mission, as_of=year)

    page = client.get("/missions/heron/?on=1999")

    assert len(page.context["contributions"]) == len(page.context["lessons"]) == 2
    assert [date for date, _nations in page.context["dates"].offered] == ["2001", "2003"]
    assert "More figures are on record for this date. These are 2 of them" in text_of(page)
    assert "These are the newest 2." in page.text
    assert '<a href="/lessons/?mission=heron">All 3 lessons</a>' in " ".join(page.text.split())


def test_drafts_of_lessons_and_topics_are_hidden(client):
    mission = make.published_mission()
    make.lesson(missions=[mission], title="Draft of a lesson")
    make.topic(missions=[mission], title="Draft of a topic")

    text = page_of(client, mission).text

    assert mission.name in text
    assert "Draft of" not in text
    assert 'id="lessons"' not in text
    assert 'id="topics"' not in text


def test_unchecked_objectives_are_marked_one_by_one_or_once_if_none_is_checked(client):
    mission = make.published_mission()
    first, _second = make.objective(mission=mission), make.objective(mission=mission)

    aims = page_of(client, mission).text.partition('id="objectives"')[2].partition("</section>")[0]
    assert "None of these is checked yet." in aims
    assert "not yet checked" not in aims

    first.mark_checked()

    aims = page_of(client, mission).text.partition('id="objectives"')[2].partition("</section>")[0]
    assert "None of these" not in aims
    assert aims.count("not yet checked") == 1


def test_page_says_how_many_statements_are_checked_and_that_ai_helped(client):
    mission = make.published_mission()
    make.event(mission=mission).mark_checked()
    make.objective(mission=mission).mark_checked()
    make.event(mission=mission)

    assert "checked against their source: 2 of 4." in text_of(page_of(client, mission))

    mission.mark_checked()
    mission.ai_assisted = True
    mission.save()

    text = text_of(page_of(client, mission))
    assert "AI-assisted · checked" in text
    assert "The text was written with AI assistance." in text


def test_html_in_the_texts_of_editors_is_escaped(client):
    mission = make.published_mission(name="<script>alert(1)</script>", summary="<script>alert(2)</script>")
    make.event(mission=mission, title="<img src=x onerror=alert(3)>")

    text = page_of(client, mission).text

    assert "alert(1)" in text
    assert "<script>" not in text
    assert "<img" not in text


@pytest.mark.parametrize("parts", [1, 3])
def test_costs_the_same_for_any_number_of_parts(client, parts, django_assert_num_queries):
    mission = make.published_mission(
        host_countries=[make.country() for _ in range(parts)],
        predecessors=[make.published_mission() for _ in range(parts)],
    )
    for _ in range(parts):
        make.objective(mission=mission)
        make.mandate(mission=mission, sources=[make.source()])
        make.appointment(command=make.command(mission=mission, country=make.country()), country=make.country())
        make.event(mission=mission, sources=[make.source()], text=f"Something [@{make.source().code}].")
        make.contribution(mission=mission)
        make.stated_total(mission=mission)
        make.fatality(mission=mission)
        make.challenge(mission=mission, sources=[make.source()])
        make.published_lesson(missions=[mission])
        make.published_topic(missions=[mission])

    # the mission with its short lists; mandates, commands, contributions, totals, deaths, events, challenges, lessons,
    # topics; the sources of them all; what changed
    with django_assert_num_queries(12):
        page = page_of(client, mission)

    assert len(page.context["events"]) == parts


def test_mission_and_country_page_choose_the_same_count_of_fatalities_for_a_date(client):
    mission, nation = make.published_mission(code="kfor"), make.country()
    for quantity, grade in [(9, "F"), (7, "A"), (8, "B")]:
        fields = {"mission": mission, "country": nation, "as_of": "2010", "cumulative": quantity}
        make.fatality(**fields, source=make.source(grade=grade))

    (on_mission_page,) = client.get("/missions/kfor/").context["fatalities"]
    (on_country_page,) = client.get(nation.get_absolute_url()).context["deaths"]

    assert (on_mission_page.cumulative, on_country_page.cumulative) == (7, 7)


def test_suggested_citation_has_the_address_of_the_page_and_the_date_of_its_last_change(client, settings):
    settings.SITE_URL = "https://record.example.org"
    published = datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)
    make.published_mission(code="kfor", name="Kosovo Force", published_at=published)
    today = date_format(timezone.now(), "j F Y")

    citation = f"“Kosovo Force”, mission, Peacekeeping Record, {today}, https://record.example.org/missions/kfor/</p>"
    assert citation in text_of(client.get("/missions/kfor/?on=2001"))
