"""The audit log: who signed in, exported, imported, reviewed, published and edited, from the tables that keep it."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pkportal.changes.models import Act, LogItem
from pkportal.content.queries import union_all
from pkportal.exchange.csv_file import escape_formula, write_line
from pkportal.observability.current_request import client_address, shorten_address

from .models import AccountAct

IMPORTED, EXPORTED, PRUNED = "imported a file", "exported a file", "audit log pruned"
ACCOUNT_ACTS = ["signed in", "signed out", "sign-in failed", "second factor failed", "second factor added"]
ACCOUNT_ACTS += ["second factor removed", "password changed", "password reset by mail", IMPORTED, EXPORTED, PRUNED]
RECORD_ACTS = {str(ADDITION): _("added"), str(CHANGE): _("changed"), str(DELETION): _("deleted")}
OF_ACCOUNT, OF_REVIEW, OF_RECORD = "account", "review", "record"  # what an act is about
ACTS_BY_KIND: dict[str, dict[str, Any]] = {
    OF_ACCOUNT: {act: act for act in ACCOUNT_ACTS},
    OF_REVIEW: {str(act): act.label for act in Act},
    OF_RECORD: RECORD_ACTS,
}
AUDIT_COLUMNS = ["time", "who", "act", "what", "details", "network"]


class AuditRow(NamedTuple):
    """One act: when, by whom, what it was, on what, and from which network somebody signed in."""

    at: datetime.datetime
    who: str
    kind: str
    act: str
    what: str
    details: str
    network: str
    change_set: int | None

    @property
    def act_in_words(self):
        """Return the act as people say it."""
        return capfirst(str(ACTS_BY_KIND[self.kind].get(self.act, self.act)))

    @property
    def subject(self):
        """Return what the act was on; a change set with its number."""
        return f"CS-{self.change_set:04} {self.what}" if self.change_set else self.what

    @property
    def details_in_words(self):
        """Return the details; those of Django's own log are kept as JSON."""
        is_json = self.kind == OF_RECORD
        return LogEntry(change_message=self.details).get_change_message() if is_json else self.details


def keep_act(request, act: str, text: str = "") -> None:
    """Keep what the account of a request did, for the audit log."""
    network = shorten_address(client_address(request.META))
    user: User = request.user
    AccountAct.objects.create(user=user, name=user.get_username(), act=act, text=text[:300], network=network)


def audit_rows(
    who: str = "", act: str = "", first: datetime.date | None = None, last: datetime.date | None = None
) -> QuerySet:
    """Return what was done, the latest first: by an account, one act such as ``review:published``, between two days."""
    chosen_kind, _colon, chosen_act = act.partition(":")
    sources = [
        source.filter(row_kind=chosen_kind, row_act=chosen_act) if act else source
        for source in [account_rows(), review_rows(), record_rows()]
    ]
    if who:
        sources = [source.filter(row_who__iexact=who) for source in sources]
    if first:
        sources = [source.filter(row_at__date__gte=first) for source in sources]
    if last:
        sources = [source.filter(row_at__date__lte=last) for source in sources]
    return in_one_list(sources)


def in_one_list(sources: Iterable[QuerySet]) -> QuerySet:
    """Return the rows of several tables as one list, the latest first."""
    names = [f"row_{name}" for name in AuditRow._fields]
    return union_all(source.order_by().values_list(*names) for source in sources).order_by("-row_at")


def old_rows(before: datetime.datetime) -> QuerySet:
    """Return what was done before a time, but for what was done with change sets, which is part of those."""
    return in_one_list(source.filter(row_at__lt=before) for source in [account_rows(), record_rows()])


def remove_old_rows(before: datetime.datetime, file: str) -> int:
    """Remove the rows of ``old_rows``, and say so in the log, with the name of the file that has them."""
    number, _by_kind = AccountAct.objects.filter(at__lt=before).delete()
    edits, _by_kind = LogEntry.objects.filter(action_time__lt=before).delete()
    number += edits
    AccountAct.objects.create(act=PRUNED, text=f"{number} rows from before {before:%Y-%m-%d} are in {file}"[:300])
    return number


def account_rows() -> QuerySet:
    """Return what accounts did that no record shows."""
    return rows_of(
        AccountAct.objects, at="at", who="name", kind=OF_ACCOUNT, act="act", details="text", network="network"
    )


def review_rows() -> QuerySet:
    """Return what was done with change sets."""
    columns = {"at": "at", "who": "by_name", "act": "act", "what": "change_set__title", "details": "text"}
    return rows_of(LogItem.objects, kind=OF_REVIEW, change_set="change_set_id", **columns)


def record_rows() -> QuerySet:
    """Return what the admin did directly with records and accounts, from Django's own log."""
    columns = {"at": "action_time", "who": "user__username", "act": "action_flag", "what": "object_repr"}
    return rows_of(LogEntry.objects, kind=OF_RECORD, details="change_message", **columns)


def rows_of(source: Any, at: str, kind: str, change_set: str = "", **columns: str) -> QuerySet:
    """Return the rows of a table with the columns of ``AuditRow``; a column that it lacks is empty."""
    texts = {
        f"row_{name}": Coalesce(Cast(columns[name], TextField()), empty_text()) if name in columns else empty_text()
        for name in ["who", "act", "what", "details", "network"]
    }
    number = Cast(change_set, BigIntegerField()) if change_set else Value(None, BigIntegerField())
    return source.annotate(row_at=F(at), row_kind=Value(kind, TextField()), row_change_set=number, **texts)


def empty_text() -> Value:
    """Return an empty column."""
    return Value("", TextField())


def csv_of(rows: Iterable[tuple]) -> Iterator[str]:
    """Yield the lines of the audit log as CSV, safe to open in a spreadsheet."""
    yield write_line(AUDIT_COLUMNS)
    for row in map(AuditRow._make, rows):
        cells = [row.at.isoformat(), row.who, row.act_in_words, row.subject, row.details_in_words, row.network]
        yield write_line(map(escape_formula, cells))
