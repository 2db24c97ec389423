"""Answers about a file that waits: how it is encoded, which sheet is read, which column each header is."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from pkportal.exchange.cells.column_questions import is_answer
from pkportal.exchange.date_parts import make_one_date
from pkportal.exchange.filling_down import DO_NOT_FILL, FILL
from pkportal.exchange.reading import OTHER_WAYS
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.unfolding import Unfolding, headers_read

from .import_reading import MAPPING
from .imported_files import ImportedFile, SavedMapping

LONGEST_NAME = 80  # of a saved mapping


def take_answer(imported: ImportedFile, answers: Mapping[str, str]) -> None:
    """Take the answer to the question that a file waits for. Raises ``ValidationError``; nothing is kept then."""
    if imported.question.get("name") == MAPPING:
        take_mapping(imported, answers)
    else:
        take_choice(imported, answers.get("choice", ""))


def take_whole(imported: ImportedFile, answers: Mapping[str, str]) -> None:
    """Take what a file is the whole of, or that it is the whole of nothing."""
    said = answers.get("whole", "")
    if said and said not in imported.wholes:
        raise ValidationError(_("Choose one of the answers."))
    imported.whole = said


def take_reading(imported: ImportedFile, answers: Mapping[str, str]) -> None:
    """Take that the rows of a file are read in the other way: hidden ones, headings, merged cells, blanks below a text.

    Which of them it is, is said as the note says it.
    """
    about = answers.get("about", "")
    options = {"filled": [], **imported.options}
    if about in OTHER_WAYS:
        options[about] = "" if options.get(about) else OTHER_WAYS[about]
    elif about.startswith(FILL):
        options["filled"] = [*options["filled"], about.removeprefix(FILL)]
    elif about.removeprefix(DO_NOT_FILL) in options["filled"]:
        options["filled"] = [name for name in options["filled"] if name != about.removeprefix(DO_NOT_FILL)]
    else:
        raise ValidationError(_("Choose one of the answers."))
    imported.options = options


def take_near_misses(imported: ImportedFile, answers: QueryDict) -> None:
    """Take of which kinds of near misses the rows are the records that they look like; the others are new."""
    kinds = [*imported.same_records, *(near["kind"] for near in imported.near_misses)]
    imported.same_records = [kind for kind in dict.fromkeys(kinds) if answers.get(f"near.{kind}") == "same"]


def take_choice(imported: ImportedFile, value: str) -> None:
    """Take one of the choices of a question."""
    if value not in [choice["value"] for choice in imported.question["choices"]]:
        raise ValidationError(_("Choose one of the answers."))
    imported.options = {**imported.options, imported.question["name"]: value}


def take_mapping(imported: ImportedFile, answers: Mapping[str, str]) -> None:
    """Take the columns of all headers, what all rows have in others, and the name to keep it under."""
    resource: Any = resources_by_model()[imported.model]()
    known = [column.column_name for column in resource.columns()]
    headers = [column["header"] for column in imported.question["columns"]]
    mapping = {header: answers.get(f"column.{place}", "") for place, header in enumerate(headers)}
    constants = {name: text for name in known if (text := answers.get(f"constant.{name}", "").strip())}
    unfolding = answers.get("unfolding", "")
    unfoldings = {"=".join(pair): pair for pair in imported.question["unfoldings"]}
    check_mapping(mapping, constants, known)
    if unfolding and unfolding not in unfoldings:
        raise ValidationError(_("Choose one of the answers."))
    if unfolding:  # the headers that become values are no columns, and are not left out either
        values = headers_read(resource, Unfolding.from_text(unfolding), headers)
        mapping = {header: column for header, column in mapping.items() if header not in values}
    imported.mapping, imported.constants, imported.unfolding = mapping, constants, unfoldings.get(unfolding, [])
    imported.mapping_name = answers.get("keep_as", "").strip()[:LONGEST_NAME]
    if imported.mapping_name:
        kept = {"columns": mapping, "constants": constants, "saved_by": imported.account}
        SavedMapping.objects.update_or_create(kind=imported.kind, name=imported.mapping_name, defaults=kept)


def check_mapping(mapping: Mapping[str, str], constants: Mapping[str, str], known: list[str]) -> None:
    """Refuse a column that there is not, and one that is named twice."""
    taken = [*filter(None, mapping.values()), *constants]
    if any(name not in known for name in taken):
        raise ValidationError(_("Choose one of the answers."))
    of_each = {name: [header for header, column in mapping.items() if column == name] for name in taken}
    twice = sorted({name for name in taken if taken.count(name) > 1 and not make_one_date(of_each[name])})
    if twice:
        message = _("Only one column of the file can be %(names)s: leave out the others.")
        raise ValidationError(message % {"names": ", ".join(twice)})
    if not taken:
        raise ValidationError(_("Say of at least one column what it is."))


def take_cell_answers(imported: ImportedFile, answers: QueryDict) -> None:
    """Take which conversions are refused, which names are right as they were read, and how dates are written.

    What was refused before stays refused unless it is taken back; each is named by its place in its list.
    """
    refused = [pair for place, pair in enumerate(imported.refused_conversions) if f"r{place}" in answers]
    chosen = {*answers.getlist("refuse")}
    refused += [[it["column"], it["text"]] for place, it in enumerate(imported.conversions) if str(place) in chosen]
    confirmed = {*answers.getlist("confirm")}
    for place, asked in enumerate(imported.cell_questions):
        if asked["text"] and (str(place) in confirmed or "confirm_all" in answers):
            imported.confirmed_names = [*imported.confirmed_names, [asked["column"], asked["text"]]]
        elif not asked["text"] and is_answer(asked["about"], said := answers.get(f"column.{place}", "").strip()):
            of_columns = {**imported.column_answers.get(asked["about"], {}), asked["column"]: said}
            imported.column_answers = {**imported.column_answers, asked["about"]: of_columns}
    imported.refused_conversions = refused
