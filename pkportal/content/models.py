"""Abstract models of records: a natural key, publication, and parts that are public with their record."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .contracts import check_lookup, check_own_field, check_references, fields_along, is_unique_key
from .direction import refuse_direction_controls
from .permanent_references import PermanentReferenceField
from .withdrawal import moved_to_field, withdrawal_reason_field


class Status(models.TextChoices):
    """Editorial status of a record in this portal; it says nothing about what happened in NATO."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


def public(path: str = "") -> Q:
    """Return the condition that the record at the end of a lookup path is published and its time has come."""
    prefix = f"{path}__" if path else ""
    return Q(**{f"{prefix}status": Status.PUBLISHED, f"{prefix}published_at__lte": Now()})


class RecordQuerySet(models.QuerySet):
    """Query set of records; ``published()`` follows the contracts of the model."""

    def published(self):
        """Keep what the public may read now.

        A ``Publishable`` record must be published, a ``Part`` follows the record it is part of, all else is public.
        """
        return self.filter(self.model.public_condition())

    def get_by_natural_key(self, *values):
        """Find a record by its natural key, as ``loaddata`` and the serializers do."""
        lookups = zip(self.model.key_lookups(), values, strict=True)
        return self.get(
            **{f"{lookup}__isnull" if value is None else lookup: value is None or value for lookup, value in lookups}
        )

    def as_json(self, **columns):
        """Return the rows as a list of JSON objects, to annotate the rows of another table in one query."""
        return ArraySubquery(self.values(row=JSONObject(**columns)))


class Record(models.Model):
    """A record: its ``key_fields`` identify it in URLs, in files and for Django's serializers.

    Its ``reference`` names it for ever; the model declares what it begins with and how many digits it has at least.
    """

    key_fields: Sequence[str] = ()
    reference_prefix = ""
    reference_digits = 4
    shown_on: Any = None  # of a record without a page of its own: the Page that has a row for it

    reference = PermanentReferenceField(_("reference"), unique=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        """Refuse invalid values, and in short texts characters that turn the direction of text."""
        super().clean_fields(exclude=exclude)
        refuse_direction_controls(self, {*exclude} if exclude else set())

    @classmethod
    def public_condition(cls):
        """Return the condition under which the public may read a record; on its own a record hides nothing."""
        return Q()

    @classmethod
    def key_lookups(cls):
        """Return the lookups of the natural key, through related records: ``["mission__code", "order"]``."""
        lookups = []
        for field in map(cls._meta.get_field, cls.key_fields):
            names = (
                [f"{field.name}__{name}" for name in field.related_model.key_lookups()]
                if field.is_relation
                else [field.name]
            )
            lookups += names
        return lookups

    def permanent_address(self):
        """Return the address of the record: of its own page, or of its row on another; without either of the data."""
        page = getattr(self, "page", None) or self.shown_on
        if page is None:
            return reverse("data")
        address = page.url(attrgetter(page.key.replace("__", "."))(self))
        return address if page.is_own else f"{address}#{self.reference}"

    def natural_key(self):
        """Return the values of ``key_lookups``; Django's serializers call this."""
        values = []
        for field in map(self._meta.get_field, self.key_fields):
            value = getattr(self, field.name)
            if not field.is_relation:
                values.append(value)
            elif value is None:
                values += [None] * len(field.related_model.key_lookups())
            else:
                values += value.natural_key()
        return tuple(values)

    @classmethod
    def check(cls, **kwargs):
        """Check the keys, the managers, and that a record whose key can be hidden is a ``Part``."""
        others = [model for model in cls._meta.apps.get_models() if issubclass(model, Record) and model is not cls]
        errors = [*super().check(**kwargs), *cls._check_key_fields(), *cls._check_published()]
        return [*errors, *cls._check_is_part(), *check_references(cls, others)]

    @classmethod
    def _check_key_fields(cls):
        if not cls.key_fields:
            yield checks.Error(f"{cls._meta.label}.key_fields names no field.", obj=cls, id="content.E001")
            return
        errors = [
            error for name in cls.key_fields for error in check_own_field(cls, "key_fields", name, "content.E002")
        ]
        yield from errors
        if errors:
            return
        for field in map(cls._meta.get_field, cls.key_fields):
            if field.is_relation and not issubclass(field.related_model, Record):
                yield checks.Error(
                    f"{cls._meta.label}.{field.name} is in key_fields, but {field.related_model._meta.label} is not a "
                    "Record and has no natural key.",
                    obj=cls,
                    id="content.E009",
                )
        if not is_unique_key(cls, cls.key_fields):
            yield checks.Error(
                f"{cls._meta.label}.key_fields ({', '.join(cls.key_fields)}) has no unique constraint.",
                hint="Make the one field unique, or add a UniqueConstraint over all of them; where one may be null, "
                "with nulls_distinct=False.",
                obj=cls,
                id="content.E003",
            )

    @classmethod
    def _check_published(cls):
        for name, manager in {manager.name: manager for manager in [cls.objects, cls._default_manager]}.items():
            method = getattr(type(manager), "published", None)
            if getattr(method, "__wrapped__", None) is not RecordQuerySet.published:
                yield checks.Error(
                    f"The manager {cls._meta.label}.{name} does not use RecordQuerySet.published().",
                    hint="Derive its query set from RecordQuerySet and do not override published().",
                    obj=cls,
                    id="content.E004",
                )

    @classmethod
    def _check_is_part(cls):
        if issubclass(cls, Part):
            return
        for name in cls.key_fields:
            try:
                related = cls._meta.get_field(name).related_model
            except FieldDoesNotExist:
                continue
            if related and issubclass(related, Publishable | Part):
                yield checks.Error(
                    f"{cls._meta.label}.{name} is in key_fields and can be hidden, but {cls._meta.label} is not a "
                    "Part.",
                    hint=f'Derive from Part and set part_of = "{name}".',
                    obj=cls,
                    id="content.E005",
                )


class Part(Record):
    """A record that is public with the record it is part of: ``part_of = "mission"``.

    ``part_of`` is a lookup path of foreign keys to a ``Publishable`` model. Where a key on the path may be null, a
    record without it is public, such as a standing command.
    """

    part_of = ""

    class Meta:
        abstract = True

    @classmethod
    def public_condition(cls):
        """Return the condition that the record at the end of ``part_of`` is public, or that there is none."""
        condition = public(cls.part_of)
        if any(field.null for field in fields_along(cls, cls.part_of)):
            condition |= Q(**{f"{cls.part_of}__isnull": True})
        return super().public_condition() & condition

    @classmethod
    def check(cls, **kwargs):
        """Check that ``part_of`` leads to a model that can be published."""
        return [*super().check(**kwargs), *cls._check_part_of()]

    @classmethod
    def _check_part_of(cls):
        errors = [*check_lookup(cls, "part_of", cls.part_of, "content.E006")]
        yield from errors
        if errors:
            return
        fields = [*fields_along(cls, cls.part_of)]
        are_foreign_keys = all(field.concrete and (field.many_to_one or field.one_to_one) for field in fields)
        if not are_foreign_keys or not issubclass(fields[-1].related_model, Publishable):
            yield checks.Error(
                f"{cls._meta.label}.part_of = “{cls.part_of}” does not lead to a Publishable by foreign keys.",
                obj=cls,
                id="content.E007",
            )


class Publishable(Record):
    """A record with a draft, a published and a withdrawn state, and the dates of them."""

    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT, db_default=Status.DRAFT)
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("A time in the future keeps a published record hidden until then."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = withdrawal_reason_field()
    moved_to = moved_to_field()

    class Meta:
        abstract = True
        default_permissions = ["add", "change", "delete", "view", "publish"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_published_has_date",
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                violation_error_message=_("A published record says when it was published."),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_has_date",
                condition=~Q(status=Status.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                violation_error_message=_("A withdrawn record says when it was withdrawn."),
            ),
        ]

    @classmethod
    def public_condition(cls):
        """Return the condition that a record is published and its time has come."""
        return super().public_condition() & public()

    @classmethod
    def check(cls, **kwargs):
        """Check that a model with a Meta of its own kept the constraints and the permission."""
        return [*super().check(**kwargs), *cls._check_meta()]

    @classmethod
    def _check_meta(cls):
        names = {constraint.name for constraint in cls._meta.constraints}
        kept = {f"{cls._meta.model_name}_published_has_date", f"{cls._meta.model_name}_withdrawn_has_date"} <= names
        if not kept or "publish" not in cls._meta.default_permissions:
            yield checks.Error(
                f"{cls._meta.label}.Meta drops the constraints or the permission of Publishable.",
                hint="Derive from Publishable.Meta and begin constraints with *Publishable.Meta.constraints.",
                obj=cls,
                id="content.E008",
            )

    @property
    def is_public(self):
        """True if the public may read this record now; for many records use ``published()``."""
        return self.status == Status.PUBLISHED and self.published_at <= timezone.now()

    def obstacles(self):
        """Yield, in words, the reasons why this record cannot be published yet; each model has its own."""
        yield from ()
