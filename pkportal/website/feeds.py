"""Atom feeds of major changes: of the whole record, and of each kind of record that is published on its own."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pkportal.changes.models import ChangeSet
from pkportal.content.models import Publishable, Status
from pkportal.content.registry import models_with
from pkportal.exchange.registry import resources_by_name

NEWEST = 50  # entries


class SteadyFeed(Atom1Feed):
    """An Atom feed that is the same each time it is made: without entries it was never updated."""

    def latest_post_date(self):
        """Return when the newest entry was published, and of no entry the earliest time there is."""
        return max((item["updateddate"] for item in self.items), default=datetime.fromtimestamp(0, UTC))


class ChangesFeed(Feed):
    """The newest major changes, each with its sentence, of records that the public may read or that were withdrawn."""

    feed_type = SteadyFeed

    def get_object(self, request, name=""):
        """Return the model of a kind by the name of its file, or None for all kinds."""
        if not name:
            return None
        resource = resources_by_name().get(name)
        if resource is None or resource._meta.model not in models_with(Publishable):
            raise Http404
        return resource._meta.model

    def title(self, model):
        """Return what the feed is of."""
        if model is None:
            return _("Peacekeeping Record: major changes")
        return _("Peacekeeping Record: major changes of %(kind)s") % {"kind": model._meta.verbose_name_plural}

    def link(self, model):
        """Return the address of the site."""
        return f"{settings.SITE_URL}/"

    def feed_url(self, model):
        """Return the address of the feed."""
        return f"{settings.SITE_URL}{feed_address(model)}"

    def items(self, model):
        """Return the changes, the latest first, each with its record."""
        noted = ChangeSet.objects.noted().order_by("-published_at")
        if model is not None:
            noted = noted.filter(root_kind=model._meta.label_lower)
        return shown_changes(noted[:NEWEST])

    def item_title(self, change):
        """Return the title of the record, and what was done with it where that is more than a change."""
        return capfirst(change.title)

    def item_description(self, change):
        """Return the sentence for readers."""
        return change.public_note

    def item_link(self, change):
        """Return the permanent address of the record, which leads to its page or says why it is gone."""
        path = reverse("permanent-address", args=[change.root_reference]) if change.root_reference else "/"
        return f"{settings.SITE_URL}{path}"

    def item_guid(self, change):
        """Return a name of the change that never changes."""
        return f"{settings.SITE_URL}/#{change.number}"

    def item_pubdate(self, change):
        """Return when it was published."""
        return change.published_at

    def item_updateddate(self, change):
        """Return when it was published: it does not change any more."""
        return change.published_at


def shown_changes(changes: Iterable[ChangeSet]) -> list[ChangeSet]:
    """Return those of some changes that readers may be told of, in their order; the records are loaded by kind."""
    changes, roots = [*changes], {}
    for kind in models_with(Publishable):
        references = [change.root_reference for change in changes if change.root_kind == kind._meta.label_lower]
        for record in kind._default_manager.filter(reference__in=references) if references else ():
            roots[record.reference] = record
    return [change for change in changes if is_shown(roots.get(change.root_reference), change)]


def is_shown(record, change) -> bool:
    """True for a change of a record that is public or was withdrawn, and for one of a file, which has no record."""
    return not change.root_reference or (record is not None and (record.is_public or record.status == Status.WITHDRAWN))


def feed_address(model=None) -> str:
    """Return the address of the feed of a kind, or of all."""
    names = {resource._meta.model: name for name, resource in resources_by_name().items()}
    return reverse("feed", args=[names[model]]) if model else reverse("feed")
