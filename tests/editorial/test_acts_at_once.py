"""Two people who do the same at once, each with a connection of their own: it is done once, and the other is told."""

import re
import threading
from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from missions.models import Event, Mission
from pkportal.changes import review
from pkportal.changes.drafts import Edit, save_draft
from pkportal.changes.models import Action, ChangeSet
from pkportal.changes.moments import point_of
from pkportal.editorial.models import AccountAct
from pkportal.observability.current_request import CurrentRequest, current_request
from pkportal.sources.models import Source
from tests import databases, make
from tests.editorial.pages import admin_url

pytestmark = pytest.mark.django_db
ACTS = "/admin/changes/changeset/{}/act/{}/"


@pytest.fixture
def drafted(transactions):
    """Return a draft of a published mission in review, and two superusers; committed, and removed afterwards."""

    def prepare():
        writer, *people = [User.objects.create_superuser(name) for name in ("writer", "one", "other")]
        mission = make.published_mission(code="kfor", acronym="")
        edit = Edit(Mission, mission.reference, Action.CHANGE, str(mission), {"acronym": ("", "KFOR")})
        change_set = save_draft(mission, [edit], writer)
        review.submit(change_set, writer, "")
        return change_set, people

    def clean():
        databases.emptied(ChangeSet, Event, Mission, Source, Session, AccountAct, LogEntry, User)

    yield transactions(prepare)[0]
    transactions(clean)


@pytest.fixture
def at_once(drafted, transactions):
    """Return a function that lets both send a form to an address at once, and returns what each is told."""
    _change_set, people = drafted

    def both(address, **data):
        start = threading.Barrier(2)

        def send(user):
            client = Client()
            client.force_login(user)
            start.wait(10)
            page = client.post(address, {**data, "reason": f"Because of {user}."}, follow=True)
            return " ".join(re.findall('<li class="(?:success|warning|error|info)">(.*?)</li>', page.text))

        return sorted(transactions(*(partial(send, user) for user in people)))

    return both


def as_the_server_does(get_response):
    """Middleware that does what the web server does before Django has a request."""

    def begin(request):
        current_request.set(CurrentRequest("", ""))
        return get_response(request)

    return begin


@pytest.mark.parametrize(
    ("act", "typed", "done", "state"),
    [
        ("approve", {"and_publish": "1"}, "It is published.", "published"),
        ("publish", {}, "It is published.", "published"),
        ("discard", {}, "It is discarded. It stays on record here.", "discarded"),
    ],
)
def test_of_two_who_do_the_same_with_a_set_one_does_it_and_the_other_is_told(drafted, at_once, act, typed, done, state):
    change_set, _people = drafted

    told = at_once(ACTS.format(change_set.pk, act), **typed)

    assert told == [f"{change_set.number} is {state} meanwhile.", done]
    assert change_set.log.filter(act=state).count() == 1


def test_who_acts_while_the_mail_server_fails_is_told_who_got_no_mail(drafted, at_once, transactions, settings):
    change_set, _people = drafted
    settings.MIDDLEWARE = [f"{__name__}.as_the_server_does", *settings.MIDDLEWARE]
    transactions(lambda: User.objects.filter(username="writer").update(email="writer@example.org"))
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1

    told = at_once(ACTS.format(change_set.pk, "comment"))

    unsent = "It is done, but no mail about it could be sent to writer: tell them yourself."
    assert told == [f"{unsent} Your comment is on the page."] * 2


def test_of_two_who_withdraw_a_record_one_does_it_and_the_other_is_told(drafted, at_once):
    mission = Mission.objects.get()

    told = at_once(admin_url(Mission, "withdraw", mission.pk))

    clash = f"{mission}: {mission.reference}: Why it was withdrawn: Somebody else changed this meanwhile."
    assert told == ["1 record was withdrawn.", clash]
    assert ChangeSet.objects.filter(state="published").count() == 1


def test_two_who_undo_a_set_or_restore_an_earlier_state_share_the_draft(drafted, at_once, transactions):
    change_set, (one, _other) = drafted
    transactions(partial(review.publish, change_set, one))
    mission = Mission.objects.get()
    before = mission.history.earliest("pgh_id").pgh_created_at

    told = at_once(ACTS.format(change_set.pk, "undo"))
    draft = ChangeSet.objects.open().get()
    transactions(partial(review.discard, draft, one))
    told += at_once(f"{admin_url(Mission, 'compare', mission.pk)}?from={point_of(before)}", everything="1")
    restored = ChangeSet.objects.open().get()

    undoes = f"{draft.number} undoes {change_set.number}. Readers see no change until it is published."
    earlier = f"The earlier state is in the draft {restored.number}. Readers see no change until it is published."
    assert told == [undoes, undoes, earlier, earlier]


def test_two_who_undo_a_set_without_a_record_share_the_draft(drafted, at_once, transactions):
    def published():
        of_file = ChangeSet.objects.create(title="missions.csv", state="published")
        change = {"kind": "missions.mission", "reference": Mission.objects.get().reference, "action": "change"}
        of_file.changes.create(**change, cells={"acronym": ["KFOR", ""]})
        return of_file

    of_file = transactions(published)[0]

    told = at_once(ACTS.format(of_file.pk, "undo"))

    draft = ChangeSet.objects.get(undoes=of_file)
    assert told == [f"{draft.number} undoes {of_file.number}. Readers see no change until it is published."] * 2


def test_of_two_who_restore_a_deleted_record_one_does_it_and_the_other_is_told(drafted, at_once, transactions):
    def deleted():
        mission = make.mission(name="Lost")
        mission.delete()
        return mission.reference

    told = at_once(admin_url(Mission, "restore", transactions(deleted)[0]))

    assert told == ["“Lost” is on record.", "“Lost” is restored, with its parts and links."]


def test_two_who_restore_what_readers_saw_share_the_draft(drafted, at_once, transactions):
    def deleted():
        source = make.source()
        source.delete()
        return source.reference

    told = at_once(admin_url(Source, "restore", transactions(deleted)[0]))

    number = ChangeSet.objects.get(root_kind="sources.source").number
    words = "It is to be added again: the draft {} says so. Readers see it once that is published."
    assert told == [words.format(number)] * 2
