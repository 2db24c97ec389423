"""Rules of the database are form errors in the admin, in plain words."""

import pytest

from missions.models import Contribution
from tests import make
from tests.editorial.pages import errors, form_data, problems, publish_drafts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make_record", "changes", "reason"),
    [
        (make.mission, {"end_date": "1998"}, "A mission cannot end before it starts."),
        (make.mission, {"start_date": "1999-13"}, "“1999-13” is not a date: write 1999, 1999-06 or 1999-06-12."),
        (make.mission, {"start_date": "01/07/2010"}, "“01/07/2010” may be 1 July 2010 or 7 January 2010: write 2010-"),
        (make.country, {"joined_on": "April 1949"}, "“April 1949” is not a day: write 1999-06-12 or 12 June 1999."),
        (make.country, {"iso2": "i"}, "A two-letter code is two capital letters, such as IT."),
        (make.mission, {"code": "a mission"}, "A code has only letters from A to Z, digits, hyphens and underscores."),
        (make.cost_share, {"share": "101"}, "This must be at most 100."),
        (make.lesson, {"maturity": "lesson-learned"}, "A lesson learned needs the source that shows it."),
    ],
)
def test_broken_rule_is_a_form_error(admin_as, editor, make_record, changes, reason):
    page = admin_as(editor).save(make_record(), **changes)
    assert reason in "; ".join(errors(page))


@pytest.mark.parametrize(
    ("make_record", "changes", "reason"),
    [
        (make.command, {"active_from": "2001", "active_to": "2000-12"}, "A command cannot end before it starts."),
        (make.objective, {"met": "met"}, "Whether an objective was met is said with a source."),
        (make.published_mission, {"summary": "x " * 30_000}, "The text has 60000 characters; it can have 50000."),
    ],
)
def test_broken_rule_keeps_a_draft_from_being_published(admin_as, editor, make_record, changes, reason):
    page = admin_as(editor).save(make_record(), **changes)
    assert reason in problems(page)


def test_dates_are_read_as_people_write_them_in_fields_that_show_them_whole(admin_as, editor):
    mission, country = make.mission(), make.country()
    browser = admin_as(editor)

    browser.save(mission, start_date="June 1999", end_date="12 September 2001")
    browser.save(country, joined_on="4 April 1949")
    publish_drafts()

    mission.refresh_from_db()
    country.refresh_from_db()
    assert (mission.start_date, mission.end_date, str(country.joined_on)) == ("1999-06", "2001-09-12", "1949-04-04")
    for record, name in [(mission, "end_date"), (country, "joined_on")]:
        field = browser.get(type(record), "change", record.pk).context["adminform"].form.fields[name]
        assert int(field.widget.attrs["size"]) >= len("12 September 2001")


def test_command_cannot_report_to_itself(admin_as, editor):
    command = make.command()
    page = admin_as(editor).save(command, parent=command.pk)
    assert len(problems(page)) == 1
    command.refresh_from_db()
    assert command.parent is None


def test_second_figure_of_the_same_source_is_a_form_error(admin_as, editor):
    figure = make.contribution()
    browser = admin_as(editor)

    page = browser.post(Contribution, "add", data=form_data(browser.get(Contribution, "change", figure.pk)))

    assert "This source is already on record with a figure for that." in errors(page)
    assert Contribution.objects.count() == 1


def test_parts_are_edited_on_the_form_of_their_parent(admin_as, editor):
    mission = make.mission()
    new = {
        "objectives-TOTAL_FORMS": "1",
        "objectives-0-order": "1",
        "objectives-0-text": "Keep the peace",
        "objectives-0-met": "",
    }

    page = admin_as(editor).save(mission, **new)

    assert page.redirect_chain
    assert mission.objectives.get().text == "Keep the peace"


def test_editor_cannot_delete_a_part_of_an_unpublished_record_by_an_inline_form(admin_as, editor):
    objective = make.objective(mission=make.mission())

    admin_as(editor).save(objective.mission, **{"objectives-0-DELETE": "on"})

    assert objective.mission.objectives.exists()
