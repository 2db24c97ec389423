"""The page of a nation: its figures, what it hosts and commands, and how its contributions changed."""

import pytest

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def profile(client, country):
    return client.get(f"/countries/{country.iso3}/")


def test_profile_shows_the_latest_figure_of_each_kind_and_basis_in_each_mission(client):
    nation, kfor = make.country(), make.published_mission(start_date="1999")
    fields = {"mission": kfor, "country": nation}
    make.contribution(quantity=111, as_of="2001", **fields)
    make.contribution(quantity=222, as_of="2003-05", **fields)
    make.contribution(quantity=333, as_of="2002", basis="authorised", **fields)
    make.contribution(quantity=444, as_of="2001", kind="aircraft", unit="aircraft", **fields)
    make.contribution(quantity=555, as_of="1998", country=nation, mission=make.published_mission(start_date="1998"))
    make.contribution(quantity=666)

    page = profile(client, nation)

    assert {figure.quantity for figure in page.context["latest_figures"]} == {222, 333, 444, 555}
    assert [figure.figure_count for figure in page.context["latest_figures"]] == [4, 4, 4, 1]
    assert page.context["figure_count"] == 5
    assert f'href="/contributions/?country={nation.iso3}&amp;mission={kfor.code}">all 4 figures</a>' in text_of(page)


def test_profile_takes_the_better_graded_of_two_sources_and_an_ungraded_one_last(client):
    fields = {"mission": make.published_mission(), "country": make.country(), "as_of": "2017"}
    make.contribution(quantity=1, source=make.source(), **fields)
    make.contribution(quantity=2, source=make.source(grade="F"), **fields)
    make.contribution(quantity=3, source=make.source(grade="B"), **fields)

    assert [figure.quantity for figure in profile(client, fields["country"]).context["latest_figures"]] == [3]


def test_profile_shows_hosted_missions_appointments_fatalities_and_cost_shares(client):
    nation = make.country(name="Italy", iso3="ITA", iso2="IT", joined_on="1999-03-12")
    mission = make.published_mission(name="Kosovo Force", host_countries=[nation])
    command = make.command(name="Headquarters KFOR", mission=mission)
    make.appointment(command=command, person="Fabio Mini", rank="General", country=nation, from_date="2002-10-04")
    make.fatality(mission=mission, country=nation, as_of="2005", cumulative=21)
    make.fatality(mission=mission, country=nation, as_of="2009-11", cumulative=43, source=make.source(title="A count"))
    make.cost_share(country=nation, share="8.7812")

    page = profile(client, nation)

    assert "<title>Italy – " in page.text
    assert "12 March 1999" in page.text
    assert [mission.name for mission in page.context["hosted"]] == ["Kosovo Force"]
    assert "General Fabio Mini" in page.text
    assert [fatality.cumulative for fatality in page.context["deaths"]] == [43]
    assert "8.7812%" in page.text
    assert "A count" in page.text
    assert (page.context["checked_count"], page.context["statement_count"]) == (0, 3)


def test_profile_hides_everything_of_a_draft_mission(admin_client):
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
    assert "The record has nothing else about this country yet" in page.text


def test_profile_says_how_many_figures_are_checked(client):
    nation = make.country()
    make.contribution(country=nation).mark_checked()
    make.contribution(country=nation)

    page = profile(client, nation)

    assert "checked against their source: 1 of 2." in page.text


def test_profile_chart_shows_the_years_with_figures_of_each_mission(client):
    nation = make.country()
    mission = make.published_mission(code="sfor", acronym="SFOR", start_date="1996-12", end_date="2004-12-02")
    for year, state in [("1997", "exact"), ("1997-06", "about"), ("2001", "estimated")]:
        make.contribution(mission=mission, country=nation, as_of=year, value_state=state)

    page = profile(client, nation)
    rows, _ticks = page.context["coverage"]

    assert [row.name for row in rows] == ["SFOR"]
    assert [(square.cell.year, square.cell.state, square.cell.description) for square in rows[0].squares] == [
        (1997, "known", "SFOR, 1997: 2 figures"),
        (2001, "estimated", "SFOR, 2001: 1 figure, estimated or rounded"),
    ]
    assert f'href="/contributions/?mission=sfor&amp;country={nation.iso3}&amp;from=1997&amp;to=1997"' in page.text


def test_line_chart_needs_three_dates_and_takes_the_better_source_of_each(client):
    nation, kfor, other = make.country(name="Italy"), make.published_mission(acronym="KFOR"), make.published_mission()
    for year, quantity in [("2001", 900), ("2002", 800), ("2005", 700)]:
        make.contribution(mission=kfor, country=nation, as_of=year, quantity=quantity, source=make.source(grade="F"))
    make.contribution(mission=kfor, country=nation, as_of="2002", quantity=850, source=make.source(grade="A"))
    for year in ["2001", "2002", "2003", "2004"]:
        make.contribution(mission=kfor, country=nation, as_of=year, basis="authorised")
        make.contribution(mission=kfor, country=nation, as_of=year, unit="aircraft", kind="aircraft")
    for year in ["2001", "2002"]:
        make.contribution(mission=other, country=nation, as_of=year)

    (course,) = profile(client, nation).context["all_series"]

    assert (course.mission, course.subject, course.dates) == (kfor, "troops, deployed", 3)
    assert [point.description.split(",")[0] for point in course.chart.points] == [
        *["Italy: 900 personnel", "Italy: 850 personnel", "Italy: 700 personnel"]
    ]
    assert [len(stroke) for stroke in course.chart.strokes] == [2]


def test_line_chart_shows_the_headline_figure_of_each_date(client):
    nation, mission = make.country(name="Spain"), make.published_mission()
    old, new = make.source(grade="F", published="2002"), make.source(grade="F", published="2004")
    for year in ["2001", "2002", "2003"]:
        make.contribution(mission=mission, country=nation, as_of=year, quantity=300, source=old)
    make.contribution(mission=mission, country=nation, as_of="2002", quantity=350, source=new)

    (course,) = profile(client, nation).context["all_series"]

    assert [point.description.split(",")[0] for point in course.chart.points] == [
        *["Spain: 300 personnel", "Spain: 350 personnel", "Spain: 300 personnel"]
    ]


def test_only_figures_of_personnel_have_bars(client):
    nation = make.country()
    make.contribution(country=nation, quantity=50)
    make.contribution(country=nation, quantity=200)
    make.contribution(country=nation, quantity=1_000_000, unit="EUR", kind="financial")

    figures = profile(client, nation).context["latest_figures"]

    assert {figure.quantity: getattr(figure, "length", None) for figure in figures} == {
        50: 25,
        200: 100,
        1_000_000: None,
    }


def test_profile_with_very_many_figures_shows_those_of_the_latest_missions_and_says_so(client, monkeypatch):
    monkeypatch.setattr("missions.views.country.MAX_LATEST", 2)
    nation = make.country()
    for year in ["1999", "2003", "2011"]:
        make.contribution(country=nation, mission=make.published_mission(start_date=year), as_of=year)

    page = profile(client, nation)

    assert [figure.as_of for figure in page.context["latest_figures"]] == ["2011", "2003"]
    assert "The 2 figures of the latest missions are shown" in text_of(page)
    assert "All 3 figures on record" in text_of(page)


def test_lessons_of_most_of_its_missions_come_first_and_drafts_are_hidden(client):
    nation = make.country()
    hosted, contributed_to = make.published_mission(host_countries=[nation]), make.published_mission(acronym="KFOR")
    make.contribution(mission=contributed_to, country=nation)
    of_one = make.published_lesson(title="Of one mission", missions=[contributed_to])
    of_both = make.published_lesson(title="Of both", missions=[contributed_to, hosted])
    make.lesson(title="A draft", missions=[contributed_to])
    make.published_lesson(title="Of another", missions=[make.published_mission()])

    page = profile(client, nation)

    assert [(lesson, lesson.mission_count) for lesson in page.context["lessons"]] == [(of_both, 2), (of_one, 1)]
    assert page.context["lesson_count"] == 2
    assert "A draft" not in text_of(page)
    assert f'href="/lessons/?mission={contributed_to.code}">KFOR · 2</a>' in text_of(page)


def test_profile_draws_the_cost_share_of_each_year(client):
    nation = make.country(name="Italy")
    make.cost_share(country=nation, period_from="2021-01-01", period_to="2023-12-31", share="8.7812")
    make.cost_share(country=nation, period_from="2024-01-01", period_to="2025-12-31", share="8.5324")

    chart = profile(client, nation).context["shares_chart"]

    assert [len(stroke) for stroke in chart.strokes] == [5]
    assert chart.points[-1].description == "Italy, 2025: 8.5324 % (2024 – 2025)"


def test_profile_draws_appointments_grouped_by_command(client):
    nation, command = make.country(), make.command(name="HQ KFOR")
    make.appointment(command=command, country=nation, person="One", from_date="2001", to_date="2002")
    make.appointment(command=command, country=nation, person="Two", from_date="2005", to_date="2006")

    timeline = profile(client, nation).context["posts_timeline"]

    assert [(group.name, [mark.span.name for mark in group.marks]) for group in timeline.groups] == [
        ("HQ KFOR", ["One", "Two"])
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_profile_costs_the_same_for_any_number_of_statements(client, rows, django_assert_num_queries):
    nation = make.country()
    for _ in range(rows):
        mission = make.published_mission(host_countries=[nation])
        make.contribution(country=nation, mission=mission)
        make.fatality(country=nation, mission=mission)
        make.appointment(country=nation, command=make.command(mission=mission), sources=[make.source()])
        make.cost_share(country=nation)

    # the nation, its figures twice, missions, posts, losses, shares, sources; without lessons, no query for them
    with django_assert_num_queries(8):
        page = profile(client, nation)

    assert len(page.context["posts"]) == rows
