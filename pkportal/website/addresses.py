"""Addresses of records: which record an address means that is not quite its own, and what became of that record."""

from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F
from django.urls import NoReverseMatch, is_valid_path, reverse

from pkportal.content.models import Part, Publishable, Status
from pkportal.content.names import NamedCodes
from pkportal.content.pages import HasPage
from pkportal.content.permanent_references import read_reference
from pkportal.content.registry import models_with, record_with_reference
from pkportal.content.withdrawal import is_reference
from pkportal.content.written_forms import words_meant

from .search.value_lists import RecordList

MAX_COMPARED_RECORDS = 20_000  # of larger tables no names are compared with an address
MAX_NEAREST = 5
MAX_KEY = 120  # letters


class NearRecord(NamedTuple):
    """A record that an address may have meant: its name, its code, and the address of its page."""

    title: str
    code: str
    address: str


class Withdrawal(NamedTuple):
    """A record that was public and was withdrawn: its name, what it is, since when and why it is not any more.

    ``moved_to`` is where readers find now what took its place: a permanent reference or an address, or nothing.
    """

    title: str
    kind: str
    withdrawn_at: Any
    reason: str = ""
    moved_to: str = ""

    def redirect_address(self) -> str:
        """Return the address that readers are led to: of a record only while it is public, or nothing."""
        if not is_reference(self.moved_to):
            return self.moved_to
        record = record_with_reference(self.moved_to)
        is_public = record and type(record)._default_manager.published().filter(pk=record.pk).exists()
        return record.permanent_address() if record and is_public else ""


class AskedRecord(NamedTuple):
    """The record that an address asks for: its model, its key as it was typed, and the ending of a file, if any."""

    model: type[Any]
    key: str
    ending: str

    def redirect_address(self) -> str:
        """Return the address of the public record with this key in any case, or nothing if there is none."""
        for record in self._with_key(self.model._default_manager.published())[:1]:
            return self._with_ending(record.get_absolute_url())
        return ""

    def named_address(self) -> str:
        """Return the address of the public record that alone has the key as a name, or nothing."""
        codes = NamedCodes(self.model).meant_by(self.key)
        return self._with_ending(self.model.page.url(codes[0])) if len(codes) == 1 else ""

    def _with_ending(self, page):
        address = f"{page.removesuffix('/')}.{self.ending}" if self.ending else page
        return address if is_valid_path(address) else ""

    def withdrawal(self) -> Withdrawal | None:
        """Return the notice of a record that was public until it, or what it is part of, was withdrawn; else nothing.

        Whoever asks for a record that was never public learns nothing of it.
        """
        return withdrawal_of(self.model, **{f"{self.model.page.key}__iexact": self.key})

    def nearest(self) -> list[NearRecord]:
        """Return the public records of this model whose code or name is the key, contains it or is spelt like it."""
        if len(self.model.key_fields) > 1 or self.model._default_manager.all()[MAX_COMPARED_RECORDS:].exists():
            return []
        records = RecordList(self.model)
        words, prefix = self.key.replace("/", " "), self.model.reference_prefix
        texts = [
            words,
            words_meant(self.key),
            read_reference(f"{prefix}-{self.key}", prefix, self.model.reference_digits),
        ]
        found = [records.find(text) for text in texts if text]
        named = [*filter(None, found), *(entry for text in dict.fromkeys(texts[:2]) for entry in records.near(text))]
        return [NearRecord(entry.label, entry.code, self.model.page.url(entry.code)) for entry in dict.fromkeys(named)][
            :MAX_NEAREST
        ]

    def _with_key(self, records):
        return records.filter(**{f"{self.model.page.key}__iexact": self.key})


def withdrawal_of(model: type[Any], **key: str) -> Withdrawal | None:
    """Return the notice of a record that was public until it, or what it is part of, was withdrawn; else nothing."""
    path = f"{model.part_of}__" if issubclass(model, Part) else ""
    if not path and not issubclass(model, Publishable):
        return None
    was_public = {f"{path}published_at__lt": F(f"{path}withdrawn_at")}
    told = [f"{path}{name}".replace("__", ".") for name in ["withdrawn_at", "withdrawal_reason", "moved_to"]]
    for record in model._default_manager.filter(**key, **{f"{path}status": Status.WITHDRAWN}, **was_public)[:1]:
        title = attrgetter(model.result_fields.title)(record) if issubclass(model, HasPage) else str(record)
        return Withdrawal(title, model._meta.verbose_name, *attrgetter(*told)(record))
    return None


def asked_record(path: str) -> AskedRecord | None:
    """Return the record that a path asks for by its first part, in any case, and its rest."""
    for prefix, model in page_prefixes(settings.ROOT_URLCONF):
        if path.lower().startswith(prefix):
            key, _dot, ending = path[len(prefix) :].strip("/").partition(".")
            return AskedRecord(model, key, ending) if key and can_be_a_key(key) else None
    return None


def can_be_a_key(key: str) -> bool:
    """True if a key can be looked for: it is no longer than names are, and has no control characters."""
    return len(key) <= MAX_KEY and key.isprintable()


@cache
def page_prefixes(_urlconf: str) -> tuple[tuple[str, type[HasPage]], ...]:
    """Return what the addresses of each model's pages begin with, in lower case, the longest first."""
    return tuple(sorted(_page_prefixes(), key=lambda pair: -len(pair[0])))


def _page_prefixes() -> Iterator[tuple[str, type[HasPage]]]:
    for model in models_with(HasPage):
        if model.page.is_own:
            try:
                address = reverse(model.page.url_name, args=["AAA"])
            except NoReverseMatch:  # a model whose keys are no words
                continue
            yield address.removesuffix("AAA/").lower(), model
