"""Details of a search result or a suggestion, by which records of the same title can be told apart."""

from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from pkportal.content.contracts import fields_along
from pkportal.content.dates import PartialDate, PartialDateField
from pkportal.content.pages import HasPage, Period

DETAIL_SEPARATOR = " · "


def detail_columns(model: type[HasPage]) -> Func | Value:
    """Return the details of each row of a model as an array of texts; a period is two of them."""
    lookups = model.result_fields.detail_lookups
    texts = (Cast(F(lookup), TextField()) for lookup in lookups)
    return Func(*texts, template="ARRAY[%(expressions)s]::text[]", output_field=ArrayField(TextField()))


def details_in_words(model: type[HasPage], texts: list[str | None], title: str, last_stated: str | None = "") -> str:
    """Return the details of a row that its title does not say, in one line: ``S/RES/1244 (1999) · 10 June 1999``.

    ``last_stated`` is when it was last stated that a row goes on, None if it has ended some day, empty if not asked.
    """
    values = iter(texts)
    shown = [
        _years(next(values), next(values), last_stated)
        if isinstance(detail, Period)
        else _in_words(model, detail, next(values))
        for detail in model.result_fields.details
    ]
    return DETAIL_SEPARATOR.join(words for words in shown if words and words.casefold() not in title.casefold())


def _in_words(model, lookup, text):
    field = _last_field(model, lookup)
    if not text:
        return ""
    if isinstance(field, PartialDateField):
        return PartialDate(text).in_words
    return str(dict(field.flatchoices).get(text, text))


@cache
def _last_field(model, lookup):
    *_relations, field = fields_along(model, lookup)
    return field


def is_open(model: type[HasPage], texts: list[str | None]) -> bool:
    """True if a row goes on as far as its details say: it has a period without an end."""
    lookups = dict(zip(model.result_fields.detail_lookups, texts, strict=True))
    periods = [detail for detail in model.result_fields.details if isinstance(detail, Period)]
    return any(lookups[period.start] and not lookups[period.end] for period in periods)


def _years(start: str | None, end: str | None, last_stated: str | None) -> str:
    """Return the years of a period of which either end may be unknown, or not have come."""
    first, last = (start or "")[:4], (end or "")[:4]
    if first and last:
        return first if first == last else f"{first}\N{EN DASH}{last}"
    if first and last_stated:
        return _("from %(year)s, last stated %(date)s") % {"year": first, "date": PartialDate(last_stated).on_or_in}
    if first and last_stated is None:
        return _("from %(year)s, end not known") % {"year": first}
    if first:
        return _("from %(year)s") % {"year": first}
    return _("until %(year)s") % {"year": last} if last else ""


def day_columns(model: type[HasPage]) -> list[str]:
    """Return the columns of a model that are details and dates: the day of an event, not the time of a mission."""
    fields = [it for it in model.result_fields.details if isinstance(it, str) and "__" not in it]
    return [name for name in fields if isinstance(model._meta.get_field(name), PartialDateField)]


def related_period_columns(model: type[HasPage]) -> list[str]:
    """Return the lookups of the beginnings and ends of what a model's details name: of the mission of an event."""
    relations = dict.fromkeys(it.partition("__")[0] for it in model.result_fields.detail_lookups if "__" in it)
    related = [(name, model._meta.get_field(name).related_model) for name in relations]
    periods = [(name, it) for name, of in related for it in of.result_fields.details if isinstance(it, Period)]
    return [f"{name}__{lookup}" for name, period in periods for lookup in period]
