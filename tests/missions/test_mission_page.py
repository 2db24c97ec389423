"""The page of a mission: everything that is public about it."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

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
