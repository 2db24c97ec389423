"""Mail about reviews: sent after the act is stored, to those whom it concerns and who want it.

A mail server that fails never stands in the way of an act: it is logged, and whoever acted is told who got no mail.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.changes.models import Act, ChangeSet, LogItem
from pkportal.changes.review import may_approve
from pkportal.observability.current_request import current_request

from .addresses import change_set_address

_log = logging.getLogger("pkportal.mail")


class ReviewMail(NamedTuple):
    """A mail about an act: the field of ``MailChoice`` that turns it off, and its subject."""

    choice: str
    subject: str


REVIEW_MAILS = {
    Act.SUBMITTED: ReviewMail("review_requests", gettext_lazy("%(set)s waits for review")),
    Act.ASSIGNED: ReviewMail("review_requests", gettext_lazy("%(set)s is assigned to you")),
    Act.RETURNED: ReviewMail("answers", gettext_lazy("Changes are asked for: %(set)s")),
    Act.DISCARDED: ReviewMail("answers", gettext_lazy("Discarded: %(set)s")),
    Act.COMMENTED: ReviewMail("comments", gettext_lazy("Comment on %(set)s")),
    Act.PUBLISHED: ReviewMail("publications", gettext_lazy("Published: %(set)s")),
    Act.FAILED: ReviewMail("failures", gettext_lazy("Not published at its time: %(set)s")),
}


def mail_later(sender, instance: LogItem, created: bool, **kwargs) -> None:
    """Send the mails about an act once it is stored. Receiver of ``post_save`` of the log of change sets."""
    if created and instance.act in REVIEW_MAILS:
        transaction.on_commit(partial(send_mails, instance.pk), robust=True)


def send_mails(pk: int) -> None:
    """Send the mails about an act that is in the log; one that is refused does not stop the others."""
    item = LogItem.objects.select_related("change_set__assigned_to", "by").get(pk=pk)
    accounts = recipients(item)
    unsent = [*accounts]
    if accounts:
        with failure_logged(item), get_connection() as connection:
            for account in accounts:
                with failure_logged(item):
                    connection.send_messages([mail_to(account, item)])
                    unsent.remove(account)
    if unsent:
        tell_who_acted(item, unsent)


@contextmanager
def failure_logged(item: LogItem) -> Iterator[None]:
    """Log a mail server that cannot be reached or refuses a mail; ``UnicodeError`` is raised for some addresses."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        _log.error("mail not sent", {"act": item.act, "number": item.change_set.number, "error": error})


def tell_who_acted(item: LogItem, unsent: list[User]) -> None:
    """Name those who got no mail, on the next page of whoever acted."""
    current = current_request.get()
    request = current.django_request if current else None
    if request is not None and item.by_id == request.user.pk:
        words = {"who": get_text_list([account.get_username() for account in unsent], _("and"))}
        text = _("It is done, but no mail about it could be sent to %(who)s: tell them yourself.")
        messages.warning(request, text % words, fail_silently=True)


def recipients(item: LogItem) -> list[User]:
    """Return the accounts that an act concerns, but for whoever did it: those with an address who want its mails."""
    choice = REVIEW_MAILS[Act(item.act)].choice
    wanted = Q(mail_choice=None) | Q(**{f"mail_choice__{choice}": True})
    accounts = User.objects.filter(wanted, is_active=True, is_staff=True).exclude(email="").exclude(pk=item.by_id)
    change_set = item.change_set
    if item.act not in (Act.SUBMITTED, Act.ASSIGNED):
        reader = change_set.assigned_to_id if item.act == Act.COMMENTED else None
        return [*accounts.filter(pk__in=[*change_set.writers, change_set.opened_by_id, reader])]
    if change_set.assigned_to_id:
        return [*accounts.filter(pk=change_set.assigned_to_id)]
    asked = accounts if item.act == Act.SUBMITTED else ()
    return [account for account in asked if may_approve(account, change_set)]


def mail_to(account: User, item: LogItem) -> EmailMessage:
    """Return the mail about an act to an account."""
    change_set: ChangeSet = item.change_set
    subject = " ".join((REVIEW_MAILS[Act(item.act)].subject % {"set": change_set}).split())
    lines = [
        f"{change_set.number} {change_set.title}",
        f"{item.by_name or _('The portal')}: {item.get_act_display()} {item.reference} {item.column}".strip(),
        item.text,
        f"{settings.SITE_URL}{change_set_address(change_set)}",
        _("Which of these mails you get: %(address)s") % {"address": f"{settings.SITE_URL}{reverse('mail_choice')}"},
    ]
    if change_set.due and item.act in (Act.SUBMITTED, Act.ASSIGNED):
        lines.insert(2, _("Due: %(day)s") % {"day": f"{change_set.due:%d %B %Y}"})
    return EmailMessage(subject, "\n\n".join(filter(None, lines)) + "\n", to=[account.email])
