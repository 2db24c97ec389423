"""Records that have an address of their own, and what search shows of them."""

from operator import attrgetter

from django.db import models
from django.urls import reverse


class Paged(models.Model):
    """A record that a reader can be sent to; each class says where, and what names it in a list of hits.

    ``page`` is the name of an address and the lookup of its argument, ``hit`` the lookups of title and text.
    A record that has no page of its own names the page that shows it: an event its mission's.
    """

    page = ("", "")
    hit = ("name", "name")

    class Meta:
        abstract = True

    def get_absolute_url(self):
        """Give the address of the page that shows this record."""
        name, lookup = self.page
        return reverse(name, args=[attrgetter(lookup.replace("__", "."))(self)])
