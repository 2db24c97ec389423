"""The nations: the list of them, and the profile of each."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db

ALLY = {"joined_on": date(1999, 3, 12)}
PARTNER = {"partnership": "PfP/EAPC"}


def found(client, question=""):
    return [it.name for it in client.get(f"/countries/?{question}").context["object_list"]]


def profile(client, country):
    return client.get(f"/countries/{country.iso3}/")


def test_lists_all_by_name_with_what_the_record_holds_of_each(client):
    host = make.country(name="Kosovo")
    giver = make.country(name="Italy", **ALLY)
    kfor, sfor = make.published_mission(host_countries=[host]), make.published_mission()
    for mission, year in [(kfor, "2001"), (kfor, "2002"), (sfor, "2002")]:
        make.contribution(mission=mission, country=giver, as_of=year)

    italy, kosovo = client.get("/countries/").context["object_list"]

    assert (italy, italy.mission_count, italy.figure_count, italy.hosted_count) == (giver, 2, 3, 0)
    assert (kosovo, kosovo.mission_count, kosovo.figure_count, kosovo.hosted_count) == (host, 0, 0, 1)
    assert "Ally since 1999" in client.get("/countries/").text


def test_counts_nothing_of_a_draft(admin_client):
    nation, draft = make.country(), make.mission(name="Draft")
    draft.host_countries.add(nation)
    make.contribution(mission=draft, country=nation)

    (it,) = admin_client.get("/countries/").context["object_list"]

    assert (it.mission_count, it.figure_count, it.hosted_count) == (0, 0, 0)


def test_finds_by_name_and_code(client):
    make.country(name="Slovakia", iso3="SVK", iso2="SK")
    make.country(name="Slovenia", iso3="SVN", iso2="SI")
    make.country(name="Italy", iso3="ITA", iso2="IT")

    assert found(client, "q=slov") == ["Slovakia", "Slovenia"]
    assert found(client, "q=+svk+") == ["Slovakia"]
    assert found(client, "q=it") == ["Italy"]
    assert found(client, "q=%25") == []


def test_finds_allies_partners_and_those_that_are_neither_as_they_stand_today(client):
    make.country(name="Ally", **ALLY)
    make.country(name="Ally that was a partner", **ALLY, **PARTNER)
    make.country(name="Next ally", joined_on=timezone.localdate() + timedelta(days=1), **PARTNER)
    make.country(name="Partner", **PARTNER)
    make.country(name="Neither")

    assert found(client, "standing=ally") == ["Ally", "Ally that was a partner"]
    assert found(client, "standing=partner") == ["Next ally", "Partner"]
    assert found(client, "standing=neither") == ["Neither"]


def test_finds_by_region_and_combines(client):
    make.country(name="A", region="Western Asia", **ALLY)
    make.country(name="B", region="Western Asia")
    make.country(name="C", region="Oceania")

    assert found(client, "region=Western+Asia") == ["A", "B"]
    assert found(client, "region=Western+Asia&standing=ally") == ["A"]


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        *[("q", "%00"), ("q", "x" * 10_000), ("standing", "abc"), ("standing", "%00")],
        *[("region", "Atlantis"), ("region", "%00")],
    ],
)
def test_nonsense_is_said_beside_its_field_and_finds_nothing(client, field, answer):
    make.country()

    page = client.get(f"/countries/?{field}={answer}&page=zzz")

    assert page.status_code == 200
    assert [*page.context["object_list"]] == []
    assert f'id="id_{field}_error"' in page.text


def test_the_file_is_the_list_in_its_order(client):
    for name in ["Norway", "Denmark", "Italy"]:
        make.country(name=name, region="Oceania" if name == "Italy" else "Northern Europe")

    text = b"".join(client.get("/countries.csv?region=Northern+Europe")).decode("utf-8-sig")

    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == ["Denmark", "Norway"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_any_number_of_nations(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make.contribution()

    with django_assert_num_queries(3):  # the regions to choose from, the count, the page
        assert len(found(client)) == rows


def test_a_code_in_small_letters_leads_to_the_one_address(client):
    make.country(iso3="ITA")

    for code in ["ita", "Ita"]:
        answer = client.get(f"/countries/{code}/")
        assert (answer.status_code, answer["Location"]) == (301, "/countries/ITA/")


@pytest.mark.parametrize("code", ["ZZZ", "zzz", "IT", "ITAL", "I%00A", "123"])
def test_an_unknown_code_is_not_found(client, code):
    assert client.get(f"/countries/{code}/").status_code == 404


def test_profile_shows_the_latest_figure_of_each_kind_and_basis_in_each_mission(client):
    nation, kfor = make.country(), make.published_mission(start_date="1999")
    mine = {"mission": kfor, "country": nation}
    make.contribution(quantity=111, as_of="2001", **mine)
    make.contribution(quantity=222, as_of="2003-05", **mine)
    make.contribution(quantity=333, as_of="2002", basis="authorised", **mine)
    make.contribution(quantity=444, as_of="2001", kind="aircraft", unit="aircraft", **mine)
    make.contribution(quantity=555, as_of="1998", country=nation, mission=make.published_mission(start_date="1998"))
    make.contribution(quantity=666)

    page = profile(client, nation)

    assert {it.quantity for it in page.context["latest_figures"]} == {222, 333, 444, 555}
    assert [it.figure_count for it in page.context["latest_figures"]] == [4, 4, 4, 1]
    assert len(page.context["all_figures"]) == 5
    assert f'href="/contributions/?country={nation.iso3}&amp;mission={kfor.code}">all 4 figures</a>' in page.text


def test_profile_takes_the_better_graded_of_two_sources_and_an_ungraded_one_last(client):
    same = {"mission": make.published_mission(), "country": make.country(), "as_of": "2017"}
    make.contribution(quantity=1, source=make.source(), **same)
    make.contribution(quantity=2, source=make.source(grade="F"), **same)
    make.contribution(quantity=3, source=make.source(grade="B"), **same)

    assert [it.quantity for it in profile(client, same["country"]).context["latest_figures"]] == [3]


def test_profile_shows_what_a_nation_hosted_led_lost_and_paid(client):
    nation = make.country(name="Italy", iso3="ITA", iso2="IT", **ALLY)
    mission = make.published_mission(name="Kosovo Force", host_countries=[nation])
    post = make.command(name="Headquarters KFOR", mission=mission)
    make.appointment(command=post, person="Fabio Mini", rank="General", country=nation, from_date="2002-10-04")
    make.fatality(mission=mission, country=nation, as_of="2005", cumulative=21)
    make.fatality(mission=mission, country=nation, as_of="2009-11", cumulative=43, source=make.source(title="A count"))
    make.cost_share(country=nation, share="8.7812")

    page = profile(client, nation)

    assert "<title>Italy – " in page.text
    assert "12 March 1999" in page.text
    assert [it.name for it in page.context["hosted"]] == ["Kosovo Force"]
    assert "General Fabio Mini" in page.text
    assert [it.cumulative for it in page.context["deaths"]] == [43]
    assert "8.7812%" in page.text
    assert "A count" in page.text
    assert (page.context["checked_count"], page.context["statement_count"]) == (0, 3)


def test_profile_hides_what_belongs_to_a_draft(admin_client):
    nation, draft = make.country(), make.mission(name="Secret")
    draft.host_countries.add(nation)
    make.contribution(mission=draft, country=nation)
    make.fatality(mission=draft, country=nation)
    make.appointment(command=make.command(mission=draft, name="Secret HQ"), country=nation, person="Secret Person")

    page = profile(admin_client, nation)

    assert "Secret" not in page.text
    assert all(
        not page.context[part]
        for part in ["latest_figures", "missions", "posts", "deaths", "cost_shares", "lessons", "references"]
    )
    assert "holds nothing else of it yet" in page.text


def test_profile_says_which_statements_are_checked(client):
    nation = make.country()
    make.contribution(country=nation).mark_checked()
    make.contribution(country=nation)

    page = profile(client, nation)

    assert "checked against their source as they stand: 1 of 2." in page.text


def test_profile_draws_the_years_with_figures_along_the_life_of_each_mission(client):
    nation = make.country()
    mission = make.published_mission(code="sfor", acronym="SFOR", start_date="1996-12", end_date="2004-12-02")
    for year, state in [("1997", "exact"), ("1997-06", "about"), ("2001", "estimated")]:
        make.contribution(mission=mission, country=nation, as_of=year, value_state=state)

    page = profile(client, nation)
    rows, _ticks = page.context["coverage"]

    assert [row.name for row in rows] == ["SFOR"]
    assert [(it.cell.year, it.cell.state, it.cell.says) for it in rows[0].squares] == [
        (1997, "known", "SFOR, 1997: 2 figures"),
        (2001, "estimated", "SFOR, 2001: 1 figure, estimated or rounded"),
    ]
    assert f'href="/contributions/?mission=sfor&amp;country={nation.iso3}&amp;from=1997&amp;to=1997"' in page.text


def test_profile_draws_a_course_of_at_least_three_dates_and_takes_the_better_source_of_each(client):
    nation, kfor, other = make.country(name="Italy"), make.published_mission(acronym="KFOR"), make.published_mission()
    for year, number in [("2001", 900), ("2002", 800), ("2005", 700)]:
        make.contribution(mission=kfor, country=nation, as_of=year, quantity=number, source=make.source(grade="F"))
    make.contribution(mission=kfor, country=nation, as_of="2002", quantity=850, source=make.source(grade="A"))
    for year in ["2001", "2002", "2003", "2004"]:
        make.contribution(mission=kfor, country=nation, as_of=year, basis="authorised")
        make.contribution(mission=kfor, country=nation, as_of=year, unit="aircraft", kind="aircraft")
    for year in ["2001", "2002"]:
        make.contribution(mission=other, country=nation, as_of=year)

    (course,) = profile(client, nation).context["all_series"]

    assert (course.mission, course.subject, course.dates) == (kfor, "troops, deployed", 3)
    assert [it.says.split(",")[0] for it in course.chart.points] == [
        *["Italy: 900 personnel", "Italy: 850 personnel", "Italy: 700 personnel"]
    ]
    assert [len(stroke) for stroke in course.chart.strokes] == [2]


def test_a_course_shows_the_figure_that_is_the_headline_elsewhere(client):
    nation, mission = make.country(name="Spain"), make.published_mission()
    old, new = make.source(grade="F", published="2002"), make.source(grade="F", published="2004")
    for year in ["2001", "2002", "2003"]:
        make.contribution(mission=mission, country=nation, as_of=year, quantity=300, source=old)
    make.contribution(mission=mission, country=nation, as_of="2002", quantity=350, source=new)

    (course,) = profile(client, nation).context["all_series"]

    assert [it.says.split(",")[0] for it in course.chart.points] == [
        *["Spain: 300 personnel", "Spain: 350 personnel", "Spain: 300 personnel"]
    ]


def test_profile_gives_bars_to_people_alone(client):
    nation = make.country()
    make.contribution(country=nation, quantity=50)
    make.contribution(country=nation, quantity=200)
    make.contribution(country=nation, quantity=1_000_000, unit="EUR", kind="financial")

    figures = profile(client, nation).context["latest_figures"]

    assert {it.quantity: getattr(it, "length", None) for it in figures} == {50: 25, 200: 100, 1_000_000: None}


def test_profile_shows_lessons_that_concern_most_of_its_missions_first_and_no_draft(client):
    nation = make.country()
    hosted, given = make.published_mission(host_countries=[nation]), make.published_mission(acronym="KFOR")
    make.contribution(mission=given, country=nation)
    one = make.published_lesson(title="Of one mission", missions=[given])
    both = make.published_lesson(title="Of both", missions=[given, hosted])
    make.lesson(title="A draft", missions=[given])
    make.published_lesson(title="Of another", missions=[make.published_mission()])

    page = profile(client, nation)

    assert page.context["lessons"] == [(both, 2), (one, 1)]
    assert page.context["lesson_count"] == 2
    assert "A draft" not in page.text
    assert f'href="/lessons/?mission={given.code}">KFOR · 2</a>' in page.text


def test_profile_draws_the_share_in_common_funding_year_by_year(client):
    nation = make.country(name="Italy")
    make.cost_share(country=nation, period_from="2021-01-01", period_to="2023-12-31", share="8.7812")
    make.cost_share(country=nation, period_from="2024-01-01", period_to="2025-12-31", share="8.5324")

    drawn = profile(client, nation).context["shares_chart"]

    assert [len(stroke) for stroke in drawn.strokes] == [5]
    assert drawn.points[-1].says == "Italy, 2025: 8.5324 % (2024 – 2025)"


def test_profile_draws_the_posts_held_by_command(client):
    nation, command = make.country(), make.command(name="HQ KFOR")
    make.appointment(command=command, country=nation, person="One", from_date="2001", to_date="2002")
    make.appointment(command=command, country=nation, person="Two", from_date="2005", to_date="2006")

    drawn = profile(client, nation).context["posts_timeline"]

    assert [(it.name, [mark.span.name for mark in it.marks]) for it in drawn.groups] == [("HQ KFOR", ["One", "Two"])]


@pytest.mark.parametrize("rows", [1, 3])
def test_profile_costs_the_same_for_any_number_of_statements(client, rows, django_assert_num_queries):
    nation = make.country()
    for _ in range(rows):
        mission = make.published_mission(host_countries=[nation])
        make.contribution(country=nation, mission=mission)
        make.fatality(country=nation, mission=mission)
        make.appointment(country=nation, command=make.command(mission=mission), sources=[make.source()])
        make.cost_share(country=nation)

    with django_assert_num_queries(
        9
    ):  # the nation, its figures twice, missions, lessons, posts, losses, shares, sources
        page = profile(client, nation)

    assert len(page.context["posts"]) == rows
