"""Records that are checked against their sources, and texts written with AI assistance."""

from collections.abc import Sequence
from functools import cache

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import MD5, Concat
from django.db.models.signals import post_save
from django.db.models.sql import UpdateQuery
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from .contracts import check_generated_column
from .models import Record

STILL_ASSISTED = _("It stays marked as AI-assisted until somebody has checked it as it is.")


def digest_of(*fields: str, name: type[F] = F) -> MD5:
    """Return the expression of the digest of these columns; in a subquery, of the outer query with ``OuterRef``."""
    texts = [Func(name(field), function="pk_text", output_field=models.TextField()) for field in fields]
    separated = [part for text in texts for part in (text, Value("\x1f"))]
    return MD5(Concat(*separated, output_field=models.TextField()))


def checked_field(*fields: str) -> models.GeneratedField:
    """Return the generated column that is true while these columns hold what was checked."""
    return models.GeneratedField(
        verbose_name=_("checked"),
        expression=models.Case(
            models.When(Q(checked_digest=digest_of(*fields)), then=Value(True)), default=Value(False)
        ),
        output_field=models.BooleanField(_("checked")),
        db_persist=True,
    )


class CheckedDigestField(models.CharField):
    """A digest that Django's serializers write as a word: it covers primary keys, which change with a load."""

    LOADED = "checked"

    def value_to_string(self, obj):
        """Return the word if the record is checked, else an empty text."""
        if not isinstance(obj, Checkable):  # a past state, whose digest is part of what it was
            return super().value_to_string(obj)
        return self.LOADED if obj.is_checked else ""

    def deconstruct(self):
        """Appear as a plain ``CharField`` in migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Checkable(Record):
    """A record that somebody compares with its source; any later edit removes the check by itself.

    A class names the columns that the check covers in ``checked_fields`` and declares
    ``is_checked = checked_field(*checked_fields)``.
    """

    checked_fields: Sequence[str] = ()

    checked_digest = CheckedDigestField(max_length=32, blank=True, default="", db_default="", editable=False)

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs):
        """Check that the columns under the check exist, and the column that compares them."""
        errors = [
            *check_generated_column(cls, "is_checked", "checked_field", "content.E020"),
            *cls._check_checked_fields(),
        ]
        return [*super().check(**kwargs), *(errors or cls._check_is_checked())]

    @classmethod
    def _check_checked_fields(cls):
        if not cls.checked_fields:
            yield checks.Error(f"{cls._meta.label}.checked_fields names no field.", obj=cls, id="content.E022")
        attnames = {field.attname for field in cls._meta.concrete_fields}
        for name in cls.checked_fields:
            if name not in attnames:
                yield checks.Error(
                    f"{cls._meta.label}.checked_fields names “{name}”, but {cls._meta.label} has no column “{name}”.",
                    hint="A foreign key has the name of its column, such as mission_id.",
                    obj=cls,
                    id="content.E021",
                )

    @classmethod
    def _check_is_checked(cls):
        if cls._meta.get_field("is_checked").expression != checked_field(*cls.checked_fields).expression:
            yield checks.Error(
                f"{cls._meta.label}.is_checked does not compare exactly the columns that checked_fields names.",
                hint="Declare is_checked = checked_field(*checked_fields).",
                obj=cls,
                id="content.E023",
            )

    def mark_checked(self, checked=True):
        """Store that the record as it is in the database agrees with its source, or that nobody has compared it."""
        value = digest_of(*self.checked_fields) if checked else Value("")
        type(self).objects.filter(pk=self.pk).update(checked_digest=value)
        self.refresh_from_db(fields=["checked_digest", "is_checked"])


@receiver(post_save, dispatch_uid="pkportal.content.checking.mark_loaded")
def mark_loaded(sender, instance, raw, using, **kwargs):
    """Put the digest in place of the word that ``loaddata`` stored; a reference that was set later changes it again."""
    if raw and isinstance(instance, Checkable) and instance.checked_digest == CheckedDigestField.LOADED:
        with connections[using].cursor() as cursor:
            statement, *parameters = _digest_statement(sender)
            cursor.execute(statement, [*parameters, instance.pk])


@cache
def _digest_statement(model):
    """Return the statement that stores the digest of one record: compiled once, as every loaded record needs it."""
    query = model._base_manager.filter(pk=0).query.chain(UpdateQuery)
    query.add_update_values({"checked_digest": digest_of(*model.checked_fields)})
    statement, (*parameters, _pk) = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return statement, *parameters


class AIAssisted(Checkable):
    """A checkable record whose text may have been written with AI assistance, and says so."""

    ai_assisted = models.BooleanField(
        _("AI-assisted"),
        default=False,
        db_default=False,
        help_text=_("The text was drafted or compiled with the help of an AI system."),
    )

    class Meta:
        abstract = True
