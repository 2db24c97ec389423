"""Queues of change sets: what somebody has begun, what waits for them, what is due, what no second person has read."""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pkportal.content.models import Publishable
from pkportal.content.queries import IsAmong
from pkportal.content.registry import models_with_label

from .imported_files import ImportedFile
from .models import OPEN, Change, ChangeSet, ReviewState
from .review import PUBLISH

DAYS_BEFORE_DUE = 7


def written_by(user: User) -> Q:
    """Return the condition that an account began a set or wrote some of it."""
    return Q(opened_by=user) | Q(IsAmong(user.pk, F("writers")))


def approvable_by(user: User) -> Q:
    """Return the condition that an account may approve a set, as ``review.may_approve`` says of one."""
    if not user.has_perm(PUBLISH):
        return Q(pk__in=[])
    refused = [
        label
        for label, model in models_with_label().items()
        if issubclass(model, Publishable)
        and not user.has_perm(f"{model._meta.app_label}.{get_permission_codename('publish', model._meta)}")
    ]
    has_refused = Exists(Change.objects.filter(change_set=OuterRef("pk"), kind__in=refused))
    has_refused |= Exists(ImportedFile.objects.filter(change_set=OuterRef("pk"), kind__in=refused))
    may = ~Q(root_kind__in=refused) & (~Q(root_kind="") | ~Q(has_refused)) if refused else Q()
    return ~Q(IsAmong(user.pk, F("writers"))) & may


def own_drafts(user: User) -> Q:
    """Return the condition that a set is a draft which an account writes."""
    return Q(state=ReviewState.DRAFT) & written_by(user)


def own_in_review(user: User) -> Q:
    """Return the condition that an account wrote a set, and that others read it or are to publish it."""
    return Q(state__in=[ReviewState.IN_REVIEW, ReviewState.APPROVED]) & written_by(user)


def waiting_for(user: User) -> Q:
    """Return the condition that a set in review is assigned to an account, or that it may approve the set."""
    return Q(state=ReviewState.IN_REVIEW) & (Q(assigned_to=user) | approvable_by(user))


def due_for(user: User) -> Q:
    """Return the condition that an open set is due within a week, and that its next step is an account's."""
    limit = timezone.localdate() + datetime.timedelta(days=DAYS_BEFORE_DUE)
    return Q(state__in=OPEN, due__lte=limit) & (written_by(user) | Q(assigned_to=user) | waiting_for(user))


def unread(user: User) -> Q:
    """Return the condition that its own writer published a set, and nobody else has read it since."""
    return Q(pk__in=ChangeSet.objects.unread().order_by().values("pk"))


class Queue(NamedTuple):
    """A queue: what it is called, and which change sets are in it for an account."""

    label: str
    condition: Callable[[User], Q]


QUEUES = {  # by the value of the filter
    "drafts": Queue(_("my drafts"), own_drafts),
    "in_review": Queue(_("mine in review"), own_in_review),
    "waiting": Queue(_("waiting for me"), waiting_for),
    "due": Queue(_("due within a week"), due_for),
    "unread": Queue(_("published without a second reader"), unread),
}
