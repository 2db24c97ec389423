"""The page of a lesson: its parts, what is related to it, and what it does not show."""

import datetime

import pytest

from tests import make
from tests.lessons.test_lessons import numbers_on
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def test_page_shows_every_part_of_a_lesson(client):
    earlier = make.published_lesson(title="An earlier rule")
    proof = make.source(title="The inquiry")
    make.source(code="cited-here", title="The cited study")
    lesson = make.published_lesson(
        number="PK-L-7001",
        title="Plan for the worst",
        maturity="lesson-learned",
        maturity_source=proof,
        maturity_as_of="2004-06",
        observation="It was seen [@cited-here, p. 12].",
        discussion="It was discussed.",
        conclusion="It follows.",
        recommendation="It is advised.",
        applies_when="The host consents.",
        does_not_apply_when="There is no peace to keep.",
        dotmlpfi=["doctrine", "leadership"],
        missions=[make.published_mission(name="Kosovo Force")],
        themes=[make.theme(name="Adaptability")],
        recurrence_of=[earlier],
        sources=[make.source(title="The listed report")],
    )
    later = make.published_lesson(title="A later rule", recurrence_of=[lesson])
    make.remedial_action(lesson=lesson, text="Rewrite the guide", action_body="SHAPE", status="implemented", due="2005")
    make.published_topic(title="Lessons of the Balkans", lessons=[lesson])

    page = client.get("/lessons/PK-L-7001/")

    assert "<title>Plan for the worst – Peacekeeping Record</title>" in page.text
    for words in [
        *["The inquiry", "June 2004", "It was seen", "It was discussed.", "It follows.", "It is advised."],
        *["The host consents.", "There is no peace to keep.", "Leadership and education", "Kosovo Force"],
        *["Adaptability", "An earlier rule", "A later rule", "The listed report", "The cited study", "p. 12"],
        *["Rewrite the guide", "SHAPE", "Implemented", "Lessons of the Balkans", "not yet checked"],
    ]:
        assert words in page.text, words
    assert f'href="/lessons/{later.number}/"' in page.text
    first, *_others = page.context["references"]
    assert first.source.title == "The cited study"
    assert "<h1>" in page.text


@pytest.mark.parametrize("parts", [1, 3])
def test_page_costs_the_same_for_any_number_of_parts(client, parts, django_assert_num_queries):
    lesson = make.published_lesson(
        maturity_source=make.source(),
        missions=[make.published_mission() for _ in range(parts)],
        themes=[make.theme() for _ in range(parts)],
        recurrence_of=[make.published_lesson(missions=[make.published_mission()]) for _ in range(parts)],
        sources=[make.source() for _ in range(parts)],
    )
    for _ in range(parts):
        make.remedial_action(lesson=lesson)
        make.published_topic(lessons=[lesson])
        make.published_lesson(recurrence_of=[lesson], missions=[make.published_mission()])

    # lesson, missions, themes, earlier and their missions, later and theirs, actions, sources, topics, related
    with django_assert_num_queries(11):
        page = client.get(lesson.get_absolute_url())

    assert len(page.context["topics"]) == parts


def test_page_names_no_unpublished_records(client):
    lesson = make.published_lesson(
        missions=[make.mission(name="Draft mission")], recurrence_of=[make.lesson(title="Draft earlier rule")]
    )
    make.lesson(title="Draft later rule", recurrence_of=[lesson])
    make.topic(title="Draft article", lessons=[lesson])

    page = client.get(lesson.get_absolute_url()).text

    assert lesson.title in page
    assert "Draft" not in page


def test_draft_is_not_found_even_by_staff(admin_client):
    assert admin_client.get(make.lesson().get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", ["PK-L-999999", "%00", "pk%00", "PK-L-0001.csv"])
def test_unknown_number_is_not_found(client, number):
    assert client.get(f"/lessons/{number}/").status_code == 404


def test_number_in_lower_case_redirects_to_the_lesson(client):
    lesson = make.published_lesson(number="PK-L-7002")

    response = client.get("/lessons/pk-l-7002/")

    assert response.status_code == 301
    assert response["Location"] == lesson.get_absolute_url()


def test_every_theme_of_a_lesson_is_shown_on_its_page_in_the_list_in_search_and_on_the_page_of_each(client):
    themes = [make.theme(code="training", name="Training"), make.theme(code="supply", name="Supply")]
    lesson = make.published_lesson(title="Carry your own water", themes=themes)

    for address in [lesson.get_absolute_url(), "/lessons/"]:
        assert [f">{theme.name}</a>" in client.get(address).text for theme in themes] == [True, True]
    for theme in themes:
        found = [
            f"/lessons/?theme={theme.code}",
            theme.get_absolute_url(),
            f"/search/?q=theme:{theme.code}+kind:lesson",
        ]
        assert ["Carry your own water" in client.get(address).text for address in found] == [True, True, True]


def test_page_has_no_empty_sections(client):
    sections = ["actions", "recurrence", "applies", "related", "lines"]
    theme = make.theme()
    earlier = make.published_lesson(themes=[theme])
    related = {"recurrence_of": [earlier], "themes": [theme], "dotmlpfi": ["doctrine"], "applies_when": "Always."}
    full, bare = make.published_lesson(**related), make.published_lesson()
    make.remedial_action(lesson=full)

    full_page, bare_page = (client.get(lesson.get_absolute_url()).text for lesson in [full, bare])

    assert [part for part in sections if f'id="{part}"' in full_page and f'href="#{part}"' in full_page] == sections
    assert [part for part in sections if f'id="{part}"' in bare_page or f'href="#{part}"' in bare_page] == []


def test_scope_says_which_side_is_not_stated(client):
    lesson = make.published_lesson(applies_when="The host consents.")

    page = client.get(lesson.get_absolute_url()).text

    assert "The host consents." in page
    assert page.count("Not stated.") == 1


def test_recurrence_lists_lessons_in_order_of_time_with_missions_and_years(client):
    then = make.published_mission(acronym="IFOR", start_date="1995-12", end_date="1996-12", state="completed")
    now = make.published_mission(acronym="KFOR", start_date="1999-06-12")
    late = make.published_lesson(title="The late rule", missions=[now])
    lesson = make.published_lesson(title="This rule", recurrence_of=[late])
    early = make.published_lesson(title="The early rule", missions=[then], recurrence_of=[lesson])

    page = client.get(lesson.get_absolute_url())

    assert page.context["lesson"].recurrence() == [lesson, early, late]
    assert f"Recurred in {early.number}" in text_of(page)
    assert f"Recurrence of {late.number}" in text_of(page)
    assert "IFOR</a>, 1995–1996" in text_of(page)
    assert "KFOR</a>, since 1999" in text_of(page)
    assert "no mission on record" in text_of(page)


def test_related_lessons_come_closest_first_and_say_why(client):
    theme, mission = make.theme(name="Command"), make.published_mission(acronym="KFOR")
    shared = {"themes": [theme], "missions": [mission, make.mission(acronym="HUSH")]}
    lesson = make.published_lesson(**shared, dotmlpfi=["doctrine", "training", "leadership"])
    by_line = make.published_lesson(dotmlpfi=["doctrine", "training", "leadership"])
    by_mission = make.published_lesson(missions=[mission])
    by_all = make.published_lesson(**shared, dotmlpfi=["training"])
    by_theme = make.published_lesson(themes=[theme, make.theme()], dotmlpfi=["leadership", "doctrine", "personnel"])
    make.lesson(**shared)

    page = client.get(lesson.get_absolute_url())

    assert [*page.context["related"]] == [by_all, by_theme, by_mission]
    assert "Same theme: Command; same mission: KFOR; same capability area: training" in text_of(page)
    assert "Same theme: Command; same capability areas: doctrine, leadership" in text_of(page)
    assert by_line.title not in text_of(page)
    assert "HUSH" not in text_of(page)


def test_at_most_six_related_lessons_are_shown(client):
    theme = make.theme()
    first, *others = [make.published_lesson(themes=[theme]) for _ in range(8)]

    assert [*client.get(first.get_absolute_url()).context["related"]] == others[:6]


def test_capability_areas_link_to_their_lessons(client):
    lesson = make.published_lesson(dotmlpfi=["materiel"])

    page = client.get(lesson.get_absolute_url()).text

    assert '<a href="/lessons/?dotmlpfi=materiel">Materiel</a>' in page
    assert "<s>Doctrine</s>" in page
    assert numbers_on(client.get("/lessons/?dotmlpfi=materiel")) == [lesson.number]


def test_page_has_a_suggested_citation(client, settings):
    settings.SITE_URL = "https://record.example.org"
    lesson = make.published_lesson(
        title="Plan for the worst", published_at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    )

    citation = (
        f"“Plan for the worst”, lesson {lesson.number}, Peacekeeping Record, 22 November 2026, "
        f"https://record.example.org/lessons/{lesson.number}/"
    )
    assert citation in client.get(lesson.get_absolute_url()).text


def test_html_in_a_lesson_is_escaped(client):
    lesson = make.published_lesson(title="<script>alert(1)</script>", conclusion="<img src=x onerror=alert(1)>")

    for address in [lesson.get_absolute_url(), "/lessons/"]:
        page = client.get(address).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img" not in page
