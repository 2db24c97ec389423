"""How far a lesson has come: the path on its page, the proof of each step, and when a lesson is learned."""

import re

import pytest

from lessons.models import Lesson
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def chips_of(page):
    """Return the links among the chips of a page's head."""
    head = page.text.split('<div class="chips">')[1].split("</header>")[0]
    return re.findall(r'<a class="chip"[^>]*>([^<]*)</a>', head)


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


def test_maturity_without_a_source_says_so(client):
    observed, identified = make.published_lesson(), make.published_lesson(maturity="lesson-identified")

    assert "No source on record shows a later stage" in client.get(observed.get_absolute_url()).text
    assert "No source on record shows its stage" in client.get(identified.get_absolute_url()).text


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
