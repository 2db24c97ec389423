"""Publication and withdrawal are change sets: four eyes hold for new records too, and readers learn why one is gone."""

import datetime
import threading
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from lessons.models import Topic
from missions.models import Mission
from pkportal.changes import review
from pkportal.changes.models import ChangeSet
from pkportal.changes.publication import propose_publication
from pkportal.changes.writers import writers_of
from pkportal.content.history import own_context
from pkportal.sources.models import Source
from tests import databases, make
from tests.editorial.conftest import member
from tests.editorial.pages import admin_url, form_data, messages, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def contributor(db):
    return member("contributor", "Contributor")


@pytest.fixture
def written(admin_as, editor):
    """A mission that the editor wrote, and nobody has published."""
    mission = make.mission(code="new-force", name="New Force")
    admin_as(editor).save(mission, summary="It is new.")
    return mission


def test_who_wrote_nothing_publishes_by_the_action_and_a_change_set_is_on_record(admin_as, publisher, editor, written):
    page = admin_as(publisher).run_action("publish", written)

    assert messages(page) == ["1 record was published."]
    change_set = ChangeSet.objects.get()
    assert (change_set.state, change_set.published_by, change_set.writers) == ("published", publisher, [editor.pk])
    assert change_set.changes.get().cells == {"status": ["draft", "published"]}
    assert not change_set.lacks_second_reader


def test_every_writer_of_a_record_its_links_and_its_parts_counts(admin_as, editor, publisher, written):
    checker, other = member("checker", "Publisher"), member("other", "Editor")
    admin_as(publisher).save(make.event(mission=written), title="Arrival")
    admin_as(other).save(make.appointment(command=make.command(mission=written)), person="General One")
    verify(admin_as(checker), written)

    assert writers_of(written) == sorted([editor.pk, publisher.pk, other.pk])


def test_who_writes_after_it_was_sent_to_review_counts_too(admin_as, editor, publisher, written):
    change_set = propose_publication(written, editor)
    with own_context(user=publisher.pk):  # by a page that had asked a moment before whether a draft is open
        make.event(mission=written)

    with pytest.raises(ValidationError, match="Say why you publish your own work"):
        review.publish(change_set, publisher)


def test_own_new_record_is_not_published_by_a_click(admin_as, publisher):
    mission = make.mission()
    browser = admin_as(publisher)
    browser.save(mission, summary="Mine.")

    page = browser.run_action("publish", mission)

    own = ChangeSet.objects.get()
    mission.refresh_from_db()
    assert mission.status == "draft"
    assert page.redirect_chain[-1][0] == f"/admin/changes/changeset/{own.pk}/change/"
    assert messages(page)[0].startswith("You wrote some of “")


def test_with_required_review_own_new_record_waits_for_somebody_else(admin_as, publisher, settings):
    settings.REVIEW = "required"
    mission = make.mission(name="Mine")
    browser = admin_as(publisher)
    browser.save(mission, summary="Mine.")

    page = browser.run_action("publish", mission)
    assert "somebody else must approve it" in messages(page)[0]
    other = member("other", "Publisher")
    admin_as(other).run_action("publish", mission)

    mission.refresh_from_db()
    assert mission.status == "published"


def test_contributor_sends_a_new_record_to_review_from_its_form(admin_as, contributor, publisher):
    browser = admin_as(contributor)
    with own_context(user=contributor.pk):
        mission = make.mission()
    form = browser.get(Mission, "change", mission.pk)
    assert ("_review" in form.text, "_publish" in form.text) == (True, False)

    browser.save(mission, summary="For review.", _review="1")

    change_set = ChangeSet.objects.get()
    assert (change_set.state, change_set.writers) == ("draft", [contributor.pk])
    browser.save(mission, summary="Once more.")  # from now on what is saved waits too
    mission.refresh_from_db()
    assert mission.summary == "For review."
    browser.client.post(f"/admin/changes/changeset/{change_set.pk}/act/submit/", {"note": ""})
    admin_as(publisher).run_action("publish", mission)
    mission.refresh_from_db()
    assert (mission.status, mission.summary) == ("published", "Once more.")


def test_publisher_publishes_from_the_form_what_others_wrote(admin_as, publisher, written):
    browser = admin_as(publisher)
    data = form_data(browser.get(Mission, "change", written.pk))

    page = browser.post(Mission, "change", written.pk, data={**data, "summary": "Also mine.", "_publish": "1"})

    assert "You wrote some of" in messages(page)[0]
    written.refresh_from_db()
    assert (written.status, written.summary) == ("draft", "Also mine.")


def test_button_to_publish_sent_by_an_editor_publishes_nothing(admin_as, editor, written):
    admin_as(editor).save(written, _publish="1")

    written.refresh_from_db()
    assert written.status == "draft"


def test_record_dated_to_come_is_published_now_and_the_message_says_so(admin_as, publisher, client):
    later = timezone.make_aware(datetime.datetime(2090, 1, 1, 9))
    mission = make.published_mission(code="later", name="Later Force", published_at=later)

    page = admin_as(publisher).run_action("publish", mission)

    assert messages(page) == [
        "“Later Force” was dated 1 January 2090, 09:00. Readers see it from now on.",
        "1 record was published.",
    ]
    assert client.get("/missions/later/").status_code == 200


def test_withdrawal_asks_for_a_reason(admin_as, publisher):
    mission = make.published_mission()
    browser = admin_as(publisher)

    browser.run_action("withdraw", mission)
    page = browser.withdraw(mission, reason=" ")

    assert page.context["form"].errors == {"reason": ["This cannot be blank."]}
    mission.refresh_from_db()
    assert mission.status == "published"


@pytest.mark.parametrize(
    ("moved_to", "problem"),
    [
        ("M-9999", "No record has the reference M-9999."),
        ("javascript:alert(1)", "Write a permanent reference, such as M-0012, or an address"),
        ("//elsewhere.example", "Write a permanent reference, such as M-0012, or an address"),
        ("/missions/kfor/", "This is the record that is withdrawn."),
    ],
)
def test_place_that_readers_cannot_be_led_to_is_refused(admin_as, publisher, moved_to, problem):
    mission = make.published_mission(code="kfor")

    page = admin_as(publisher).withdraw(mission, moved_to=moved_to)

    assert problem in str(page.context["form"].errors["moved_to"])


def test_reason_of_a_withdrawal_can_be_said_better(admin_as, publisher, editor, client):
    topic = make.published_topic(code="gap")
    browser = admin_as(publisher)
    browser.withdraw(topic, reason="Wrong.")
    address = admin_url(Topic, "withdraw", topic.pk)

    form = browser.client.get(address).context["form"]
    same = browser.client.post(address, {"reason": "Wrong."}, follow=True)
    page = browser.client.post(address, {"reason": "It counted a battalion twice."}, follow=True)

    assert form["reason"].value() == "Wrong."
    assert [messages(it) for it in (same, page)] == [
        [f"{topic}: Nothing was changed."],
        ["Readers see the new reason."],
    ]
    assert "It counted a battalion twice." in client.get("/topics/gap/").text
    admin_as(editor).client.post(address, {"reason": "Mine."})
    assert ChangeSet.objects.open().get().changes.get().cells == {
        "withdrawal_reason": ["It counted a battalion twice.", "Mine."]
    }


def test_withdrawal_is_a_change_set_that_a_second_person_still_has_to_read(admin_as, publisher, editor):
    mission = make.published_mission(summary="It keeps the peace.")
    admin_as(editor).save(mission, summary="A draft that is open.")

    admin_as(publisher).withdraw(mission, reason="It was counted twice.")

    mission.refresh_from_db()
    assert (mission.status, mission.withdrawal_reason) == ("withdrawn", "It was counted twice.")
    assert [(it.published_by, it.own_work_reason) for it in ChangeSet.objects.unread()] == [
        (publisher, "It was counted twice.")
    ]
    assert ChangeSet.objects.open().get().opened_by == editor  # whose draft is still there


def test_editor_proposes_a_withdrawal_and_a_publisher_publishes_it(admin_as, editor, publisher):
    mission = make.published_mission()
    address = admin_url(Mission, "withdraw", mission.pk)

    admin_as(editor).client.post(address, {"reason": "It was wrong."})

    mission.refresh_from_db()
    change_set = ChangeSet.objects.get()
    assert (mission.status, change_set.state) == ("published", "draft")
    admin_as(publisher).client.post(f"/admin/changes/changeset/{change_set.pk}/act/publish/", {})
    mission.refresh_from_db()
    assert (mission.status, mission.withdrawal_reason) == ("withdrawn", "It was wrong.")


def test_with_required_review_a_publisher_proposes_a_withdrawal_too(admin_as, publisher, settings):
    settings.REVIEW = "required"
    mission = make.published_mission()

    admin_as(publisher).withdraw(mission)

    mission.refresh_from_db()
    assert (mission.status, ChangeSet.objects.get().state) == ("published", "draft")


def test_withdrawn_record_is_published_again_without_what_was_said_of_its_withdrawal(admin_as, publisher):
    topic = make.topic()
    make.published(topic)
    browser = admin_as(publisher)
    browser.withdraw(topic, reason="It was wrong.", moved_to="/topics/")

    browser.run_action("publish", Topic.objects.get())

    topic.refresh_from_db()
    assert (topic.status, topic.withdrawal_reason, topic.moved_to) == ("published", "", "")


@pytest.fixture
def committed(transactions):
    """A set that publishes a mission, and two publishers; all of it is committed, and removed afterwards."""

    def prepare():
        users = [User.objects.create_superuser(name) for name in ("one", "other")]
        return propose_publication(make.mission(), users[0]), users

    def clean():
        databases.emptied(ChangeSet, Mission, Source, User)

    yield transactions(prepare)[0]
    transactions(clean)


def test_of_two_who_publish_at_the_same_time_one_does_and_the_other_is_told(committed, transactions):
    change_set, users = committed
    start = threading.Barrier(2)

    def publish(user):
        start.wait(10)
        try:
            review.publish(ChangeSet.objects.get(pk=change_set.pk), user)
        except ValidationError as error:
            return error.messages[0]
        return "published"

    told = transactions(*(partial(publish, user) for user in users))

    assert sorted(told) == [f"{change_set.number} is published meanwhile.", "published"]
    assert Mission.objects.get().status == "published"
    assert change_set.log.filter(act="published").count() == 1
