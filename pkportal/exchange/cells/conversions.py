"""Conversions: what a careful clerk reads in a cell that is not written as a dump writes it.

Each kind of column has its own. A conversion gives the text that the clerk would write in the file instead; whether
that is a valid value is for the column's widget and the model field to say.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pkportal.content.clean_texts import TextKind, clean_text
from pkportal.content.names import fold_name
from pkportal.exchange import record_widgets, widgets

from .column_questions import NOTHING_SAID, ColumnAnswers
from .conversion import Conversion, Converted
from .date_conversion import DateConversion
from .likely_names import Likely, LikelyNames
from .number_conversion import NumberConversion
from .qualifiers import Qualifier
from .seen_texts import remove_notes, seen_text

YES = frozenset(
    ["yes", "y", "true", "t", "1", "ja", "j", "oui", "o", "sí", "si", "sim", "da", "evet", "tak"]
    + ["igen", "ano", "да", "wahr", "vrai", "verdadero", "verdadeiro", "vero", "waar", "prawda", "pravda", "igaz"]
    + ["doğru", "истина", "sant", "sand", "✓", "✔", "☑"]
)
NO = frozenset(
    ["no", "n", "false", "f", "0", "nein", "non", "não", "hayır", "nie", "nem", "ne", "нет"] + ["falsch", "faux", "☐"]
)
QUOTES = "\"'“”„‟‘’‚«»"
LOOKALIKES = str.maketrans(  # Cyrillic and Greek letters that nobody tells from Latin ones
    "АВЕКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXo"
)
LIST_MARKS = re.compile(r"[;,|\n]+")


class YesNoConversion(Conversion):
    """Reads yes and no in several languages, and as 1 and 0."""

    tells_column = True

    def can_tell(self, texts):
        """True for words: 1 may be a number of anything."""
        return any(not text.strip().isdigit() for text in texts)

    def convert(self, text):
        """Read a word for yes or for no."""
        word = seen_text(text).casefold()
        if word in YES or word in NO:
            return Converted("yes" if word in YES else "no")
        return super().convert(text)


class ChoiceConversion(Conversion):
    """Reads choices by their labels, and codes in any case; several in one cell where the column has several."""

    tells_column = True

    def __init__(self, choices: Iterable[tuple[Any, Any]], are_several: bool):
        self.are_several = are_several
        self.codes: dict[str, tuple[str, ...]] = {}
        for code, label in choices:
            for name in {fold_name(str(code)), fold_name(str(label))} if code else ():
                self.codes[name] = (*self.codes.get(name, ()), str(code))
        self.likely_names = LikelyNames(self.codes)

    def convert(self, text):
        """Read the code of each choice that is named by its label."""
        names = split_names(text) if self.are_several else [text]
        codes = [self.codes.get(fold_name(name), ()) for name in names]
        if names and all(len(found) == 1 for found in codes):
            return Converted(widgets.SEPARATOR.join(code for (code,) in codes))
        return super().convert(text)

    def likely(self, text):
        """Name the choices that a misspelt one may mean."""
        return likely_in_words(self.likely_names.find(text).codes)


class TextConversion(Conversion):
    """Takes out of a text what a form takes out of it; a word for nothing is a text like any other."""

    is_text = True

    def __init__(self, kind: TextKind, field: models.Field):
        self.kind = kind
        self.is_address, self.is_code = isinstance(field, models.URLField), isinstance(field, models.SlugField)

    def convert(self, text):
        """Return a text as a form would store it."""
        clean = clean_text(text, self.kind)
        if self.is_code:
            clean = clean.strip(QUOTES)
        if self.is_address and clean and "://" not in clean:
            clean = f"https://{clean.removeprefix('//')}"
        return Converted(clean) if clean != text else None


class RecordConversion(Conversion):
    """Reads records by all their names; a misspelt name is asked about if it is near that of just one record."""

    tells_column = True

    def __init__(self, widget: record_widgets.RecordWidget):
        self.widget, self.are_several = widget, isinstance(widget, record_widgets.RecordsWidget)
        self.likely_names: LikelyNames | None = None

    def convert(self, text):
        """Read the code of each record that is named otherwise."""
        names = [seen_text(text)]
        ways = [names, *([split_names(text)] if self.are_several else []), [*map(remove_notes, names)]]
        for may_be_near in (False, True):
            for names in ways:
                if converted := self.by_names(names, may_be_near):
                    return converted
        return super().convert(text)

    def by_names(self, names, may_be_near):
        """Return the codes of records by names, which may be misspelt or not, if there is one for each."""
        codes: list[str] = []
        near: dict[str, Sequence[str]] = {}
        for name in names:
            found: Sequence[str] = self.widget.codes_meant_by(name)
            if may_be_near and not found and (likely := self.likely_to_be(name)).is_near:
                found = near[name] = likely.codes
            if len(found) != 1:
                return None
            codes += found
        parts = [_("“%(name)s” as %(code)s") % {"name": name, "code": code} for name, (code,) in near.items()]
        question = _("Is it right to read %(names)s?") % {"names": get_text_list(parts, _("and"))} if parts else ""
        return Converted(widgets.SEPARATOR.join(codes), question=question) if codes else None

    def likely_to_be(self, name):
        """Return the records that a misspelt name may mean; one that waits, or is gone, is not misspelt."""
        if self.widget.what_became_of(name):
            return Likely()
        latin = name.translate(LOOKALIKES)
        if latin != name and (codes := self.widget.codes_meant_by(latin)):
            return Likely(codes, len(codes) == 1)
        if self.likely_names is None:
            self.likely_names = LikelyNames(self.widget.names.by_name)
        return self.likely_names.find(name)

    def likely(self, text):
        """Name the records that a misspelt name may mean."""
        names = [text.strip(), *split_names(text)] if self.are_several else [text.strip()]
        unknown = [name for name in names if not self.widget.codes_meant_by(name)]
        return likely_in_words([code for name in unknown[:3] for code in self.likely_to_be(name).codes])


def conversion_for(
    field: Any,
    widget: widgets.TextWidget,
    qualifier: Qualifier | None = None,
    answers: ColumnAnswers = NOTHING_SAID,
) -> Conversion:
    """Return the conversion of a column."""
    match widget:
        case record_widgets.RecordWidget():
            return RecordConversion(widget)
        case widgets.NumberWidget(parse=parse):
            return NumberConversion(parse is int, qualifier, answers)
        case widgets.PartialDateWidget() | widgets.DateWidget():
            return DateConversion(answers.said)
        case widgets.BooleanWidget():
            return YesNoConversion()
        case widgets.ChoicesWidget():
            return ChoiceConversion(field.base_field.flatchoices, are_several=True)
    if widget.kind:
        return TextConversion(widget.kind, field)
    return ChoiceConversion(field.flatchoices, are_several=False) if field.choices else Conversion()


def split_names(text: str) -> list[str]:
    """Split a cell of several names, whatever stands between them."""
    return [name for name in map(seen_text, LIST_MARKS.split(text)) if name]


def likely_in_words(codes: Sequence[str]) -> str:
    """Return likely codes as the end of a refusal."""
    return " " + _("Likely: %(codes)s.") % {"codes": ", ".join(dict.fromkeys(codes))} if codes else ""
