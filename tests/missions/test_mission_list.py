"""The list of missions: each question finds what it should and hides the rest."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def found(client, question=""):
    return [*client.get(f"/missions/?{question}").context["object_list"]]


def test_finds_words_of_names_and_texts(client):
    named = make.published_mission(name="Kosovo Force", acronym="KFOR", start_date="1999")
    told = make.published_mission(summary="It entered Kosovo.", start_date="1998")
    make.published_mission(summary="It sailed.")

    assert found(client, "q=kosovo") == [named, told]
    assert found(client, "q=kfor") == [named]
    assert found(client, "q=kosovo+-entered") == [named]


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("type=training-capacity-building", {"type": "training-capacity-building"}),
        ("region=africa", {"region": "africa"}),
        ("status=transformed", {"state": "transformed"}),
    ],
)
def test_keeps_one_of_a_code_list(client, question, fields):
    make.published_mission()
    shown = make.published_mission(**fields)

    assert found(client, question) == [shown]


def test_finds_missions_of_a_host(client):
    host, other = make.country(), make.country()
    make.published_mission(host_countries=[other])
    shown = make.published_mission(host_countries=[host, other])

    assert found(client, f"host={host.iso3}") == [shown]


def test_finds_missions_of_a_contributor_once_however_much_it_gave(client):
    nation = make.country()
    shown = make.published_mission()
    for date in ["2001", "2002", "2003"]:
        make.contribution(mission=shown, country=nation, as_of=date)
    make.contribution()

    assert found(client, f"contributor={nation.iso3}") == [shown]


def test_finds_missions_led_from_a_command_or_from_below_it(client):
    top = make.command()
    led, far = make.published_mission(start_date="2001"), make.published_mission(start_date="2000")
    middle = make.command(mission=led, parent=top)
    make.command(mission=far, parent=middle)
    make.command(mission=make.published_mission())

    assert found(client, f"command={top.code}") == [led, far]
    assert found(client, f"command={middle.code}") == [led, far]


def test_finds_missions_that_rest_on_a_kind_of_mandate(client):
    shown = make.published_mission()
    make.mandate(mission=shown, kind="agreement")
    make.mandate(mission=shown, kind="agreement")
    make.mandate(kind="unsc-resolution")

    assert found(client, "mandate=agreement") == [shown]


@pytest.mark.parametrize("year", [1998, 1999, 2000, 2001, 2002])
def test_finds_missions_that_ran_in_a_year_and_does_not_stretch_an_unknown_end(client, year):
    ended = make.published_mission(start_date="1999-06", end_date="2001", state="completed")
    running = make.published_mission(start_date="2000-12-31", state="ongoing")
    unknown = make.published_mission(start_date="1999-03", state="completed-end-unknown")
    years = {1998: [], 1999: [ended, unknown], 2000: [running, ended], 2001: [running, ended], 2002: [running]}

    assert found(client, f"active_in={year}") == years[year]


def test_questions_narrow_each_other(client):
    host = make.country()
    make.published_mission(host_countries=[host], type="humanitarian-relief")
    make.published_mission(region="africa")
    shown = make.published_mission(host_countries=[host], region="africa", type="training-capacity-building")

    assert found(client, f"host={host.iso3}&type=training-capacity-building&region=africa&active_in=2020") == [shown]
    assert found(client, f"host={host.iso3}&type=peacekeeping") == []


def test_sorts_by_start_end_and_name_with_the_latest_start_first_unless_asked(client):
    c = make.published_mission(name="C", start_date="1999-06-12", end_date="2000", state="completed")
    a = make.published_mission(name="A", start_date="1999", end_date="2003-05", state="completed")
    b = make.published_mission(name="B", start_date="2004")

    assert found(client) == [b, c, a]
    assert found(client, "sort=start") == [a, c, b]
    assert found(client, "sort=name") == [a, b, c]
    assert found(client, "sort=-end") == [a, c, b]


def test_hides_drafts_even_from_staff(admin_client):
    make.mission(name="Draft")
    shown = make.published_mission()
    withdrawn = make.published_mission()
    withdrawn.withdraw()

    page = admin_client.get("/missions/")

    assert [*page.context["object_list"]] == [shown]
    assert page.context["count"] == 1


def test_says_of_each_mission_what_where_when_and_whether_it_is_checked(client):
    host = make.country(name="Kosovo")
    kfor = make.published_mission(name="Kosovo Force", acronym="KFOR", host_countries=[host])
    make.published_mission(start_date="2001-08", end_date="2001-09-26", state="completed").mark_checked()
    make.published_mission(start_date="1998", state="completed-end-unknown")

    text = client.get("/missions/").text

    assert f'<a href="/missions/{kfor.code}/">Kosovo Force</a> <span class="acronym">KFOR</span>' in text
    assert '<span class="aside">Kosovo</span>' in text
    assert 'since&nbsp;<time datetime="1999-06-12">12 June 1999</time>' in text
    assert '<time datetime="2001-08">August 2001</time>&nbsp;– <time datetime="2001-09-26">26 September' in text
    assert '<time datetime="1998">1998</time>&nbsp;– end not known' in text
    assert text.count(">not yet checked<") == 2
    assert text.count(">checked<") == 1


def test_says_so_when_nothing_answers(client):
    make.published_mission()

    page = client.get("/missions/?q=nothing")

    assert "No mission matches." in page.text
    assert "<b>0</b> missions found" in page.text


@pytest.mark.parametrize("missions", [1, 3])
def test_costs_the_same_for_any_number_of_missions(client, missions, django_assert_num_queries):
    for _ in range(missions):
        make.published_mission(host_countries=[make.country(), make.country()])

    with django_assert_num_queries(2):  # what there is to choose, with all counts; the page
        page = client.get("/missions/?region=western-balkans")

    assert len(page.context["object_list"]) == missions
