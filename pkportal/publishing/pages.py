"""Records that have an address of their own, and what search shows of them."""

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from django.db import models
from django.urls import reverse


class Verb(NamedTuple):
    """A field word answered by a verb of a queryset, about what a lookup leads to or about records of a model."""

    verb: Callable
    names: str | type[models.Model]


class Paged(models.Model):
    """A record that a reader can be sent to; each class says where, and what names it in a list of hits.

    ``page`` is the name of an address and the lookup of its argument, ``hit`` the lookups of title and text.
    A record that has no page of its own names the page that shows it: an event its mission's.

    ``answers`` says which field words of a search its records answer, each by one lookup or several to what the word
    may name: a record, a choice, a text or a date in a year; or by a ``Verb``, for what no lookup says.
    """

    page = ("", "")
    hit = ("name", "name")
    answers = {}

    class Meta:
        abstract = True

    def get_absolute_url(self):
        """Give the address of the page that shows this record."""
        name, lookup = self.page
        return reverse(name, args=[attrgetter(lookup.replace("__", "."))(self)])
