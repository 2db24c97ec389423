"""Marking records as checked in the admin; any edit of what was checked removes the mark."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lessons.models import Lesson
from missions.models import Contribution, Mission
from tests import make
from tests.editorial.pages import errors, messages


def test_editor_marks_records_as_checked_and_as_unchecked(admin_as, editor):
    figures = [make.contribution(), make.contribution()]
    browser = admin_as(editor)

    page = browser.run_action("mark_checked", *figures)
    assert messages(page) == ["2 records: Checked."]
    assert Contribution.objects.filter(is_checked=True).count() == 2

    page = browser.run_action("mark_unchecked", figures[0])
    assert messages(page) == ["1 record: No longer checked."]
    assert [*Contribution.objects.filter(is_checked=True)] == [figures[1]]
    assert messages(browser.run_action("mark_unchecked", figures[0])) == ["All of them were already marked like that."]


def test_check_is_recorded_in_the_history_and_in_the_log(admin_as, editor):
    mission = make.mission()
    browser = admin_as(editor)

    browser.run_action("mark_checked", mission)

    assert mission.history.order_by("pgh_id").last().pgh_context.metadata["act"] == "check"
    assert "Checked." in browser.get(Mission, "history", mission.pk).text


def test_edit_of_a_checked_field_removes_the_mark(admin_as, editor):
    lesson = make.lesson()
    lesson.mark_checked()

    admin_as(editor).save(lesson, conclusion="Something else follows.")

    lesson.refresh_from_db()
    assert not lesson.is_checked


def test_edit_of_another_field_keeps_the_mark(admin_as, editor):
    lesson = make.lesson()
    lesson.mark_checked()

    admin_as(editor).save(lesson, missions=[make.mission().pk])

    lesson.refresh_from_db()
    assert lesson.is_checked


def test_unchanged_text_of_several_lines_stays_checked(admin_as, editor):
    lesson = make.lesson(observation="One.\n\nTwo.\n", discussion="  indented\n")
    lesson.mark_checked()

    admin_as(editor).save(lesson, missions=[make.mission().pk])

    lesson.refresh_from_db()
    assert lesson.is_checked
    assert (lesson.observation, lesson.discussion) == ("One.\n\nTwo.\n", "  indented\n")


@pytest.mark.parametrize("checked", [True, False])
def test_list_shows_and_filters_by_whether_a_record_is_checked(admin_as, editor, checked):
    expected, other = make.contribution(), make.contribution()
    (expected if checked else other).mark_checked()

    page = admin_as(editor).get(Contribution, "changelist", is_checked__exact=int(checked))

    assert [*page.context["cl"].queryset] == [expected]
    assert ("icon-yes" if checked else "icon-no") in page.text


def test_unknown_citation_is_refused_with_its_code(admin_as, editor):
    mission = make.mission()

    page = admin_as(editor).save(mission, summary="As is known [@nobody-knows, p. 2; @nor-this].")

    assert errors(page) == ['No source has the code "nobody-knows".', 'No source has the code "nor-this".']
    mission.refresh_from_db()
    assert mission.summary == "It kept the peace."


def test_text_of_white_space_counts_as_empty(admin_as, editor):
    page = admin_as(editor).save(make.mission(), summary=" \r\n ")
    assert errors(page) == ["This field is required."]


def test_capability_lines_are_edited_with_checkboxes(admin_as, editor):
    lesson = make.lesson(dotmlpfi=["training"])
    browser = admin_as(editor)
    assert 'value="training" id="id_dotmlpfi_2" checked' in browser.get(Lesson, "change", lesson.pk).text

    browser.save(lesson, dotmlpfi=["doctrine", "leadership"])
    lesson.refresh_from_db()
    assert lesson.dotmlpfi == ["doctrine", "leadership"]

    browser.save(lesson, dotmlpfi=[])
    lesson.refresh_from_db()
    assert lesson.dotmlpfi == []


def test_figure_whose_only_source_is_unverified_is_not_marked_as_checked(admin_as, editor):
    unverified, sound = make.contribution(source=make.source(grade="X")), make.contribution()
    browser = admin_as(editor)

    page = browser.run_action("mark_checked", unverified, sound)

    assert messages(page) == [
        "1 record is not marked. An AI-assisted and unverified source alone is not enough to call a record checked.",
        "1 record: Checked.",
    ]
    assert [*Contribution.objects.filter(is_checked=True)] == [sound]
    assert messages(browser.run_action("mark_checked", unverified))[0].startswith("1 record is not marked.")


def test_file_cannot_call_a_figure_checked_whose_only_source_is_unverified(admin_as, data_manager):
    make.published_mission(code="kfor")
    make.country(iso3="PRT")
    for code, grade in [("model", "X"), ("paper", "F")]:
        make.source(code=code, grade=grade)
    rows = "".join(f"kfor,PRT,troops,2017,180,personnel,{row}\n" for row in ["paper,yes", "model,yes"])
    file = SimpleUploadedFile("f.csv", f"mission,country,kind,as_of,quantity,unit,source,checked\n{rows}".encode())

    (refusal,) = admin_as(data_manager).upload(Contribution, file).context["result"].refusals

    assert (refusal.row, refusal.column, refusal.value) == (3, "checked", "yes")
    assert "An AI-assisted and unverified source alone" in refusal.reason
