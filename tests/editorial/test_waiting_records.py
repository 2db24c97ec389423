"""Records that wait: a draft may name one that another draft is to add, and is published after it or with it."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from missions.models import Contribution, Event
from pkportal.changes import review
from pkportal.changes.applying import NotApplicable, problems_of
from pkportal.changes.models import ChangeSet
from pkportal.changes.schedule import publish_due
from pkportal.sources.models import Source
from tests import make
from tests.editorial.pages import admin_url, errors, form_data, messages

pytestmark = pytest.mark.django_db
WAITS = "“Report of the Force” waits in {0.number}: publish that first."
SOURCE = {"code": "force-report", "title": "Report of the Force", "kind": "report", "grade": "C", "publisher": "SFOR"}


@pytest.fixture
def mission():
    return make.published_mission(code="sfor", name="Stabilisation Force", start_date="1996-12-20")


def add(browser, model, query="", **values):
    """Send the form of a new record, as it is filled in at first, with some values."""
    page = browser.client.get(admin_url(model, "add") + query)
    return browser.post(model, "add", data={**form_data(page), **values}, query=query)


def added_set(browser, model, **values):
    """Return the change set that a new record waits in."""
    page = add(browser, model, **values)
    assert "change_set" in page.context, errors(page)
    return page.context["change_set"]


@pytest.fixture
def report(admin_as, editor):
    """Have a source that waits in a draft."""
    return added_set(admin_as(editor), Source, **SOURCE)


@pytest.fixture
def event(admin_as, editor, mission, report):
    """Have an event that waits too, and names the source and cites it."""
    values = {"mission": mission.pk, "date": "1997-07-10", "kind": "deployment", "title": "First arrests"}
    return added_set(admin_as(editor), Event, **values, sources=["code:force-report"], text="Two [@force-report].")


def act(browser, change_set, act, **data):
    return browser.client.post(reverse("admin:changes_changeset_act", args=[change_set.pk, act]), data, follow=True)


def test_draft_names_a_source_that_waits_and_says_what_must_be_published_first(admin_as, editor, report, event):
    browser = admin_as(editor)

    page = browser.get(ChangeSet, "change", event.pk)
    problems = {(problem.column, problem.message) for problem in page.context["problems"]}
    assert problems >= {("sources", WAITS.format(report)), ("text", WAITS.format(report))}
    assert f'<a href="{admin_url(ChangeSet, "change", report.pk)}">{report}</a>' in page.text
    assert f"Report of the Force (force-report), waits in {report.number}" in page.text

    (change,) = event.changes.all()
    preview = browser.client.get(reverse("admin:changes_changeset_preview_page", args=[event.pk, change.reference]))
    assert preview.status_code == 200
    assert "Report of the Force" in preview.text
    form = browser.client.get(admin_url(Event, "add"), {"draft_row": change.reference}).context["adminform"].form
    assert f"selected>Report of the Force (force-report), waits in {report.number}</option>" in str(form["sources"])


def test_draft_is_published_after_the_source_that_it_waits_for(editor, publisher, report, event):
    with pytest.raises(NotApplicable, match="publish that first"):
        review.publish(event, publisher)
    review.publish(report, publisher)

    review.publish(event, publisher)

    assert Event.objects.get().sources.get().code == "force-report"


def test_draft_and_what_it_waits_for_are_published_together(admin_as, publisher, report, event):
    browser = admin_as(publisher)

    page = act(browser, event, "publish", with_needed="on")

    assert messages(page) == ["It is published."]
    assert Event.objects.get().sources.get().title == "Report of the Force"
    assert {it.state for it in ChangeSet.objects.all()} == {"published"}


def test_drafts_that_are_due_are_published_in_the_order_in_which_they_can_be(editor, publisher, report, event):
    for change_set in (event, report):
        review.submit(change_set, editor, "")
        review.approve(change_set, publisher, publish_at=timezone.now())

    results = publish_due()

    assert [(result.change_set.pk, result.reasons) for result in results] == [(report.pk, []), (event.pk, [])]


def test_draft_whose_source_was_discarded_says_so_and_keeps_what_was_typed(admin_as, editor, report, event):
    review.discard(report, editor, "Not needed.")
    browser = admin_as(editor)
    (change,) = event.changes.all()

    page = browser.get(ChangeSet, "change", event.pk)
    text = (
        f"“Report of the Force” is not on record: {report.number}, which was to add it, was discarded by editor on "
        f"{timezone.localdate():%-d %B %Y} (“Not needed.”)."
    )
    assert text in [problem.message for problem in page.context["problems"]]
    add(browser, Event, f"?draft_row={change.reference}", title="The first arrests")

    change.refresh_from_db()
    assert change.cells["title"][1] == "The first arrests"
    assert change.cells["sources"][1] == "force-report"


def test_figure_and_a_row_on_the_page_of_the_mission_name_what_waits(admin_as, editor, mission, report):
    browser, italy = admin_as(editor), make.country(iso3="ITA", name="Italy")
    values = {
        "country": italy.pk,
        "as_of": "1997-01-10",
        "quantity": "900",
        "unit": "personnel",
        "kind": "troops",
        "source": "code:force-report",
    }

    added_set(browser, Contribution, mission=mission.pk, **values)
    change = ChangeSet.objects.of_root(mission).get().changes.get()
    row = f"?draft_row={change.reference}"
    add(browser, Contribution, row, quantity="950")
    objective = make.objective(mission=mission)
    browser.save(mission, **{"objectives-0-met": "partly", "objectives-0-met_source": "code:force-report"})
    browser.save(mission, **{"objectives-0-text": "Keep it"})

    change.refresh_from_db()
    of_objective = change.change_set.changes.get(reference=objective.reference).cells
    assert (of_objective["met_source"][1], of_objective["text"][1]) == ("force-report", "Keep it")
    assert (change.cells["source"][1], change.cells["quantity"][1]) == ("force-report", "950")
    assert {problem.message for problem in problems_of(change.change_set)} == {WAITS.format(report)}


def test_form_that_was_open_while_the_source_was_published_is_saved(admin_as, editor, publisher, report, event):
    browser = admin_as(editor)
    (change,) = event.changes.all()
    query = f"?draft_row={change.reference}"
    page = browser.client.get(admin_url(Event, "add") + query)
    review.publish(report, publisher)

    browser.post(Event, "add", data={**form_data(page), "title": "The first arrests"}, query=query)

    change.refresh_from_db()
    assert (change.cells["title"][1], change.cells["sources"][1]) == ("The first arrests", "force-report")


def test_record_that_is_saved_at_once_cannot_name_one_that_waits(admin_as, editor, report):
    begun, browser = make.mission(code="ifor", name="Implementation Force"), admin_as(editor)
    values = {"mission": begun.pk, "date": "1996-01-10", "kind": "deployment", "title": "In"}
    log = f"“Report of the Force” waits in {report.number}: it can be chosen here once that is published."

    event = make.event(mission=begun)
    for page in [
        add(browser, Event, **values, sources=["code:force-report"]),
        browser.save(event, sources=["code:force-report"]),
        browser.save(begun, sources=["code:force-report"]),
    ]:
        assert log in errors(page)


def test_choice_of_what_was_never_to_be_added_is_refused(admin_as, editor, mission, report):
    values = {"mission": mission.pk, "date": "1997-07-10", "kind": "deployment", "title": "First arrests"}

    page = add(admin_as(editor), Event, **values, sources=["code:another\x00", "code:"])

    assert errors(page) == ["No source has the code “another”."]


def test_source_that_is_added_from_a_form_is_chosen_there(admin_as, editor):
    browser = admin_as(editor)

    page = add(browser, Source, "?_popup=1", **SOURCE, _popup="1")

    chosen = json.loads(page.context["popup_response_data"])
    number = ChangeSet.objects.get().number
    text = f"Report of the Force (force-report), waits in {number}"
    assert chosen == {"value": "code:force-report", "obj": text}
    link = browser.client.get(admin_url(Source, "change", "code:force-report"))
    assert link.url.startswith(admin_url(Source, "add") + "?draft_row=SRC-")


def test_source_that_waits_can_be_cited(admin_as, editor, report):
    page = admin_as(editor).client.get(reverse("source_choices"), {"q": "force"})

    assert page.json()["sources"][0]["code"] == "force-report"
