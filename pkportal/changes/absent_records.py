"""What became of records that are not on record: they wait, were given up or deleted, or have another code now.

Whoever names one in a file, a text or a draft is told where it waits, or who changed or removed it, and when.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import F, Func, Q, TextField, Value
from django.utils.translation import gettext as _

from pkportal.content.history import event_model

from .drafts import CODE_CHANGE
from .models import OPEN, Act, Action, Change, LogItem, ReviewState
from .moments import Said
from .past import DELETED, reference_column
from .waiting import by_and_when, how_discarded


class Trace(NamedTuple):
    """What is known of a name: the record that had it, and who changed or removed that last, and when."""

    reference: str
    by: str
    at: datetime.datetime
    left_out_of: str = ""  # the number of the change set that was to add the record


def explain_absent(model: Any, names: Sequence[str]) -> dict[str, str]:
    """Return in words what became of the records of a model with these codes, references or titles."""
    named = waiting_by_name(model, names)
    rest = [name for name in names if name not in named]
    traces = {**traces_in_history(model, rest), **traces_in_sets(model, rest)}
    references = [trace.reference for trace in traces.values()]
    waiting = waiting_by_name(model, references)
    stored = {it.reference: it for it in model._base_manager.filter(reference__in=references)}
    said = {name: where_it_waits(addition) for name, addition in named.items()}
    for name, trace in traces.items():
        if addition := waiting.get(trace.reference):
            said[name] = f"{code_now(trace, addition.code, name)} {where_it_waits(addition)}".strip()
        elif record := stored.get(trace.reference):
            said[name] = code_now(trace, str(getattr(record, model.key_fields[0])), name)
        else:
            said[name] = removed(trace)
    return {name: words for name, words in said.items() if words}


def waiting_by_name(model: Any, names: Sequence[str]) -> dict[str, Change]:
    """Return the changes that are to add records, or were, by those of the names that are a code, reference or title.

    What still waits wins over what was discarded, and the later over the earlier.
    """
    key = model.key_fields[0] if len(model.key_fields) == 1 else ""
    asked = Q(reference__in=names) | Q(title__in=names)
    asked |= Q(**{f"cells__{key}__1__in": names}) if key else Q()
    additions = Change.objects.filter(asked, kind=model._meta.label_lower, action=Action.ADD)
    additions = additions.filter(change_set__state__in=[*OPEN, ReviewState.DISCARDED]).select_related(
        "change_set__opened_by"
    )
    found: dict[str, Change] = {}
    for change in sorted(additions, key=lambda change: (change.change_set.is_open, change.pk)):
        found |= dict.fromkeys([change.title, change.reference, change.code], change)
    return {name: found[name] for name in names if name in found}


def traces_in_sets(model: Any, names: Sequence[str]) -> dict[str, Trace]:
    """Return who changed the codes of records that waited, or left them out of their change sets, by code."""
    former = Func(F("text"), Value(CODE_CHANGE), Value(1), function="split_part", output_field=TextField())
    items = LogItem.objects.filter(act__in=[Act.RECODED, Act.LEFT_OUT], reference__startswith=model.reference_prefix)
    items = items.annotate(former=former).filter(former__in=names).select_related("change_set")
    return {
        item.former: Trace(
            item.reference, item.by_name, item.at, item.change_set.number if item.act == Act.LEFT_OUT else ""
        )
        for item in items
    }


def traces_in_history(model: Any, names: Sequence[str]) -> dict[str, Trace]:
    """Return who changed the codes of records, or deleted them, by code and by reference."""
    events, reference, key = event_model(model).objects, reference_column(model), model.key_fields[0]
    is_code = len(model.key_fields) == 1
    asked = Q(**{f"{reference}__in": names}) | (Q(**{f"{key}__in": names}) if is_code else Q())
    last: dict[str, Any] = {}
    for event in events.filter(asked).select_related("pgh_context").order_by("pgh_id"):
        known_by = [getattr(event, reference), str(getattr(event, key)) if is_code else ""]
        last |= {name: event for name in known_by if name in names}
    ends = {name: event if event.pgh_label == DELETED else next_event(events, event) for name, event in last.items()}
    return traces_of_events({name: event for name, event in ends.items() if event}, reference)


def next_event(events: Any, event: Any) -> Any:
    """Return the event that followed one of the same record."""
    later = events.filter(pgh_obj_id=event.pgh_obj_id, pgh_id__gt=event.pgh_id).select_related("pgh_context")
    return later.order_by("pgh_id").first()


def traces_of_events(ends: Mapping[str, Any], reference: str) -> dict[str, Trace]:
    """Return the traces of the events by which names ceased to be those of records."""
    contexts = {name: event.pgh_context.metadata if event.pgh_context else {} for name, event in ends.items()}
    said = Said(contexts.values())
    return {
        name: Trace(getattr(event, reference), said.who(contexts[name]), event.pgh_created_at)
        for name, event in ends.items()
    }


def where_it_waits(addition: Change) -> str:
    """Say in which change set a record waits, how far that has come, and whose it is; or who discarded it."""
    change_set = addition.change_set
    if not change_set.is_open:
        return _("%(number)s was to add it, and was discarded%(how)s.") % {
            "number": change_set.number,
            "how": how_discarded(change_set),
        }
    words = {"number": change_set.number, "state": change_set.get_state_display(), "who": change_set.opened_by or "?"}
    last = change_set.log.last()
    if last and last.act == Act.RETURNED:
        words["how"] = by_and_when(last.by_name, last.at)
        return _("It waits in %(number)s (begun by %(who)s, changes asked for%(how)s): publish that first.") % words
    return _("It waits in %(number)s (%(state)s, begun by %(who)s): publish that first.") % words


def code_now(trace: Trace, code: str, name: str) -> str:
    """Say which code a record has now, and who changed it; nothing if it has the same."""
    if not code or code == name:
        return ""
    return _("Its code is “%(code)s” now, changed%(how)s.") % {"code": code, "how": by_and_when(trace.by, trace.at)}


def removed(trace: Trace) -> str:
    """Say who removed a record."""
    how = by_and_when(trace.by, trace.at)
    if trace.left_out_of:
        return _("It was left out of %(number)s%(how)s.") % {"number": trace.left_out_of, "how": how}
    return _("It was deleted%(how)s.") % {"how": how}
