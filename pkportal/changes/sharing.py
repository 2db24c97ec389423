"""Sharing of drafts with experts who have no account: a link is made and revoked, and its reader comments."""

import gzip
import secrets
from datetime import timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .drafts import may_edit, note_act
from .models import Act, ChangeSet
from .preview_links import PreviewLink, digest_of_token
from .review import may_publish

DAYS, MAX_DAYS = 14, 90  # that a link lives
MAX_COMMENTS_IN_AN_HOUR = 20  # by one link


class TooManyComments(ValidationError):
    """Raised when more comments come by a link than a reader writes."""


def may_share(user: User, change_set: ChangeSet) -> bool:
    """True if an account may make and revoke links to a change set: whoever writes it or decides about it."""
    return may_edit(user, change_set) or may_publish(user, change_set)


def share(change_set: ChangeSet, user: User, for_whom: str, days: int, html: str) -> str:
    """Make a link to a page, and return its secret, which is kept nowhere. Raises ``ValidationError`` for a closed set.

    Pages of links that have ended are forgotten on this occasion.
    """
    if not may_share(user, change_set):
        raise PermissionDenied
    if not change_set.is_open:
        raise ValidationError(_("Only an open draft can be shown to somebody by a link."))
    token = secrets.token_urlsafe(24)
    now = timezone.now()
    with transaction.atomic():
        link = PreviewLink.objects.create(
            change_set=change_set,
            token_digest=digest_of_token(token),
            for_whom=for_whom,
            made_by=user,
            saved_at=change_set.saved_at,
            expires_at=now + timedelta(days=days),
            page=gzip.compress(html.encode()),
        )
        PreviewLink.objects.filter(expires_at__lte=now).exclude(page=b"").update(page=b"")
        words = {"who": for_whom, "day": f"{link.expires_at:%-d %B %Y}"}
        note_act(change_set, Act.SHARED, user, _("For %(who)s, until %(day)s.") % words)
    return token


def revoke(link: PreviewLink, user: User) -> None:
    """End a link at once. Raises ``ValidationError`` if it has ended already."""
    if not may_share(user, link.change_set):
        raise PermissionDenied
    with transaction.atomic():
        locked = PreviewLink.objects.select_for_update().get(pk=link.pk)
        if not locked.is_live:
            raise ValidationError(_("This link has ended already."))
        locked.revoked_at, locked.page = timezone.now(), b""
        locked.save(update_fields=["revoked_at", "page"])
        note_act(link.change_set, Act.UNSHARED, user, _("For %(who)s.") % {"who": link.for_whom})


def comment_by_link(link: PreviewLink, name: str, text: str) -> None:
    """Add a comment of an expert to the log; one that was just sent is not added again. Raises ``TooManyComments``."""
    with transaction.atomic():
        PreviewLink.objects.select_for_update().get(pk=link.pk)  # so that comments are counted one after another
        by_name = _("%(name)s (by link)") % {"name": name}
        last = link.comments.last()
        if last and (last.by_name, last.text) == (by_name, text):
            return
        recent = link.comments.filter(at__gt=timezone.now() - timedelta(hours=1))
        if recent.count() >= MAX_COMMENTS_IN_AN_HOUR:
            raise TooManyComments(_("Many comments have come by this link. Wait for an hour, or write to us."))
        link.comments.create(change_set_id=link.change_set_id, act=Act.COMMENTED, by_name=by_name, text=text)
