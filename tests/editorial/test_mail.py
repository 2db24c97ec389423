"""Mail about reviews: to those whom an act concerns, if they want it, and never in the way of the act."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

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
    assert mails(review.comment, draft, publisher, "Which page?", draft.root_reference, "summary") == [
        (["editor@example.org"], f"Comment on {title}")
    ]
    assert f"publisher: commented {draft.root_reference} summary" in mail.outbox[0].body
    assert mails(review.comment, draft, editor, "Page 7.") == [(["publisher@example.org"], f"Comment on {title}")]
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


class Refusing(BaseEmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, email_messages):
        """Refuse what is for it, and keep the rest where tests find it."""
        if any("nobody@example.org" in message.to for message in email_messages):
            raise SMTPRecipientsRefused({"nobody@example.org": (550, b"No such user")})
        mail.outbox.extend(email_messages)


def test_mail_that_is_refused_does_not_stop_those_to_others(mails, draft, people, settings, caplog):
    User.objects.filter(username="silent").update(email="nobody@example.org")
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"

    assert [to for to, _subject in mails(review.submit, draft, people[0], "")] == [["publisher@example.org"]]
    assert caplog.text.count("mail not sent") == 1


def test_writers_hear_that_their_draft_was_discarded(mails, draft, people):
    editor, publisher = people

    assert mails(review.discard, draft, publisher, "Not needed") == [
        (["editor@example.org"], f"Discarded: {draft.number} Kosovo Force")
    ]
    assert mails(review.comment, draft, editor, "A pity.") == []


def test_what_is_taken_back_is_not_mailed(mails, draft, people):
    def fail():
        review.publish(draft, people[1])

    draft.changes.update(cells={"summary": ["Something else", "Mine"]})

    with pytest.raises(NotApplicable):
        mails(fail)

    assert mail.outbox == []
