"""Marking records as checked in the admin; any edit of what was checked removes the mark."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lessons.models import Lesson
from missions.models import Contribution
from pkportal.changes.models import Check
from pkportal.exchange.loading import load_files
from tests import make
from tests.editorial.pages import errors, messages

pytestmark = pytest.mark.django_db


def test_list_marks_nothing_as_checked_but_removes_marks(admin_as, editor):
    figures = [make.contribution(), make.contribution()]
    figures[0].mark_checked()
    browser = admin_as(editor)

    assert messages(browser.run_action("mark_checked", *figures)) == ["No action selected."]
    assert [*Contribution.objects.filter(is_checked=True)] == [figures[0]]

    assert messages(browser.run_action("mark_unchecked", *figures)) == ["1 record is no longer checked."]
    assert not Contribution.objects.filter(is_checked=True).exists()
    assert messages(browser.run_action("mark_unchecked", figures[0])) == ["None of them was marked as checked."]
    assert (Check.objects.get().verdict, Check.objects.get().by) == ("unmarked", editor)


def test_mark_is_removed_only_with_the_right_to_check(admin_as, data_manager):
    figure = make.contribution()
    figure.mark_checked()

    admin_as(data_manager).run_action("mark_unchecked", figure)

    assert Contribution.objects.get().is_checked


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
    assert errors(page) == ["This cannot be blank."]


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


HEADER = "mission,country,kind,as_of,quantity,unit,source,checked\n"


def imported(browser, rows):
    file = SimpleUploadedFile("contributions.csv", f"{HEADER}{rows}".encode())
    return browser.confirm(Contribution, browser.upload(Contribution, file))


@pytest.fixture
def figures_of_a_draft():
    """Make figures of an unpublished mission, which a file changes at once."""
    mission, country = make.mission(code="kfor"), make.country(iso3="PRT")
    source = make.source(code="paper")
    return [make.contribution(mission=mission, country=country, source=source, as_of=year) for year in ["2016", "2017"]]


def test_file_of_an_account_marks_nothing_as_checked(admin_as, data_manager, figures_of_a_draft):
    kept, changed = figures_of_a_draft
    kept.mark_checked()
    changed.mark_checked()
    rows = [("2015", 100), ("2016", 100), ("2017", 180)]
    text = "".join(f"kfor,PRT,troops,{year},{number},personnel,paper,yes\n" for year, number in rows)
    browser = admin_as(data_manager)

    preview = browser.upload(Contribution, SimpleUploadedFile("contributions.csv", f"{HEADER}{text}".encode()))
    browser.confirm(Contribution, preview)

    assert "2 rows are called checked in this file, but not on record." in " ".join(preview.text.split())
    assert {figure.as_of: figure.is_checked for figure in Contribution.objects.all()} == {
        "2015": False,
        "2016": True,
        "2017": False,
    }


def test_file_of_an_account_removes_no_mark(admin_as, data_manager, figures_of_a_draft):
    kept, _other = figures_of_a_draft
    kept.mark_checked()

    imported(
        admin_as(data_manager),
        "kfor,PRT,troops,2016,100,personnel,paper,no\nkfor,PRT,troops,2018,1,personnel,paper,no\n",
    )

    assert Contribution.objects.get(as_of="2016").is_checked


def test_command_line_cannot_call_a_figure_checked_whose_only_source_is_unverified(tmp_path):
    make.published_mission(code="kfor")
    make.country(iso3="PRT")
    for code, grade in [("model", "X"), ("paper", "F")]:
        make.source(code=code, grade=grade)
    rows = "".join(f"kfor,PRT,troops,2017,180,personnel,{row}\n" for row in ["paper,yes", "model,yes"])
    (tmp_path / "contributions.csv").write_text(f"{HEADER}{rows}")

    (result,) = load_files([str(tmp_path / "contributions.csv")])

    (refusal,) = result.refusals
    assert (refusal.row, refusal.column, refusal.value) == (3, "checked", "yes")
    assert "An AI-assisted and unverified source alone" in refusal.reason


def test_command_line_calls_nothing_checked_whose_sources_are_all_unverified(tmp_path):
    make.published_mission(code="kfor")
    for code, grade in [("model", "X"), ("other-model", "X"), ("paper", "F")]:
        make.source(code=code, grade=grade)
    rows = [
        ("2001", "", "model;other-model"),
        ("2002", "It opens [@other-model].", "model"),
        ("2003", "", "model;paper"),
        ("2004", "It opens [@paper, p. 3].", "model"),
        ("2005", "It opens [@model].", ""),
    ]
    lines = ["mission,date,kind,title,text,sources,checked"]
    lines += [f'kfor,{date},deployment,It opens,"{text}",{sources},yes' for date, text, sources in rows]
    (tmp_path / "events.csv").write_text("\n".join(lines))

    (result,) = load_files([str(tmp_path / "events.csv")])

    assert {refusal.row for refusal in result.refusals} == {2, 3, 6}
    assert {refusal.column for refusal in result.refusals} == {"checked"}


def test_file_that_leaves_the_sources_alone_is_judged_by_those_on_record(tmp_path):
    event = make.event(mission=make.published_mission(code="kfor"), date="2001", title="It opens")
    event.sources.set([make.source(grade="X"), make.source(grade="X")])
    (tmp_path / "events.csv").write_text("mission,date,title,checked\nkfor,2001,It opens,yes\n")

    (result,) = load_files([str(tmp_path / "events.csv")])

    assert [refusal.column for refusal in result.refusals] == ["checked"]
