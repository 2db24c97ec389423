"""The list of lessons, and its files."""

import datetime

import pytest
from django.utils import timezone

from missions.models import Mission
from tests import make
from tests.files import rows_of

pytestmark = pytest.mark.django_db


def numbers_on(page):
    return [lesson["number"] for lesson in page.context["object_list"]]


def test_drafts_withdrawn_and_scheduled_lessons_are_hidden_even_from_staff(admin_client):
    lesson = make.published_lesson(title="Plan for the worst")
    make.lesson(title="Not ready")
    make.withdrawn(make.published_lesson())
    make.published_lesson(published_at=timezone.now() + datetime.timedelta(days=1))

    page = admin_client.get("/lessons/")

    assert numbers_on(page) == [lesson.number]
    assert page.context["count"] == 1
    assert "<title>Lessons – Peacekeeping Record</title>" in page.text
    assert "Not ready" not in page.text


@pytest.mark.parametrize("lessons", [1, 3])
def test_list_costs_the_same_for_any_number_of_lessons(client, lessons, django_assert_num_queries):
    for _ in range(lessons):
        make.published_lesson(missions=[make.published_mission()], themes=[make.theme()])

    with django_assert_num_queries(2):  # the choices of all filters with their counts; the page
        page = client.get("/lessons/")

    assert len(numbers_on(page)) == lessons


def test_row_of_a_lesson_does_not_name_draft_missions(client):
    make.published_lesson(
        missions=[make.mission(name="Secret force", acronym="SECF"), make.published_mission(acronym="OPEN")]
    )

    page = client.get("/lessons/").text

    assert "OPEN" in page
    assert "SECF" not in page
    assert "Secret force" not in page


def two_lessons():
    theme, mission = make.theme(), make.published_mission()
    first = make.published_lesson(
        title="Teach literacy before technical skills",
        observation="Recruits could not read.",
        kind="best-practice",
        maturity="best-practice",
        dotmlpfi=["training", "personnel"],
        themes=[theme, make.theme()],
        missions=[mission, make.published_mission()],
    )
    second = make.published_lesson(title="A second rule", dotmlpfi=["doctrine"], themes=[make.theme()])
    first.mark_checked()
    return first, second, theme, mission


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=recruit", ["first"]),
        ("q=literacy", ["first"]),
        ("theme={theme}", ["first"]),
        ("mission={mission}", ["first"]),
        ("maturity=best-practice", ["first"]),
        ("maturity=observation", ["second"]),
        ("kind=best-practice", ["first"]),
        ("kind=issue", ["second"]),
        ("dotmlpfi=training", ["first"]),
        ("dotmlpfi=doctrine", ["second"]),
        ("dotmlpfi=facilities", []),
        ("checked=yes", ["first"]),
        ("checked=no", ["second"]),
        ("sort=-number", ["second", "first"]),
        ("sort=title", ["second", "first"]),
        ("", ["first", "second"]),
        ("theme={theme}&kind=issue", []),
        ("theme={theme}&mission={mission}&checked=yes&q=read", ["first"]),
    ],
)
def test_page_and_files_have_the_same_filtered_rows(client, query, names):
    first, second, theme, mission = two_lessons()
    query = query.format(theme=theme.code, mission=mission.code)
    expected = [{"first": first, "second": second}[name].number for name in names]

    assert numbers_on(client.get(f"/lessons/?{query}")) == expected
    for ending in ["csv", "json"]:
        assert [row["number"] for row in rows_of(client.get(f"/lessons.{ending}?{query}"))] == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "a\x00b"),
        ("q", "x" * 10_000),
        ("theme", "no-such-theme"),
        ("mission", "no-such-mission"),
        ("maturity", "ripe"),
        ("kind", "\x00"),
        ("dotmlpfi", "'; --"),
        ("checked", "perhaps"),
        ("sort", "?"),
    ],
)
def test_invalid_value_is_said_at_its_field_and_left_out(client, name, value):
    make.published_lesson()

    page = client.get("/lessons/", {name: value})
    file = client.get("/lessons.csv", {name: value})

    assert page.status_code == 200
    assert [*page.context["filter"].form.errors] == [name]
    assert len(numbers_on(page)) == 1
    assert file.status_code == 400


def test_filter_does_not_accept_a_draft_mission(client):
    draft = make.mission(code="hidden")
    make.published_lesson(missions=[draft])

    page = client.get("/lessons/", {"mission": "hidden"})

    assert [*page.context["filter"].form.errors] == ["mission"]
    assert draft.name not in page.text


def test_list_without_matches_says_so(client):
    assert "No lesson matches" in client.get("/lessons/?q=unheard").text


def test_list_names_a_mission_from_the_moment_of_its_publication(client):
    mission = make.published_mission(name="Kosovo Force")
    make.published_lesson(missions=[mission])
    Mission.objects.update(published_at=timezone.now() + datetime.timedelta(days=1))
    assert "Kosovo Force" not in client.get("/lessons/").text

    Mission.objects.update(published_at=timezone.now())

    assert "Kosovo Force" in client.get("/lessons/").text
