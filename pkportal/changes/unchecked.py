"""The queue of records that wait for somebody to compare them with their sources, the most important first."""

from typing import NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from pkportal.content.checking import AIAssisted, Checkable
from pkportal.content.models import Publishable
from pkportal.content.pages import HasPage
from pkportal.content.queries import union_all
from pkportal.exchange.registry import resources_by_model
from pkportal.sources.models import Source
from pkportal.sources.unverified import rests_on_unverified

from .verdicts import found_wrong


class QueueCount(NamedTuple):
    """How many records of a model nobody has compared yet, how many were found wrong, and how many there are.

    Those that rest on unverified sources alone wait for a better source before anybody can compare them.
    """

    model: type[Checkable]
    waiting: int
    wrong: int
    unverified: int
    total: int


def kinds_by_importance() -> list[type[Checkable]]:
    """Return the models in the order in which they matter to readers.

    Records that are published on their own come first, then other pages, then texts within pages, then figures.
    """

    def rank(model):
        return not issubclass(model, Publishable), not issubclass(model, HasPage), not issubclass(model, AIAssisted)

    return sorted((model for model in resources_by_model() if issubclass(model, Checkable)), key=rank)


def waiting(model: type[Checkable]) -> QuerySet:
    """Return the records that nobody has compared as they are: public first, weakest sources first, then newest."""
    condition = model.public_condition()  # none for a kind that is part of nothing: a cost share is always public
    is_public = Case(When(condition, then=Value(True)), default=Value(False)) if condition else Value(True)
    records = model._base_manager.filter(~found_wrong(model), ~rests_on_unverified(model), is_checked=False)
    records = records.annotate(is_public_now=is_public)
    sources = [field.name for field in model._meta.fields if field.related_model is Source]
    grades = [Coalesce(F(f"{name}__grade"), Value("")).desc() for name in sources]
    return records.order_by("-is_public_now", *grades, "-pk")


def wrong(model: type[Checkable]) -> QuerySet:
    """Return the records that somebody found wrong and nobody has edited since."""
    return model._base_manager.filter(found_wrong(model), is_checked=False).order_by("-pk")


def queue_counts() -> list[QueueCount]:
    """Count the queue of every kind in one query, in the order in which they matter."""
    models = {model._meta.label: model for model in kinds_by_importance()}
    rows = [
        model._base_manager.order_by()
        .annotate(kind_name=Value(label))
        .values("kind_name")
        .annotate(
            waiting=Count(Value(1), filter=~found_wrong(model) & ~rests_on_unverified(model) & Q(is_checked=False)),
            wrong=Count(Value(1), filter=found_wrong(model) & Q(is_checked=False)),
            unverified=Count(Value(1), filter=rests_on_unverified(model) & Q(is_checked=False)),
            total=Count("*"),
        )
        .values_list("kind_name", "waiting", "wrong", "unverified", "total")
        for label, model in models.items()
    ]
    return [QueueCount(models[kind], *numbers) for kind, *numbers in union_all(rows)]
