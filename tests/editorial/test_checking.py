"""Who may change a record may say that it was checked, and any edit takes that back."""

import pytest

from lessons.models import Lesson
from missions.models import Contribution, Mission
from tests import make
from tests.editorial.pages import errors, messages


def test_an_editor_marks_records_as_checked_and_as_not_checked(desk, editor):
    figures = [make.contribution(), make.contribution()]
    here = desk(editor)

    page = here.act("mark_checked", *figures)
    assert messages(page) == ["2 records: Checked."]
    assert Contribution.objects.filter(is_checked=True).count() == 2

    page = here.act("mark_unchecked", figures[0])
    assert messages(page) == ["1 record: No longer checked."]
    assert [*Contribution.objects.filter(is_checked=True)] == [figures[1]]
    assert messages(here.act("mark_unchecked", figures[0])) == ["All of them were marked like that already."]


def test_a_check_is_in_the_history_and_in_the_log(desk, editor):
    mission = make.mission()
    here = desk(editor)

    here.act("mark_checked", mission)

    assert mission.history.order_by("pgh_id").last().pgh_context.metadata["act"] == "check"
    assert "Checked." in here.get(Mission, "history", mission.pk).text


def test_an_edit_takes_the_check_back(desk, editor):
    lesson = make.lesson()
    lesson.mark_checked()

    desk(editor).save(lesson, conclusion="Something else follows.")

    lesson.refresh_from_db()
    assert not lesson.is_checked


def test_an_edit_of_what_the_check_does_not_cover_leaves_it(desk, editor):
    lesson = make.lesson()
    lesson.mark_checked()

    desk(editor).save(lesson, missions=[make.mission().pk])

    lesson.refresh_from_db()
    assert lesson.is_checked


def test_a_text_of_several_lines_stays_checked_when_nobody_touched_it(desk, editor):
    lesson = make.lesson(observation="One.\n\nTwo.\n", discussion="  indented\n")
    lesson.mark_checked()

    desk(editor).save(lesson, missions=[make.mission().pk])

    lesson.refresh_from_db()
    assert lesson.is_checked
    assert (lesson.observation, lesson.discussion) == ("One.\n\nTwo.\n", "  indented\n")


@pytest.mark.parametrize("checked", [True, False])
def test_a_list_shows_and_filters_what_was_checked(desk, editor, checked):
    one, other = make.contribution(), make.contribution()
    (one if checked else other).mark_checked()

    page = desk(editor).get(Contribution, "changelist", is_checked__exact=int(checked))

    assert [*page.context["cl"].queryset] == [one]
    assert ("icon-yes" if checked else "icon-no") in page.text


def test_an_unknown_citation_is_refused_by_its_name(desk, editor):
    mission = make.mission()

    page = desk(editor).save(mission, summary="As is known [@nobody-knows, p. 2; @nor-this].")

    assert errors(page) == ['No source has the code "nobody-knows".', 'No source has the code "nor-this".']
    mission.refresh_from_db()
    assert mission.summary == "It kept the peace."


def test_a_text_of_blanks_is_no_text(desk, editor):
    page = desk(editor).save(make.mission(), summary=" \r\n ")
    assert errors(page) == ["This field is required."]


def test_capability_lines_are_ticked(desk, editor):
    lesson = make.lesson(dotmlpfi=["training"])
    here = desk(editor)
    assert 'value="training" id="id_dotmlpfi_2" checked' in here.get(Lesson, "change", lesson.pk).text

    here.save(lesson, dotmlpfi=["doctrine", "leadership"])
    lesson.refresh_from_db()
    assert lesson.dotmlpfi == ["doctrine", "leadership"]

    here.save(lesson, dotmlpfi=[])
    lesson.refresh_from_db()
    assert lesson.dotmlpfi == []
