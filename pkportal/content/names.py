"""Names of records: what each is called beside its code, and which records a name may mean."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef

from .models import Record
from .name_order import BY_NAME
from .pages import HasPage
from .search_index import title_columns
from .words import search_words

LEADING = ("the ", "operation ", "op ", "ops ", "opn ")


class RecordName(NamedTuple):
    """What a record is called: its key, code and title, its names of its own, and its other names."""

    pk: Any
    code: str
    title: str
    own: tuple[str, ...]
    others: tuple[str, ...]


@lru_cache(256)  # one name is looked up in several ways, one after the other
def fold_name(text: str) -> str:
    """Return a name as it is compared: its words in small letters, without “the”, “operation” or “op.” before."""
    folded = " ".join(search_words(text).casefold().split())
    for word in LEADING:
        folded = folded.removeprefix(word)
    return folded


def load_names(model: type[HasPage], is_public: bool = True) -> list[RecordName]:
    """Load in one query what the records of a model are called, in the order of their titles.

    Codes of other lists are among the other names. With ``is_public``, records and names that are not public are left
    out.
    """
    (code,) = model.key_fields
    unique = [field.name for field in model._meta.fields if field.unique and isinstance(field, CharField)]
    title = model.result_fields.title
    own = [*dict.fromkeys([title, *title_columns(model), *unique])]
    others = [_others(model, is_public)] if model.names_in else []
    rows = _records(model, is_public).order_by(f"{title}{BY_NAME}", "pk").values_list("pk", code, *own, *others)
    return [
        RecordName(pk, code, names[0], tuple(filter(None, names[: len(own)])), tuple(*names[len(own) :]))
        for pk, code, *names in rows
    ]


def _others(model, is_public):
    names = model._meta.get_field(model.names_in.relation).related_model
    of_record = {model.names_in.owner(model): OuterRef("pk")}
    return ArraySubquery(_records(names, is_public).filter(**of_record).order_by("pk").values("name"))


def _records(model, is_public):
    return model._default_manager.published() if is_public else model._base_manager.all()


def codes_by_name(records: Iterable[RecordName]) -> dict[str, tuple[str, ...]]:
    """Return the codes of the records that each name may mean, by the name as it is compared.

    A code is more than a name like it, and the name that a record has of its own more than one that others have too.
    """
    records = [*records]
    codes = [(record.code, record.code) for record in records]
    own = [(name, record.code) for record in records for text in record.own for name in text.split(";")]
    others = [(name, record.code) for record in records for name in record.others]
    meant: dict[str, tuple[str, ...]] = {}
    for names in (codes, own, others):
        meant = _grouped(names) | meant
    return meant


def _grouped(names):
    grouped: dict[str, dict[str, None]] = {}
    for name, code in names:
        if folded := fold_name(name):
            grouped.setdefault(folded, {})[code] = None
    return {name: tuple(codes) for name, codes in grouped.items()}


class NamedCodes:
    """The codes of a model's records by all their names, loaded when the first name is looked up.

    With ``by_title``, records of a model whose names are not kept are found by their titles.
    """

    def __init__(self, model: type[Record], is_public: bool = True, by_title: bool = False):
        self.model, self.is_public, self.by_title = model, is_public, by_title

    @cached_property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """The codes by the name as it is compared."""
        has_names = issubclass(self.model, HasPage) and (self.model.names_in or self.by_title)
        return codes_by_name(load_names(self.model, self.is_public)) if has_names else {}

    def meant_by(self, name: str) -> tuple[str, ...]:
        """Return the code of the record that a name means, several if it may mean several, or none."""
        return self.by_name.get(fold_name(name), ())
