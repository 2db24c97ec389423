"""Mail about reviews: to those whom an act concerns, if they want it, and never in the way of the act."""

import pytest
from django.core import mail

from pkportal.changes import review
from pkportal.changes.problems import NotApplicable
from pkportal.changes.schedule import give_back
from tests import make
from tests.editorial.conftest import member
from tests.editorial.pages import write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(editor, publisher):
    """The editor and the publisher with their addresses, and a second publisher without one."""
    member("silent", "Publisher")
    for account in (editor, publisher):
        account.email = f"{account.username}@example.org"
        account.save()
    return editor, publisher


@pytest.fixture
def draft(people):
    mission = make.published_mission(name="Kosovo\nForce")
    return write_draft(people[0], mission, summary="It kept the peace for long.")


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """Return a function that does something and returns to whom it sent mails, and about what."""

    def sent(function, *args, **options):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            function(*args, **options)
        return [(message.to, message.subject) for message in mail.outbox]

    return sent


def test_each_act_is_mailed_to_those_whom_it_concerns(mails, draft, people):
    editor, publisher = people
    title = f"{draft.number} Kosovo Force"

    assert mails(review.submit, draft, editor, "Please") == [(["publisher@example.org"], f"{title} waits for review")]
    assert "Please" in mail.outbox[0].body
    assert f"https://localhost/admin/changes/changeset/{draft.pk}/change/" in mail.outbox[0].body
    assert mails(review.assign, draft, editor, publisher, None) == [
        (["publisher@example.org"], f"{title} is assigned to you")
    ]
    assert mails(review.ask_for_changes, draft, publisher, "Why?") == [
        (["editor@example.org"], f"Changes are asked for: {title}")
    ]
    review.submit(draft, editor, "")
    assert mails(review.publish, draft, publisher) == [(["editor@example.org"], f"Published: {title}")]
    assert mails(give_back, draft, ["It clashes."]) == [(["editor@example.org"], f"Not published at its time: {title}")]


def test_whoever_turns_a_mail_off_does_not_get_it(mails, draft, people, client):
    editor, publisher = people
    client.force_login(publisher)

    client.post("/admin/mail/", {"answers": "on", "keep": "Save"})

    assert mails(review.submit, draft, editor, "") == []
    assert not client.get("/admin/mail/").context["form"]["review_requests"].value()


def test_mail_server_that_fails_is_logged_and_the_act_is_done(mails, draft, people, settings, caplog):
    editor, _publisher = people
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1

    mails(review.submit, draft, editor, "")

    draft.refresh_from_db()
    assert draft.state == "in_review"
    assert "mail not sent" in caplog.text


def test_what_is_taken_back_is_not_mailed(mails, draft, people):
    def fail():
        review.publish(draft, people[1])

    draft.changes.update(cells={"summary": ["Something else", "Mine"]})

    with pytest.raises(NotApplicable):
        mails(fail)

    assert mail.outbox == []
