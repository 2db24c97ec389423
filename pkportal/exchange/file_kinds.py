"""Which kind of records a file has: by its name, else by its header, else a person says it."""

import re
from collections.abc import Collection, Iterable
from typing import IO

from django.utils.translation import gettext as _

from pkportal.content.names import fold_name

from .mapping import known_names, names_of_columns
from .reading import ReadingChoice, ReadingOptions, ReadingQuestion, Undecided, UnreadableFile, read_table
from .registry import resources_by_name, table_of_file
from .resource import Resource


def kind_of_table(file: IO[bytes], name: str, options: ReadingOptions, answer: str = "") -> type[Resource]:
    """Return the resource class for a file. Raises ``Undecided`` where a person must say it."""
    kinds = resources_by_name()
    if answer and answer not in kinds:
        words = {"name": answer, "kinds": ", ".join(kinds)}
        raise UnreadableFile(_("There is no kind of records “%(name)s”, but: %(kinds)s.") % words)
    named = [answer] if answer else kinds_in_name(name, kinds)
    fitting = named if len(named) == 1 else kinds_by_header(file, name, options)
    if len(fitting) != 1:
        raise Undecided(_ask_for_kind(name, fitting or kinds))
    return kinds[fitting[0]]


def kinds_in_name(name: str, kinds: Iterable[str]) -> list[str]:
    """Return the kinds that the name of a file names, first of all that with which it begins."""
    if table := table_of_file(name):
        return [table]
    words = re.sub("[^a-z]+", "_", name.rpartition(".")[0].lower() or name.lower())
    return [kind for kind in kinds if re.search(f"(?:^|_){kind}(?:_|$)", words)]


def kinds_by_header(file: IO[bytes], name: str, options: ReadingOptions) -> list[str]:
    """Return the kinds that a file may have by the names of its columns: those that know most of them."""
    resources = {kind: resource_class() for kind, resource_class in resources_by_name().items()}
    known = {kind: {*known_names(resource)} for kind, resource in resources.items()}
    table = read_table(file, name, set().union(*known.values()), options)
    header = {*map(fold_name, table.header)}
    fitting = {
        kind: len(header & names) for kind, names in known.items() if header >= {*_required_columns(resources[kind])}
    }
    most = max(fitting.values(), default=0)
    return [kind for kind, count in fitting.items() if count == most]


def _required_columns(resource):
    """Return the names of the columns that a file must have, because its key has them."""
    model = resource._meta.model
    fields = [model._meta.get_field(name) for name in model.key_fields]
    required = [field.name for field in fields if not field.has_default() and (field.is_relation or not field.blank)]
    columns = names_of_columns(resource)
    in_words = {named.column: name for name, named in reversed(columns.items())}
    return [in_words[name] for name in required]


def _ask_for_kind(name: str, kinds: Collection[str]) -> ReadingQuestion:
    labels = {kind: str(resources_by_name()[kind]._meta.model._meta.verbose_name_plural) for kind in kinds}
    choices = [ReadingChoice(kind, label, []) for kind, label in labels.items()]
    return ReadingQuestion("kind", _("Which records does the file “%s” have?") % name, choices)
