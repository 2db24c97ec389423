"""The list of missions: its filters, order and rows."""

import pytest

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def missions_listed(client, query=""):
    return [*client.get(f"/missions/?{query}").context["object_list"]]


def test_search_finds_words_of_names_and_texts(client):
    in_name = make.published_mission(name="Kosovo Force", acronym="KFOR", start_date="1999")
    in_summary = make.published_mission(summary="It entered Kosovo.", start_date="1998")
    make.published_mission(summary="It sailed.")

    assert missions_listed(client, "q=kosovo") == [in_name, in_summary]
    assert missions_listed(client, "q=kfor") == [in_name]
    assert missions_listed(client, "q=kosovo+-entered") == [in_name]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("type=training-capacity-building", {"type": "training-capacity-building"}),
        ("region=africa", {"region": "africa"}),
        ("status=transformed", {"state": "transformed"}),
    ],
)
def test_filters_by_type_region_and_state(client, query, fields):
    make.published_mission()
    mission = make.published_mission(**fields)

    assert missions_listed(client, query) == [mission]


def test_filters_by_host_country(client):
    host, other = make.country(), make.country()
    make.published_mission(host_countries=[other])
    mission = make.published_mission(host_countries=[host, other])

    assert missions_listed(client, f"host={host.iso3}") == [mission]


def test_mission_with_several_contributions_of_a_nation_is_listed_once(client):
    nation = make.country()
    mission = make.published_mission()
    for date in ["2001", "2002", "2003"]:
        make.contribution(mission=mission, country=nation, as_of=date)
    make.contribution()

    assert missions_listed(client, f"contributor={nation.iso3}") == [mission]


def test_filters_by_command_and_the_commands_below_it(client):
    top = make.command()
    near, far = make.published_mission(start_date="2001"), make.published_mission(start_date="2000")
    middle = make.command(mission=near, parent=top)
    make.command(mission=far, parent=middle)
    make.command(mission=make.published_mission())

    assert missions_listed(client, f"command={top.code}") == [near, far]
    assert missions_listed(client, f"command={middle.code}") == [near, far]


def test_filters_by_kind_of_mandate_without_duplicates(client):
    mission = make.published_mission()
    make.mandate(mission=mission, kind="agreement")
    make.mandate(mission=mission, kind="agreement")
    make.mandate(kind="unsc-resolution")

    assert missions_listed(client, "mandate=agreement") == [mission]


@pytest.mark.parametrize("year", [1998, 1999, 2000, 2001, 2002])
def test_filters_by_year_and_counts_an_unknown_end_as_the_year_of_the_start(client, year):
    ended = make.published_mission(start_date="1999-06", end_date="2001", state="completed")
    running = make.published_mission(start_date="2000-12-31", state="ongoing")
    unknown = make.published_mission(start_date="1999-03", state="completed-end-unknown")
    years = {1998: [], 1999: [ended, unknown], 2000: [running, ended], 2001: [running, ended], 2002: [running]}

    assert missions_listed(client, f"active_in={year}") == years[year]


def test_filters_by_several_years_in_whatever_way_they_are_written(client):
    past = make.published_mission(start_date="1992", end_date="1995-12-20", state="completed")
    ended = make.published_mission(start_date="1999-06", end_date="2001", state="completed")
    unknown = make.published_mission(start_date="1996-03", state="completed-end-unknown")
    running = make.published_mission(start_date="2004-12-31", state="ongoing")
    found = {
        "1996..1998": [unknown],
        "1990..1999": [ended, unknown, past],
        "2001..2004": [running, ended],
        "2002..": [running],
        "..1995": [past],
        "1900..1950": [],
        "2002..2199": [running],
    }
    written = {"1996-1998": "1996..1998", "1996 to 1998": "1996..1998", "since 2002": "2002..", "after 2001": "2002.."}
    written |= {"before 1996": "..1995", "the 1990s": "1990..1999", "2001–2004": "2001..2004"}

    assert {years: missions_listed(client, f"active_in={years}") for years in found} == found
    for words, years in written.items():
        for address in ["/missions/", "/missions.csv", "/api/v1/missions"]:
            response = client.get(address, {"active_in": words})
            assert response.status_code == 301
            assert response["Location"].removeprefix("http://testserver") == f"{address}?active_in={years}"


@pytest.mark.parametrize(
    ("written", "reason", "meant"),
    [
        ("2001-1999", "The period ends before it begins.", ["1999..2001"]),
        ("2004-05", "Write a year or several: 1999, 1999–2001, since 2010 or before 2005.", ["2004", "2004..2005"]),
        ("98", "Write a year or several: 1999, 1999–2001, since 2010 or before 2005.", ["1998"]),
        ("June 1999", "Write a year or several: 1999, 1999–2001, since 2010 or before 2005.", ["1999"]),
        ("1900-1910", "This must be at least 1949.", []),
        ("2090..2099", "2090 has not come yet.", []),
    ],
)
def test_years_that_are_not_clear_are_asked_about(client, written, reason, meant):
    ((notice, links),) = client.get("/missions/", {"active_in": written}).context["notices"]

    assert (notice.reason, [words for words, _link in links]) == (reason, meant)


def test_filters_combine(client):
    host = make.country()
    make.published_mission(host_countries=[host], type="humanitarian-relief")
    make.published_mission(region="africa")
    mission = make.published_mission(host_countries=[host], region="africa", type="training-capacity-building")

    query = f"host={host.iso3}&type=training-capacity-building&region=africa&active_in=2020"
    assert missions_listed(client, query) == [mission]
    assert missions_listed(client, f"host={host.iso3}&type=peacekeeping") == []


def test_sorts_by_start_end_and_name_and_by_default_the_latest_start_first(client):
    c = make.published_mission(name="C", start_date="1999-06-12", end_date="2000", state="completed")
    a = make.published_mission(name="A", start_date="1999", end_date="2003-05", state="completed")
    b = make.published_mission(name="B", start_date="2004")

    assert missions_listed(client) == [b, c, a]
    assert missions_listed(client, "sort=start") == [a, c, b]
    assert missions_listed(client, "sort=name") == [a, b, c]
    assert missions_listed(client, "sort=-end") == [a, c, b]


def test_drafts_are_hidden_even_from_staff(admin_client):
    make.mission(name="Draft")
    public = make.published_mission()
    withdrawn = make.published_mission()
    make.withdrawn(withdrawn)

    page = admin_client.get("/missions/")

    assert [*page.context["object_list"]] == [public]
    assert page.context["count"] == 1


def test_row_shows_name_place_dates_and_whether_it_is_checked(client):
    host = make.country(name="Kosovo")
    kfor = make.published_mission(name="Kosovo Force", acronym="KFOR", host_countries=[host])
    make.published_mission(start_date="2001-08", end_date="2001-09-26", state="completed").mark_checked()
    make.published_mission(start_date="1998", state="completed-end-unknown")

    text = text_of(client.get("/missions/"))

    assert f'<a href="/missions/{kfor.code}/">Kosovo Force</a> <span class="acronym">KFOR</span>' in text
    assert '<span class="aside">Kosovo</span>' in text
    assert 'since&nbsp;<time datetime="1999-06-12">12 June 1999</time>' in text
    assert '<time datetime="2001-08">August 2001</time>&nbsp;– <time datetime="2001-09-26">26 September' in text
    assert '<time datetime="1998">1998</time>&nbsp;– end not known' in text
    assert text.count(">not yet checked<") == 2
    assert text.count(">checked<") == 1


def test_list_without_matches_says_so(client):
    make.published_mission()

    page = client.get("/missions/?q=nothing")

    assert "No mission matches." in page.text
    assert "<b>0</b> missions found" in page.text


@pytest.mark.parametrize("missions", [1, 3])
def test_costs_the_same_for_any_number_of_missions(client, missions, django_assert_num_queries):
    for _ in range(missions):
        make.published_mission(host_countries=[make.country(), make.country()])

    with django_assert_num_queries(2):  # the choices of all filters with their counts; the page
        page = client.get("/missions/?region=western-balkans")

    assert len(page.context["object_list"]) == missions
