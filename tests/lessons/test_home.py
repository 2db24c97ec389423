"""The front page."""

import pytest
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db


def test_each_number_is_the_length_of_the_list_it_links_to(client):
    for state in ["ongoing", "ongoing", "completed"]:
        make.published_mission(state=state)
    make.mission()
    make.contribution(mission=make.mission())

    page = client.get("/")

    assert page.status_code == 200
    assert "<title>What NATO did to keep the peace – Peacekeeping Record</title>" in page.text
    assert '<a href="/missions/"><b>3</b>missions</a>' in page.text
    assert '<a href="/missions/?status=ongoing"><b>2</b>ongoing, as last stated</a>' in page.text
    assert '<a href="/contributions/"><b>0</b>dated contributions</a>' in page.text
    assert client.get("/missions/?status=ongoing").context["count"] == 2


def test_says_since_when_there_are_missions_on_record(client):
    make.published_mission(start_date="1999-06")
    make.published_mission(start_date="1992-07-16")
    make.mission(start_date="1949")

    text = client.get("/").text

    assert "national contributions and lessons since 1992." in text
    assert "The years since 1992 at a glance" in text


def test_shows_ongoing_missions_and_the_newest_checked_lessons(client):
    running = make.published_mission(name="Kosovo Force")
    make.published_mission(name="Stabilisation Force", state="completed", end_date="2004")
    make.mission(name="Draft of a mission")
    checked, unchecked, draft = make.published_lesson(), make.published_lesson(), make.lesson()
    checked.mark_checked()
    draft.mark_checked()

    page = client.get("/")

    assert [*page.context["running"]] == [running]
    assert [*page.context["newest_lessons"]] == [checked]
    assert unchecked.title not in page.text
    assert draft.title not in page.text
    assert ">Stabilisation Force</a>" not in page.text  # it is on the timeline alone
    assert "Draft of a mission" not in page.text


def test_links_lists_by_type_and_region_and_the_themes_and_topics(client):
    make.published_mission(type="humanitarian-relief", region="africa")
    theme, topic, hidden = make.theme(), make.published_topic(), make.topic()

    text = client.get("/").text

    assert '<a class="chip" href="/missions/?type=humanitarian-relief">Humanitarian relief <small>1</small></a>' in text
    assert '<a class="chip" href="/missions/?region=africa">Africa <small>1</small></a>' in text
    assert "type=peacekeeping" not in text
    assert f'href="/themes/{theme.code}/"' in text
    assert f'href="/topics/{topic.code}/"' in text
    assert hidden.title not in text


def test_map_is_of_europe_with_the_rest_of_the_world_small_beside_it(client):
    for code, name in [("XKX", "Kosovo"), ("USA", "United States")]:
        make.contribution(mission=make.published_mission(), country=make.country(iso3=code, name=name))

    page = client.get("/")

    europe = page.context["map"]
    assert [mark.nation.name for mark in europe.marks] == ["Kosovo"]
    assert [mark.nation.name for mark in europe.inset.marks] == ["United States"]
    assert europe.inset.area.width < europe.area.width
    assert "The same in the rest of the world" in page.text


def test_timeline_has_every_mission_and_map_the_hosts_and_contributors(client):
    host, contributor = make.country(iso3="XKX", name="Kosovo"), make.country(iso3="ITA", name="Italy")
    running = make.published_mission(name="Kosovo Force", acronym="KFOR", host_countries=[host], state="ongoing")
    make.event(mission=running, date=timezone.localdate().isoformat())
    past = make.published_mission(name="Stabilisation Force", state="completed", end_date="2004")
    make.contribution(mission=past, country=contributor)
    make.mission(name="Draft of a mission")

    page = client.get("/")

    spans = [mark.span for group in page.context["timeline"].groups for mark in group.marks]
    assert {span.address for span in spans} == {f"/missions/{running.code}/", f"/missions/{past.code}/"}
    css_classes = {mark.nation.description: mark.css_class for mark in page.context["map"].marks}
    assert css_classes == {
        "Kosovo: ongoing here, as last stated: KFOR": "runs",
        "Italy: has contributed": "gave",
    }


def test_counts_how_much_of_the_published_record_is_checked(client):
    mission = make.published_mission()
    for _ in range(3):
        make.event(mission=mission).mark_checked()
    make.event(mission=mission)
    make.event(mission=make.mission()).mark_checked()

    kinds = {count.label: count for count in client.get("/").context["check_counts"]}

    assert (kinds["events"].total, kinds["events"].checked, kinds["events"].share) == (4, 3, 75)
    assert (kinds["missions"].total, kinds["missions"].checked, kinds["missions"].share) == (1, 0, 0)
    assert (kinds["topics"].total, kinds["topics"].share) == (0, 0)


def test_gives_the_checked_share_without_figures_taken_over_in_bulk_and_by_grade(client, monkeypatch):
    monkeypatch.setattr("missions.models.figure_checks.BULK", 4)
    mission = make.published_mission()
    dataset, paper = make.source(code="mdi", grade="E"), make.source(code="paper", grade="F")
    for source, number in [(dataset, 4), (paper, 2), (make.source(grade=""), 1)]:
        for _ in range(number):
            make.contribution(mission=mission, source=source).mark_checked()
    make.contribution(mission=mission, source=paper)
    make.contribution(mission=make.mission(), source=dataset).mark_checked()
    make.contribution(mission=mission, source=make.source(grade="B")).delete()

    page = client.get("/")

    assert [(it.grade, it.checked, it.total, it.share) for it in page.context["shares_by_grade"]] == [
        ("E", 4, 4, 100),
        ("F", 2, 3, 66),
        (None, 1, 1, 100),
    ]
    text = " ".join(page.text.split())
    total, checked = page.context["total"], page.context["checked"]
    assert '<a href="/contributions/?source=mdi">4 figures taken over in bulk from one source</a>' in text
    assert f"{checked - 4} of {total - 4}." in text
    assert '<a href="/contributions/?grade=F">F: press</a>' in text
    assert client.get("/contributions/?grade=F").context["count"] == 3
    assert client.get("/contributions/?grade=none").context["count"] == 1
    selection = client.get(page.context["bulk"].address).context
    assert (selection["count"], selection["notices"]) == (4, [])


def test_works_with_an_empty_record(client):
    text = client.get("/").text

    assert "No mission on record is stated to be ongoing." in text
    assert "No lesson has been checked yet." in text
    assert "The years at a glance" in text
    assert " since " not in text


@pytest.mark.parametrize("records", [1, 3])
def test_costs_the_same_for_any_number_of_records(client, records, django_assert_num_queries):
    for _ in range(records):
        make.published_mission()
        make.published_lesson(themes=[make.theme()]).mark_checked()
        make.published_topic()

    # the checks, missions and their hosts, contributors, countries, sources, lessons, themes, topics
    with django_assert_num_queries(9):
        client.get("/")
