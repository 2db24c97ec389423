"""History in words: who changed a record, its links and its parts, when, why, by which change set or file."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pghistory.models import Context

from .comparing import RecordDifference, in_words
from .models import ChangeSet
from .passages import EventTable, Passages

PASSAGES_SHOWN = 10  # of each kind, in one transaction
ACTS_IN_WORDS = {
    "publish": gettext_lazy("published"),
    "withdraw": gettext_lazy("withdrawn"),
    "check": gettext_lazy("check against the sources"),
    "import": gettext_lazy("imported from a file"),
    "load": gettext_lazy("loaded from files"),
    "undo": gettext_lazy("import undone"),
    "restore": gettext_lazy("restored"),
}


class Moment(NamedTuple):
    """One transaction: when it was, by whom, why, and what differs since."""

    at: datetime.datetime
    by: str  # the account, or nothing where none was signed in
    act: str
    change_set: ChangeSet | None
    files: Sequence[str]
    reason: str
    is_statement: bool  # typed in the database, where nobody says who types
    records: list[RecordDifference]
    left_out: list[str]  # how many more there are, by kind

    @property
    def point(self):
        """Return the time as it stands in addresses."""
        return point_of(self.at)


def point_of(time: datetime.datetime) -> str:
    """Return a time as it stands in addresses: 2026-11-27T09:30:00.123456Z."""
    return time.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def moment_keys(tables: Iterable[EventTable]) -> QuerySet:
    """Return the time and the context of each transaction that changed a record, the newest first."""
    first, *others = (table.rows.order_by().values_list("pgh_created_at", "pgh_context_id") for table in tables)
    return first.union(*others).order_by("-pgh_created_at")


def moments(tables: Iterable[EventTable], keys: Sequence[tuple[datetime.datetime, Any]]) -> list[Moment]:
    """Return some transactions of a history in words, in a fixed number of queries."""
    if not keys:
        return []
    passages = Passages(tables, by_transaction=True, limit=PASSAGES_SHOWN)
    passages.read(min(keys)[0], max(keys)[0], is_inside=True)
    known = passages.known()
    cells = [(group, passage.cells(known)) for group, passage in passages.by_group()]
    seen = [(group, record) for group, record in cells if record.cells or record.action != "change"]
    records = defaultdict(list)
    for (group, _record), difference in zip(seen, in_words(record for _group, record in seen), strict=True):
        records[group].append(difference)
    contexts = Context.objects.in_bulk([context for _at, context in keys if context])
    said = Said(context.metadata for context in contexts.values())
    return [said.moment(key, contexts.get(key[1]), records[key], in_numbers(passages.left_out[key])) for key in keys]


def in_numbers(left_out: Mapping[Any, int]) -> list[str]:
    """Say how many more records of each kind there are."""
    return [
        ngettext("%(number)d more: %(kind)s", "%(number)d more: %(kind)s", number)
        % {"number": number, "kind": capfirst(str(model._meta.verbose_name_plural))}
        for model, number in left_out.items()
    ]


class Said:
    """What the contexts of some transactions say: accounts and change sets, each loaded in one query."""

    def __init__(self, metadata: Iterable[Mapping[str, Any]]):
        metadata = [*metadata]
        accounts = {pk for said in metadata for pk in [account_of(said), *said.get("writers", ())] if pk}
        self.names = {account.pk: account.get_username() for account in User.objects.filter(pk__in=accounts)}
        numbers = {change_set_pk(said.get("change_set", "")) for said in metadata} - {None}
        self.change_sets = ChangeSet.objects.in_bulk(numbers)

    def moment(
        self, key: tuple[datetime.datetime, Any], context: Context | None, records: Any, left_out: list[str]
    ) -> Moment:
        """Return one transaction in words."""
        said: Mapping[str, Any] = context.metadata if context else {}
        act = ACTS_IN_WORDS.get(said.get("act", ""), _("saved in the admin") if said.get("url") else "")
        files = said.get("files") or [file for file in [said.get("file")] if file]
        return Moment(
            key[0],
            self.who(said),
            str(act),
            self.change_sets.get(change_set_pk(said.get("change_set", ""))),
            files,
            said.get("reason", ""),
            context is None,
            records,
            left_out,
        )

    def who(self, said: Mapping[str, Any]) -> str:
        """Return the account, and the writers of what it published."""
        by = self.names.get(account_of(said), "")
        writers = [self.names[pk] for pk in said.get("writers", ()) if pk in self.names and pk != account_of(said)]
        if not writers:
            return by
        return _("%(by)s, written by %(writers)s") % {"by": by or _("the portal"), "writers": ", ".join(writers)}


def account_of(said: Mapping[str, Any]) -> Any:
    """Return the account that did something, by primary key: whoever signed in, or who approved what was due."""
    return said.get("user") or said.get("publisher")


def change_set_pk(number: str) -> int | None:
    """Return the primary key in the number of a change set: 42 of CS-0042."""
    digits = number.removeprefix("CS-")
    return int(digits) if digits.isdecimal() else None
