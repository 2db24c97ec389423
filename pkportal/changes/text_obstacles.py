"""What stops new text from being published: claims without a source, citations without their page, unchecked AI text.

Text that readers could read before is left as it is: only what a change set adds or changes is asked for.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import CharField, TextField
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.content.checking import AIAssisted
from pkportal.content.models import Publishable, Status
from pkportal.sources.citations import citations_of
from pkportal.sources.claims import claims, markdown_fields
from pkportal.sources.fields import MarkdownField
from pkportal.sources.sentences import sentences

from .cells import STATUS
from .models import Change
from .past import DELETED, event_model, reference_column
from .writers import paths_to

AI_ASSISTED = "ai_assisted"
LONG_ENOUGH = 200  # characters that a column can have, from which it is a text and not a name


ASSISTED_AND_UNCHECKED = gettext_lazy(
    "It was written with AI assistance, and its new words have not been compared with a source yet."
)


class NewText(NamedTuple):
    """A text that is new to readers, as a whole or in part: the sentences in ``known`` they could read before."""

    record: Any
    column: str
    text: str
    known: set[str]


class TextObstacle(NamedTuple):
    """A reason why a text cannot be published yet."""

    reference: str
    column: str
    message: str


def text_obstacles(model: Any, saved: Iterable[tuple[Change, Any]]) -> Iterator[TextObstacle]:
    """Yield what is missing in the new texts of the records of a model, which a change set has just saved."""
    texts: list[NewText] = []
    unmarked: list[Any] = []
    blanks: list[TextObstacle] = []
    for change, record in saved:
        texts += [*changed_texts(model, change, record)]
        for field in markdown_fields(model):
            was, new = change.cells.get(field.name, ["", ""])
            blanks += blank_places(change.reference, field.name, new, was)
        if change.cells.get(AI_ASSISTED) == ["yes", "no"]:
            unmarked.append(record)
        was, now = change.cells.get(STATUS, ["", ""])
        if now == Status.PUBLISHED and was != Status.PUBLISHED and issubclass(model, Publishable):
            published = [*published_texts(record)]
            texts += published
            for it in filter(has_new_words, published):
                blanks += blank_places(it.record.reference, it.column, it.text)
    yield from dict.fromkeys(blanks)
    yield from dict.fromkeys(uncited(texts))
    yield from unchecked([new.record for new in texts if has_new_words(new)], unmarked)


def changed_texts(model: Any, change: Change, record: Any) -> Iterator[NewText]:
    """Yield the texts that a change set adds or changes, with what readers could read there at any time before."""
    for field in texts_of(model):
        if field.name in change.cells:
            was, new = change.cells[field.name]
            known = {*sentences_of(was)}
            if not known.issuperset(sentences_of(new)):
                past = earlier_texts(model, change.reference, field.name, new)
                known |= {words for text in past for words in sentences_of(text)}
                yield NewText(record, field.name, new, known)


def earlier_texts(model: Any, reference: str, column: str, new: str) -> list[str]:
    """Return what a column had before it got its present text, from the history: also before it was deleted."""
    events = event_model(model).objects.filter(**{reference_column(model): reference}).order_by("-pgh_id")
    states = [*events.values_list("pgh_label", column)]
    while states and states[0] != (DELETED, new) and states[0][1] == new:  # written just now
        del states[0]
    return [text for _label, text in states]


def published_texts(root: Any) -> Iterator[NewText]:
    """Yield all texts of a record that becomes public, and of its parts, with what was public until a withdrawal."""
    root_model: Any = type(root)
    withdrawals = event_model(root_model).objects.filter(pgh_obj_id=root.pk, status=Status.WITHDRAWN)
    withdrawn_at = withdrawals.order_by("-pgh_id").values_list("withdrawn_at", flat=True).first()
    for model, path in {root_model: "pk", **paths_to(root_model)}.items():
        fields = texts_of(model)
        if not fields:
            continue
        was: dict[int, set[str]] = {}
        if withdrawn_at:
            states = event_model(model).objects.filter(**{"pgh_obj_id" if path == "pk" else path: root.pk})
            names = ["pgh_obj_id", *(field.name for field in fields)]
            for pk, *texts in states.filter(pgh_created_at__lte=withdrawn_at).values_list(*names):
                was.setdefault(pk, set()).update(words for text in texts for words in sentences_of(text))
        for record in model._base_manager.filter(**{path: root.pk}):
            for field in fields:
                if text := getattr(record, field.name):
                    yield NewText(record, field.name, text, was.get(record.pk, set()))


def texts_of(model: Any) -> list[Any]:
    """Return the fields of a model that are texts: Markdown, and the words of AI-assisted records."""
    if not issubclass(model, AIAssisted):
        return [*markdown_fields(model)]
    return [field for field in model._meta.fields if isinstance(field, MarkdownField) or is_long_text(model, field)]


def is_long_text(model: type[AIAssisted], field: Any) -> bool:
    """True for a column of words under the check that is no name, code or choice."""
    if field.attname not in model.checked_fields or field.choices:
        return False
    return isinstance(field, TextField) or (isinstance(field, CharField) and field.max_length >= LONG_ENOUGH)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [sentence.text for sentence in sentences(text)]


def has_new_words(new: NewText) -> bool:
    """True if a text has a sentence that readers could not read before."""
    return any(words not in new.known for words in sentences_of(new.text))


def uncited(texts: Iterable[NewText]) -> Iterator[TextObstacle]:
    """Yield the new claims in Markdown that cite nothing."""
    for new in texts:
        if isinstance(new.record._meta.get_field(new.column), MarkdownField):
            for claim in claims(new.text):
                if not claim.is_cited and claim.text not in new.known:
                    words = {"sentence": Truncator(claim.text).chars(160)}
                    message = _("“%(sentence)s” states a number, a date or a rule, and cites no source.") % words
                    yield TextObstacle(new.record.reference, new.column, message)


def blank_places(reference: str, column: str, new: str, was: str = "") -> Iterator[TextObstacle]:
    """Yield the citations of a text, but for those that it had before, whose page or passage was left blank."""
    before = {*citations_of(was)}
    for citation in citations_of(new):
        if citation.blank and citation not in before:
            words = {"citation": f"[@{citation.code}, {citation.blank}]", "blank": citation.blank}
            message = (
                _("%(citation)s does not say where: write the number behind “%(blank)s”, or leave that out.") % words
            )
            yield TextObstacle(reference, column, message)


def unchecked(with_new_words: Iterable[Any], unmarked: Iterable[Any]) -> Iterator[TextObstacle]:
    """Yield the records with AI-assisted new words that nobody has checked, and those that lose that mark unchecked."""
    by_model: dict[type[Any], set[int]] = {}
    lose_it = {record.pk for record in unmarked}
    for record in [*with_new_words, *unmarked]:
        if isinstance(record, AIAssisted) and (record.ai_assisted or record.pk in lose_it):
            by_model.setdefault(type(record), set()).add(record.pk)
    for model, pks in by_model.items():
        left = model._base_manager.filter(pk__in=pks, is_checked=False).order_by("pk")
        for reference in left.values_list("reference", flat=True):
            yield TextObstacle(reference, AI_ASSISTED, str(ASSISTED_AND_UNCHECKED))
