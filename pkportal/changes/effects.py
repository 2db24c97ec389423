"""What change sets do to the record, counted and in words: publish, withdraw, add, change, remove."""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, JSONField, Q, TextField, Value
from django.db.models.expressions import CombinedExpression
from django.utils.translation import ngettext_lazy

from pkportal.content.models import Status
from pkportal.exchange.resource import PUBLICATION_COLUMNS

from .cells import PUBLISHED_AT, STATUS
from .models import Action, Change, ChangeSet

OTHER_CELLS = CombinedExpression(
    F("cells"), "-", Value(PUBLICATION_COLUMNS, ArrayField(TextField())), output_field=JSONField()
)
WITHDRAWS = Q(**{f"cells__{STATUS}__1": Status.WITHDRAWN})
# of a record that is dated to come, the date alone makes it public
PUBLISHES = Q(**{f"cells__{STATUS}__1": Status.PUBLISHED}) | Q(cells__has_key=PUBLISHED_AT) & ~Q(cells__has_key=STATUS)
CHANGES = Q(action=Action.CHANGE) & (~(PUBLISHES | WITHDRAWS) | ~Q(other_cells=Value({}, JSONField())))
COUNTS = {
    "publishes": Count("pk", PUBLISHES),
    "withdraws": Count("pk", WITHDRAWS),
    "adds": Count("pk", Q(action=Action.ADD)),
    "changes": Count("pk", CHANGES),
    "removes": Count("pk", Q(action=Action.REMOVE)),
}
WORDS = {
    "publishes": ngettext_lazy("publishes a record", "publishes %d records"),
    "withdraws": ngettext_lazy("withdraws a record", "withdraws %d records"),
    "adds": ngettext_lazy("adds a record", "adds %d records"),
    "changes": ngettext_lazy("changes a record", "changes %d records"),
    "removes": ngettext_lazy("removes a record", "removes %d records"),
}


class Effects(NamedTuple):
    """How many records a change set publishes, withdraws, adds, changes and removes; one may count twice."""

    publishes: int = 0
    withdraws: int = 0
    adds: int = 0
    changes: int = 0
    removes: int = 0

    def in_words(self) -> str:
        """Return what is done: publishes a record, adds 2 records."""
        numbers = self._asdict()
        return ", ".join(str(words % numbers[name]) for name, words in WORDS.items() if numbers[name])


def effects_of(change_sets: Iterable[ChangeSet]) -> dict[int, Effects]:
    """Return what some change sets do, by their primary key, in one query."""
    changes = Change.objects.filter(change_set__in=[it.pk for it in change_sets]).alias(other_cells=OTHER_CELLS)
    rows = changes.order_by().values("change_set").annotate(**COUNTS)
    return {row.pop("change_set"): Effects(**row) for row in rows}
