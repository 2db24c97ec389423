"""Verifying: somebody else than the writer compares what they see with a passage of a source, and says so."""

import pghistory
import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from missions.models import Contribution, Event, Mission, Objective
from pkportal.changes.models import Change, ChangeSet, Check
from pkportal.changes.review import publish
from pkportal.changes.unchecked import kinds_by_importance, queue_counts, waiting
from tests import make
from tests.editorial.conftest import member
from tests.editorial.pages import messages, verify, verify_url
from tests.editorial.test_every_admin_page import MAKERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def checker(editor):
    """Check what others wrote."""
    return member("checker", "Editor")


@pytest.fixture
def kfor():
    source = make.source(code="paper", title="A paper")
    return make.mission(code="kfor", summary="It has 4,273 people [@paper, p. 7].", sources=[source])


def refused(page):
    return [str(error) for error in page.context["form"].non_field_errors()]


def test_check_says_who_compared_what_with_which_passage(admin_as, checker, kfor):
    page = verify(admin_as(checker), kfor)

    check = Check.objects.get()
    kfor.refresh_from_db()
    assert kfor.is_checked
    assert (check.by, check.source_code, check.place, check.verdict) == (checker, "paper", "p. 7", "right")
    assert (check.kind, check.reference, check.digest) == ("missions.mission", kfor.reference, kfor.checked_digest)
    assert f"“{kfor}”: right." in messages(page)
    assert kfor.history.order_by("pgh_id").last().pgh_context.metadata["act"] == "check"


def test_form_offers_the_passage_that_the_text_names(admin_as, checker, kfor):
    page = admin_as(checker).client.get(verify_url(kfor))

    assert page.context["suggested"] == {"source": "paper", "place": "p. 7"}
    assert [passage.source.title for passage in page.context["passages"]] == ["A paper"]


def test_what_changed_since_it_was_seen_is_not_marked(admin_as, checker, kfor):
    browser = admin_as(checker)
    seen = browser.client.get(verify_url(kfor)).context["digest"]
    Mission.objects.update(summary="It has 5,000 people [@paper, p. 7].")

    page = verify(browser, kfor, digest=seen)

    assert refused(page) == ["It has changed since you opened it, so nothing was marked: read it again."]
    assert not Mission.objects.get().is_checked
    assert not Check.objects.exists()


def test_verdict_is_stored_once_and_one_on_what_others_checked_meanwhile_is_sent_again(admin_as, checker, kfor):
    verify(admin_as(checker), kfor, after="0")
    wrong = {"verdict": "wrong", "note": "It says 4,237."}

    again = verify(admin_as(checker), kfor, after="0")
    meanwhile = verify(admin_as(member("other", "Editor")), kfor, after="0", **wrong)

    assert messages(again) == ["You have said so already.", "There is nothing left here that you can check."]
    assert refused(meanwhile) == [
        "It was checked while you had it open (checker: right). Send yours again if it is to count."
    ]
    assert Mission.objects.get().is_checked
    verify(admin_as(User.objects.get(username="other")), kfor, after=meanwhile.context["after"], **wrong)
    assert [*Check.objects.values_list("by_name", "verdict")] == [("other", "wrong"), ("checker", "right")]
    assert not Mission.objects.get().is_checked


def test_nobody_checks_what_they_wrote(admin_as, editor, checker, kfor):
    admin_as(editor).save(kfor, summary="It has 4,300 people [@paper, p. 7].")
    browser = admin_as(editor)

    page = verify(browser, kfor)

    assert refused(page) == ["You wrote some of this, so somebody else must check it."]
    assert "Right" not in [button.strip() for button in page.text.split("<button")[1:]]
    assert not Mission.objects.get().is_checked
    verify(admin_as(checker), kfor)
    assert Mission.objects.get().is_checked


def test_who_wrote_another_text_that_was_replaced_may_check(admin_as, editor, checker, kfor):
    admin_as(editor).save(kfor, summary="It has 4,300 people.")
    admin_as(checker).save(kfor, summary="It has 4,273 people [@paper, p. 7].")

    assert refused(verify(admin_as(checker), kfor))
    verify(admin_as(editor), kfor)

    assert Mission.objects.get().is_checked


def test_writers_of_a_published_change_set_cannot_check_it_but_its_publisher_can(admin_as, editor, publisher):
    make.source(code="paper")
    kfor = make.published_mission(code="kfor")
    admin_as(editor).save(kfor, summary="It keeps the peace.")
    publish(ChangeSet.objects.get(), publisher)

    assert refused(verify(admin_as(editor), kfor))
    verify(admin_as(publisher), kfor)

    assert Mission.objects.get().is_checked


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({"place": ""}, "Say in which source you read it, and on which page or in which passage."),
        ({"source": ""}, "Say in which source you read it, and on which page or in which passage."),
        ({"other": "nobody"}, "No source has the code “nobody”."),
        ({"other": "model"}, "An AI-assisted and unverified source alone is not enough to call a record checked."),
        ({"verdict": "wrong"}, "Say what is wrong."),
    ],
)
def test_verdict_says_where_it_was_read_or_what_is_wrong(admin_as, checker, kfor, found, reason):
    make.source(code="model", grade="X")

    assert refused(verify(admin_as(checker), kfor, **found)) == [reason]
    assert not Mission.objects.get().is_checked


def test_figure_whose_only_source_is_unverified_cannot_be_checked(admin_as, checker):
    make.source(code="paper")
    figure = make.contribution(source=make.source(grade="X"))

    page = verify(admin_as(checker), figure)

    assert refused(page) == ["An AI-assisted and unverified source alone is not enough to call a record checked."]


def test_record_whose_sources_are_all_unverified_cannot_be_checked_until_one_is_not(admin_as, checker):
    make.source(code="paper")
    browser, event = admin_as(checker), make.event()
    event.sources.set([make.source(code="model", grade="X"), make.source(grade="X")])
    objective = make.objective(met="met", met_source=make.source(grade="X"))

    for record in [event, objective]:
        assert refused(verify(browser, record)) == [
            "An AI-assisted and unverified source alone is not enough to call a record checked."
        ]
    rows = {count.model: count.unverified for count in queue_counts()}
    assert (rows[Event], rows[Objective]) == (1, 1)
    assert event not in waiting(Event)

    Event.objects.update(text="It opens [@paper].")
    assert event in waiting(Event)


def test_what_is_wrong_loses_its_mark_and_says_why_until_it_is_edited(admin_as, checker, editor, kfor):
    kfor.mark_checked()
    browser = admin_as(checker)

    verify(browser, kfor, verdict="wrong", note="Page 7 says 4,237.")

    assert not Mission.objects.get().is_checked
    assert "Wrong, says checker" in browser.get(Mission, "change", kfor.pk).text
    queue = reverse("admin:changes_check_queue", args=["missions.mission"])
    page = browser.client.get(queue)
    assert [(record, check.note) for record, _, check in page.context["wrong"]] == [(kfor, "Page 7 says 4,237.")]
    assert page.context["records"] == []
    admin_as(editor).save(kfor, summary="It has 4,237 people [@paper, p. 7].")
    page = browser.client.get(queue)
    assert page.context["wrong"] == []
    assert [record for record, _ in page.context["records"]] == [kfor]
    assert "it was edited since" in browser.get(Mission, "change", kfor.pk).text


def test_every_kind_that_can_be_checked_has_a_queue_that_leads_to_its_records(admin_as, checker):
    client = admin_as(checker).client
    for model in kinds_by_importance():
        record = MAKERS[model]()

        page = client.get(reverse("admin:changes_check_queue", args=[model._meta.label_lower]))

        assert record in [row for row, _address in page.context["records"]]
        assert client.get(verify_url(record)).status_code == 200


def test_queue_has_public_records_first_then_those_with_the_weakest_source(admin_as, checker):
    draft, public = make.mission(), make.published_mission()
    figures = [
        make.contribution(mission=mission, source=make.source(grade=grade))
        for mission, grade in [(draft, "G"), (public, "A"), (public, "G")]
    ]
    client = admin_as(checker).client

    page = client.get(reverse("admin:changes_check_queue", args=["missions.contribution"]))

    assert [record for record, _ in page.context["records"]] == [figures[2], figures[1], figures[0]]
    kinds = [it["count"] for it in page.context["kinds"]]
    assert (kinds[0].model, kinds[0].waiting, kinds[0].total) == (Mission, 2, 2)
    assert {it.model: it.waiting for it in kinds}[Contribution] == 3


def test_verdict_leads_to_the_next_record_that_somebody_else_wrote(admin_as, checker, kfor):
    make.source(code="other")
    first, own, last = (make.contribution(mission=kfor, quantity=number) for number in (1, 2, 3))
    admin_as(checker).save(own, quantity=20)
    browser = admin_as(checker)

    page = verify(browser, last)

    assert page.redirect_chain[-1][0] == verify_url(first, "?place=1")
    page = verify(browser, first, "?place=1")
    assert "There is nothing left here that you can check." in messages(page)
    assert [*Contribution.objects.filter(is_checked=False)] == [own]


@pytest.mark.parametrize("name", ["data_manager", "staff_without_rights"])
def test_only_who_may_check_opens_the_pages_and_sends_verdicts(request, admin_as, kfor, name):
    client = admin_as(request.getfixturevalue(name)).client

    assert client.get(reverse("admin:changes_check_queue")).status_code == 403
    assert client.get(verify_url(kfor)).status_code == 403
    assert client.post(verify_url(kfor), {"verdict": "right"}).status_code == 403
    assert not Check.objects.exists()


def test_address_of_nothing_is_not_found(admin_as, checker, kfor):
    client = admin_as(checker).client

    assert client.get(verify_url(kfor).replace("missions.mission", "auth.user")).status_code == 404
    assert client.get(verify_url(kfor).replace(kfor.reference, "M-9999")).status_code == 404
    assert client.get(verify_url(kfor, "?change_set=1")).status_code == 404
    assert client.get(verify_url(kfor, "?change_set=x&place=x")).status_code == 404


@pytest.fixture
def draft_event(admin_as, editor):
    """Return the change of a draft that adds an event to a published mission."""
    make.source(code="paper")
    kfor = make.published_mission(code="kfor")
    data = {"mission": kfor.pk, "date": "1999-06-12", "kind": "deployment", "title": "Arrival", "text": "They arrived."}
    admin_as(editor).post(Event, "add", data=data)
    return Change.objects.get()


def test_draft_is_checked_before_it_is_published_and_marked_then(admin_as, checker, publisher, draft_event):
    change_set, record = draft_event.change_set, Event(reference=draft_event.reference)

    page = verify(admin_as(checker), record, f"?change_set={change_set.pk}", source="paper")

    assert page.redirect_chain[-1][0] == reverse("admin:changes_changeset_change", args=[change_set.pk])
    assert not Event.objects.exists()
    publish(change_set, publisher)
    assert Event.objects.get().is_checked


def test_draft_that_was_edited_after_its_check_is_not_marked(admin_as, editor, checker, publisher, draft_event):
    record = Event(reference=draft_event.reference)
    verify(admin_as(checker), record, f"?change_set={draft_event.change_set_id}", source="paper")
    draft_event.cells["text"] = ["", "They came."]
    draft_event.save()

    publish(draft_event.change_set, publisher)

    assert not Event.objects.get().is_checked


def test_writer_cannot_check_a_draft(admin_as, editor, draft_event):
    record = Event(reference=draft_event.reference)

    page = verify(admin_as(editor), record, f"?change_set={draft_event.change_set_id}")

    assert refused(page) == ["You wrote some of this, so somebody else must check it."]


def test_draft_that_cannot_be_saved_yet_leads_back_to_what_is_missing(admin_as, checker, draft_event):
    draft_event.cells["date"] = ["", "soon"]
    draft_event.save()
    record = Event(reference=draft_event.reference)

    page = admin_as(checker).client.get(verify_url(record, f"?change_set={draft_event.change_set_id}"), follow=True)

    assert page.redirect_chain[-1][0] == reverse("admin:changes_changeset_change", args=[draft_event.change_set_id])
    assert messages(page) == ["It cannot be compared yet: mend first what keeps it from being published."]


def test_who_wrote_a_record_that_was_deleted_and_restored_cannot_check_it(admin_as, editor, kfor):
    admin_as(editor).save(kfor, summary="It has 4,300 people [@paper, p. 7].")
    kfor.refresh_from_db()
    reference, fields = kfor.reference, {name: getattr(kfor, name) for name in ["name", "code", "summary"]}
    kfor.delete()

    with pghistory.context(act="publish", writers=[]):
        restored = make.mission(reference=reference, **fields)

    assert refused(verify(admin_as(editor), restored)) == ["You wrote some of this, so somebody else must check it."]
