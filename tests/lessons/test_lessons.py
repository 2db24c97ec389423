"""The list of lessons, its files, and the page of each."""

import datetime
import re

import pytest
from django.utils import timezone

from lessons.models import Lesson
from missions.models import Mission
from tests import make
from tests.files import rows_of
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def chips_of(page):
    """Return the links among the chips of a page's head."""
    head = page.text.split('<div class="chips">')[1].split("</header>")[0]
    return re.findall(r'<a class="chip"[^>]*>([^<]*)</a>', head)


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


# The page of one lesson


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


@pytest.mark.parametrize(
    ("kind", "maturity", "places"),
    [
        ("issue", "observation", ["here", "ahead", "ahead"]),
        ("issue", "lesson-identified", ["past", "here", "ahead"]),
        ("issue", "lesson-learned", ["past", "past", "here"]),
        ("best-practice", "observation", ["here", "ahead"]),
        ("best-practice", "best-practice", ["past", "here"]),
        ("best-practice", "lesson-learned", ["past", "past", "here"]),
    ],
)
def test_path_marks_the_step_that_the_lesson_has_reached(kind, maturity, places):
    lesson = make.lesson(kind=kind, maturity=maturity, maturity_source=make.source())

    assert [place for _step, place in lesson.path] == places


def test_page_says_that_the_proof_is_unchecked_until_it_is_checked(client):
    lesson = make.published_lesson(maturity="lesson-learned", maturity_source=make.source(title="The proof"))

    assert "this has not been compared with the source" in client.get(lesson.get_absolute_url()).text
    lesson.mark_checked()
    page = client.get(lesson.get_absolute_url()).text
    assert "has not been compared" not in page
    assert "The proof" in page


def test_each_step_of_the_path_links_its_proof_or_says_that_it_has_none(client):
    proof = make.source(title="The inquiry", published="2004-10")
    lesson = make.published_lesson(maturity="lesson-identified", maturity_source=proof)

    page = text_of(client.get(lesson.get_absolute_url()))

    assert f'Proof: <a href="{proof.get_absolute_url()}">The inquiry</a> (<time datetime="2004-10">' in page
    assert page.count("Not proved: no source on record shows this stage.") == 1
    assert "shows its stage" not in page


@pytest.mark.parametrize(
    "described",
    [
        lambda lesson, proof: lesson.sources.add(proof),
        lambda lesson, proof: Lesson.objects.filter(pk=lesson.pk).update(observation=f"Learned [@{proof.code}]."),
    ],
    ids=["by a source of the lesson", "by a source of its observation"],
)
def test_lesson_whose_own_source_calls_it_learned_is_not_shown_as_proved(client, described):
    proof = make.source(title="The inquiry")
    lesson = make.published_lesson(maturity="lesson-learned", maturity_source=proof)
    described(lesson, proof)  # once it is published: else it could not be

    page = text_of(client.get(lesson.get_absolute_url()))

    assert "Described as learned by its source; no later proof on record." in page
    assert "Proof:" not in page


def test_lesson_learned_with_a_later_proof_names_it(client):
    lesson = make.published_lesson(maturity="lesson-learned", maturity_source=make.source(), sources=[make.source()])

    page = text_of(client.get(lesson.get_absolute_url()))

    assert "Proof:" in page
    assert "no later proof" not in page


def test_best_practice_is_named_once_in_the_head_and_an_issue_with_its_stage(client):
    practice = make.published_lesson(kind="best-practice", maturity="best-practice", maturity_source=make.source())
    seen = make.published_lesson(kind="best-practice")

    chips = [chips_of(client.get(lesson.get_absolute_url())) for lesson in [practice, seen]]

    assert chips == [["Best practice"], ["Best practice", "Observation"]]


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


def test_maturity_without_a_source_says_so(client):
    observed, identified = make.published_lesson(), make.published_lesson(maturity="lesson-identified")

    assert "No source on record shows a later stage" in client.get(observed.get_absolute_url()).text
    assert "No source on record shows its stage" in client.get(identified.get_absolute_url()).text


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


def test_list_names_a_mission_from_the_moment_of_its_publication(client):
    mission = make.published_mission(name="Kosovo Force")
    make.published_lesson(missions=[mission])
    Mission.objects.update(published_at=timezone.now() + datetime.timedelta(days=1))
    assert "Kosovo Force" not in client.get("/lessons/").text

    Mission.objects.update(published_at=timezone.now())

    assert "Kosovo Force" in client.get("/lessons/").text


def test_lesson_is_not_learned_by_a_source_of_its_own():
    own = make.source()
    lesson = make.lesson(maturity="lesson-learned", maturity_source=own, sources=[own])

    assert "A lesson learned needs a proof in another source than those it was compiled from." in [*lesson.obstacles()]


def test_lesson_is_not_learned_by_a_proof_older_than_its_sources():
    later, earlier = make.source(published="2004-07"), make.source(published="2003")
    lesson = make.lesson(maturity="lesson-learned", maturity_source=earlier, sources=[later])

    assert [*lesson.obstacles()] == ["The proof that it was learned is older than the sources it was compiled from."]


def test_lesson_is_learned_by_a_later_proof_from_another_source():
    earlier, later = make.source(published="2003"), make.source(published="2004-07")
    lesson = make.lesson(maturity="lesson-learned", maturity_source=later, sources=[earlier])

    assert [*lesson.obstacles()] == []
