"""Records that are named and not on record: a file, a text or a draft that names one is told what became of it."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from missions.models import Contribution, Event, Mandate
from pkportal.changes import review
from pkportal.changes.absent_records import explain_absent
from pkportal.changes.applying import problems_of
from pkportal.changes.drafts import drop
from pkportal.changes.models import ChangeSet
from pkportal.content.history import own_context
from pkportal.sources.models import Source
from tests import make
from tests.editorial.imports import csv, refusals_on
from tests.editorial.pages import errors
from tests.editorial.test_waiting_records import SOURCE, add, added_set

pytestmark = pytest.mark.django_db
ARRESTS = {"date": "1997-07-10", "kind": "deployment", "title": "First arrests"}


@pytest.fixture
def mission():
    return make.published_mission(code="sfor", name="Stabilisation Force", start_date="1996-12-20")


@pytest.fixture
def report(admin_as, editor):
    """Have a source that waits in a draft."""
    return added_set(admin_as(editor), Source, **SOURCE)


@pytest.fixture
def refused_by_load(tmp_path, capsys):
    """Load a file by the command, and return what it says."""

    def load(name, content):
        (tmp_path / f"{name}.csv").write_text(content)
        with pytest.raises(CommandError):
            call_command("load", str(tmp_path / f"{name}.csv"))
        return capsys.readouterr().err

    return load


def on_this_day(name):
    return f"by {name} on {timezone.localdate():%-d %B %Y}"


def change_code(browser, change_set, code):
    """Give a record that waits another code."""
    add(browser, Source, f"?draft_row={change_set.changes.get().reference}", code=code)


def test_file_that_names_what_waits_is_told_where(admin_as, data_manager, refused_by_load, mission, report):
    make.country(iso3="ITA")
    header = "mission,country,kind,as_of,quantity,unit,source,note\n"
    row = "sfor,ITA,troops,1997-02,551,personnel,{},{}\n"
    file = header + row.format("force-report", "") + row.format("force-reports", "")
    waits = f"It waits in {report.number} (draft, begun by editor): publish that first."
    reference = report.changes.get().reference

    page = admin_as(data_manager).upload(Contribution, csv(file))
    assert refusals_on(page) == [
        (2, "source", "force-report", f"No source has the code “force-report”. {waits}"),
        (3, "source", "force-reports", "No source has the code “force-reports”."),
    ]
    assert f"No source has the code “force-report”. {waits}" in refused_by_load("contributions", file)
    cites = "mission,date,kind,title,text\nsfor,1997-07-10,deployment,Arrests,Two [@force-report].\n"
    assert f'No source has the code "force-report". {waits}' in refused_by_load("events", cites)
    named = f"reference,code,title,kind\n{reference},another,Another,report\n"
    assert f"No source has the reference “{reference}”. {waits}" in refused_by_load("sources", named)
    added = admin_as(data_manager).upload(Source, csv("code,title,kind\nforce-report,Report,report\n"))
    assert [*added.context["drafted"]] == [report]


def test_code_that_was_changed_while_it_waited_leads_to_the_new_one(admin_as, editor, publisher, mission, report):
    browser = admin_as(editor)
    event = added_set(browser, Event, mission=mission.pk, sources=["code:force-report"], **ARRESTS)
    change_code(browser, report, "force-1997")
    changed = f"No source has the code “force-report”. Its code is “force-1997” now, changed {on_this_day('editor')}."
    waits = f"It waits in {report.number} (draft, begun by editor): publish that first."

    problems = {problem.column: problem.message for problem in problems_of(event)}
    assert problems["sources"] == f"{changed} {waits}"
    assert "changed the code" in browser.get(ChangeSet, "change", report.pk).text
    review.publish(report, publisher)

    assert {problem.column: problem.message for problem in problems_of(event)}["sources"] == changed


def test_record_that_was_returned_left_out_or_deleted_says_by_whom(admin_as, editor, publisher, report):
    review.submit(report, editor, "")
    review.ask_for_changes(report, publisher, "Which edition?")
    assert explain_absent(Source, ["Report of the Force"]) == {
        "Report of the Force": f"It waits in {report.number} (begun by editor, changes asked for "
        f"{on_this_day('publisher')}): publish that first."
    }

    drop(report, [report.changes.get().reference], editor)
    left_out = f"It was left out of {report.number} {on_this_day('editor')}."
    assert explain_absent(Source, ["force-report"]) == {"force-report": left_out}
    gone = make.source(code="gone")
    with own_context(user=publisher.pk):
        gone.delete()
    deleted = f"It was deleted {on_this_day('publisher')}."
    assert explain_absent(Source, ["gone", gone.reference, "never"]) == {"gone": deleted, gone.reference: deleted}


def test_event_that_only_cites_what_waits_is_a_draft(admin_as, editor, mission, report):
    change_set = added_set(admin_as(editor), Event, mission=mission.pk, text="Two [@force-report].", **ARRESTS)

    assert [problem.needs for problem in problems_of(change_set) if problem.needs] == [report]


def test_sets_that_would_wait_for_each_other_are_refused_and_those_that_do_say_so(admin_as, editor, mission):
    browser, other = admin_as(editor), make.published_mission(code="ifor", name="Implementation Force")
    values = {"kind": "agreement", "adopted": "1996-12-01", "availability": "text", "chapter": "none"}
    first = added_set(browser, Mandate, mission=mission.pk, code="plan-1", symbol="P1", title="One", **values)
    named = {"derives_from": "code:plan-1"}
    second = added_set(browser, Mandate, mission=other.pk, code="plan-2", symbol="P2", title="Two", **values, **named)
    circle = {"mission": mission.pk, "code": "plan-3", "symbol": "P3", "title": "Three", "derives_from": "code:plan-2"}

    page = add(browser, Mandate, **circle, **values)
    assert errors(page) == [
        f"“P2: Two” waits in {second.number}, which waits for {first.number} itself: leave it out for now."
    ]

    change = first.changes.get()  # as it is saved in two windows at once
    change.cells["derives_from"] = ["", "plan-2"]
    change.save()
    for change_set, title in [(first, "P2: Two"), (second, "P1: One")]:
        (problem,) = [it for it in problems_of(ChangeSet.objects.get(pk=change_set.pk)) if it.needs]
        assert problem.message.startswith(
            f"“{title}” waits in {problem.needs.number}, and that waits for this set too."
        )
