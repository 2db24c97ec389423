"""What nations and missions are called: a nation as on the date that is told of, a mission also as its operation."""

import pytest
from django.utils.html import strip_tags

from missions.charts.mission_timeline import describe_mission
from missions.models import Contribution
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def read(client, address):
    return " ".join(strip_tags(text_of(client.get(address))).split())


@pytest.fixture
def nation():
    nation = make.country(name="North Marsh", iso3="NMA")
    for name, began, ended in [
        ("the former Republic of Marsh", "1993", "2019"),
        ("Republic of Marsh", "1991", "2019"),
        ("FROM", "1993", "2019"),
        ("Kingdom of North Marsh with the Isles", None, "2020"),
        ("Federation of All the Marshes and Moors", None, "1991"),
    ]:
        make.country_name(country=nation, name=name, kind="former", from_date=began, to_date=ended)
    make.country_name(
        country=make.country(), name="Federation of All the Marshes and Moors", kind="former", to_date="1991"
    )
    return nation


@pytest.mark.parametrize(
    ("as_of", "called"),
    [
        ("2005", "the former Republic of Marsh, today North Marsh"),
        ("2018-12-31", "the former Republic of Marsh, today North Marsh"),
        ("2019", "North Marsh"),  # the year in which it changed
        ("2021-03", "North Marsh"),
        ("1992", "Republic of Marsh, today North Marsh"),
        ("1990", "North Marsh"),  # others were called so as well
    ],
)
def test_figure_names_its_nation_as_on_its_date(nation, as_of, called):
    make.contribution(country=nation, as_of=as_of)

    assert Contribution.objects.for_list().get().country_called == called


@pytest.mark.parametrize(
    ("today", "names", "called"),
    [
        ("Türkiye", ["Turkey", "Republic of Turkey"], "Turkey, today Türkiye"),
        (
            "Libya",
            ["Socialist People's Libyan Arab Jamahiriya", "Libyan Arab Jamahiriya", "SPLAJ"],
            "Libyan Arab Jamahiriya, today Libya",
        ),
        (
            "North Marsh",
            ["FYR Marsh", "former Outer Republic of Marsh", "the former Outer Republic of Marsh"],
            "the former Outer Republic of Marsh, today North Marsh",
        ),
    ],
)
def test_of_several_names_of_one_time_the_short_one_is_told_unless_one_has_its_article(today, names, called):
    nation = make.country(name=today)
    for name in names:
        make.country_name(country=nation, name=name, kind="former", to_date="2022")
    make.contribution(country=nation, as_of="2010")

    assert Contribution.objects.for_list().get().country_called == called


def test_deaths_and_answers_name_the_nation_as_on_the_date_of_the_figure(client, nation):
    mission = make.published_mission(code="heron", name="Heron Force", start_date="1999")
    make.fatality(mission=mission, country=nation, as_of="2005", cumulative=3)
    make.contribution(mission=mission, country=nation, as_of="2005-06", quantity=70)
    called = "the former Republic of Marsh, today North Marsh"

    assert f"{called} 3 2005" in read(client, "/missions/heron/")
    for question, number in [("deaths in Heron Force", "3 deaths"), ("North Marsh Heron Force", "70")]:
        answers = client.get("/search/", {"q": question}).context["answers"]
        assert any(it.text.startswith(f"{called}, ") and number in it.text for it in answers), answers


def test_commander_is_of_a_nation_as_at_the_beginning_of_the_tenure(client, nation):
    mission = make.published_mission(code="heron", name="Heron Force", start_date="1999", end_date="2007")
    command = make.command(code="hq", mission=mission, active_from="1999", active_to="2007")
    make.appointment(command=command, person="Ann", country=nation, from_date="2005-02", to_date="2006")
    make.appointment(command=command, person="Bob", from_date="2006-02", to_date="2007")
    called = "Ann, the former Republic of Marsh, today North Marsh"

    for address in ["/missions/heron/?on=2005-06", "/commands/?on=2005-06", "/commands/hq/?on=2005-06"]:
        assert called in read(client, address)
    (answer,) = client.get("/search/", {"q": "who led Heron Force in June 2005"}).context["answers"]
    assert answer.text.startswith("General Ann (the former Republic of Marsh, today North Marsh), ")


def test_charts_name_the_nation_as_on_the_date_of_each_mark(client, nation):
    mission = make.published_mission(code="heron", start_date="1999", end_date="2023")
    command = make.command(code="hq", mission=mission, active_from="1999", active_to="2023")
    for start, end in [("2005-02", "2006"), ("2021-02", "2022")]:
        make.appointment(command=command, person="Ann", country=nation, from_date=start, to_date=end)
    source = make.source(title="Table")
    for as_of in ["2005-06", "2006-06", "2021-06"]:
        make.contribution(mission=mission, country=nation, as_of=as_of, quantity=70, source=source)
    for period in [2004, 2021]:
        make.cost_share(country=nation, period_from=f"{period}-01-01", period_to=f"{period}-12-31")
    for number in range(5):
        make.contribution(mission=mission, as_of="2005-06", quantity=number + 1, source=source)
    then = "the former Republic of Marsh, today North Marsh"

    for text in [read(client, "/commands/hq/"), (page := read(client, "/countries/NMA/"))]:
        assert f"Ann, {then}: February 2005" in text
        assert "Ann, North Marsh: February 2021" in text
    assert f"{then}: 70 personnel, June 2005, Table" in page
    assert "North Marsh: 70 personnel, June 2021, Table" in page
    assert f"{then}, 2004: " in page
    assert " North Marsh, 2021: " in page
    chart = client.get("/missions/heron/?on=2005-06").context["map"]
    assert f"{then}: 70, June 2005. Table" in {mark.description for mark in chart.absent}


def test_sum_of_one_date_names_nations_as_on_it_and_a_sum_over_a_change_as_today(client, nation):
    for as_of in ["2005", "2021"]:
        mission = make.published_mission(code=f"heron-{as_of}", start_date="1999")
        make.contribution(mission=mission, country=nation, as_of=as_of, unit="sorties", basis="delivered")

    for selection, called in [
        ("?date=2005", "the former Republic of Marsh, today North Marsh"),
        ("", "North Marsh"),
    ]:
        ((bar, *_rest),) = client.get(f"/contributions/{selection}").context["sums"]()["bars"]
        assert bar.nation == called
    (answer,) = client.get("/search/", {"q": "North Marsh 2005"}).context["answers"]
    assert answer.text.startswith("the former Republic of Marsh, today North Marsh, 2005: ")


def test_list_and_map_name_hosts_as_at_the_end_of_a_mission(client, nation):
    fields = {"start_date": "2001", "end_date": "2003-03", "state": "completed", "host_countries": [nation]}
    make.published_mission(code="heron", name="Heron", **fields)
    called = "the former Republic of Marsh, today North Marsh"

    for view in ["table", "cards"]:
        assert called in read(client, f"/missions/?view={view}")
    (host,) = client.get("/missions/?view=map").context["maps"][1].absent
    assert (host.name, host.description) == (called, f"{called}: Heron")
    make.published_mission(name="Stork", start_date="2001", host_countries=[nation])
    (host,) = client.get("/missions/?view=map").context["maps"][1].absent
    assert host.description.startswith("North Marsh: ")


def test_command_is_in_a_country_called_as_on_the_date_or_at_its_end(client, nation):
    command = make.command(code="hq", country=nation, active_from="1999")

    assert client.get("/commands/hq/").context["country_called"] == "North Marsh"
    command.active_to = "2006"
    command.save()
    for address in ["/commands/hq/", "/commands/hq/?on=2005"]:
        assert "Countrythe former Republic of Marsh, today North Marsh" in read(client, address)


def test_page_of_a_nation_shows_missions_by_the_names_of_their_operations(client, nation):
    fields = {"name": "Air campaign", "acronym": "OGH", "operation_names": "Grey Heron"}
    mission = make.published_mission(**fields, start_date="1999", host_countries=[nation])
    make.contribution(mission=mission, country=nation, as_of="2005")
    make.fatality(mission=mission, country=nation)

    text = read(client, "/countries/NMA/?on=2005")
    # hosted, on the date, figures, deaths
    assert text.count("Air campaign OGH Operation Grey Heron") == 4
    assert "North Marsh was not an ally in 2005. It was called the former Republic of Marsh then." in text
    assert "It was called" not in read(client, "/countries/NMA/?on=2021")


def test_page_about_a_date_names_hosts_and_contributors_as_on_it(client, nation):
    mission = make.published_mission(code="heron", start_date="1999", host_countries=[nation])
    make.contribution(mission=mission, country=nation, as_of="2005-06")
    called = "the former Republic of Marsh, today North Marsh"

    page = client.get("/missions/heron/?on=2005-06-30")

    assert [host["called"] for host in page.context["hosts"]] == [called]
    assert text_of(page).count(called) >= 2
    assert [host["called"] for host in client.get("/missions/heron/").context["hosts"]] == ["North Marsh"]
    assert "North Marsh then FROM" in read(client, "/contributions/")


def test_mission_that_is_over_names_its_hosts_as_at_its_end(client, nation):
    fields = {"start_date": "2001", "end_date": "2003-03", "state": "completed", "host_countries": [nation]}
    make.published_mission(code="heron", **fields)

    (host,) = client.get("/missions/heron/").context["hosts"]

    assert host["called"] == "the former Republic of Marsh, today North Marsh"


@pytest.mark.parametrize(
    ("name", "acronym", "operation_names", "operations", "short_name"),
    [
        ("Air campaign", "OGH", "Grey Heron", "Operation Grey Heron", "Grey Heron"),
        ("Operation Grey Heron", "OGH", "Grey Heron", "", "Grey Heron"),
        ("Marsh Force", "MFOR", "Heron (1999-2005); Stork (2005- )", "Operations Heron, Stork", "MFOR"),
        ("Marsh Force", "", "", "", "Marsh Force"),
    ],
)
def test_mission_is_shown_by_the_name_of_its_operation(client, name, acronym, operation_names, operations, short_name):
    fields = {"name": name, "acronym": acronym, "operation_names": operation_names}
    mission = make.published_mission(**fields, latitude=35, longitude=18)

    assert (mission.operations, mission.short_name) == (operations, short_name)
    for view in ["table", "cards"]:
        assert operations in text_of(client.get(f"/missions/?view={view}"))
    assert operations in describe_mission(mission, "open")
    maps = client.get("/missions/?view=map").context["maps"]
    assert {dot.site.name for map_ in maps for dot in map_.dots} == {short_name}
