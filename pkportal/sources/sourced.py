"""Mixin of records that list the sources they were compiled from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Source


class Sourced(models.Model):
    """A record with a list of sources of its own, beside those that its texts cite."""

    sources = models.ManyToManyField(Source, verbose_name=_("sources"), related_name="%(class)ss", blank=True)

    class Meta:
        abstract = True
