"""Words of pages, forms and messages are those that readers know: none is ours alone."""

import ast
import re

import pytest
from django.conf import settings

from pkportal.content.models import Record
from pkportal.content.registry import models_with
from tests.source_code import modules, strings, tree

PLAIN_WORDS = {
    r"rest(?:s|ed|ing)? on": "is based on, legal basis",
    r"stand(?:s|ing)?(?! (?:Naval|NATO))|stood": "is, is shown, permanent, status",
    r"speaks?": "is about, states",
    r"holds?": "has, contains, tenure",
    r"gone by|go(?:es|ing)? on": "is ongoing",
    r"known of": "on record",
    r"gave|gives?": "contributed, states",
    r"hard(?:er|est)?": "challenge, difficulty",
    r"came up": "missions with this theme",
    r"how far it (?:has come|came)": "stage",
    r"near it": "kind of source",
    r"lines? of remedy": "capability areas",
    r"carri(?:es|ed) out|carry out": "implements",
    r"put on record": "added to the record",
    r"take[sn]? (?:in|away|back)": "import, remove",
    r"anew": "again",
    r"mistyped or cut off": "mistyped or incomplete",
    r"value state": "precision",
    r"bas(?:es|is) \d": "counted as",
    r"maturity": "stage",
    r"obstacles?": "what is missing",
    r"founding article": "the article with which the site began",
    r"whence|hence|thus|amid|bidden|whom it": "so",
    r"desk|room|figurehead": "admin, page",
    r"makes? nothing": "is never enough",
    r"nobody has": "has not been",
    r"no ally": "not an ally",
    r"who gave what": "contributions by nation",
}
IN_HOUSE = re.compile(rf"\b(?:{'|'.join(PLAIN_WORDS)})\b", re.IGNORECASE)
TRANSLATED = re.compile(
    r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}"
    r"""|{% translate (?:"([^"]*)"|'([^']*)')"""
    r"""|_\((?:"([^"]*)"|'([^']*)')\)""",
    re.DOTALL,
)
MARKUP = re.compile(r"{#.*?#}|{{.*?}}|{%.*?%}|<!?[a-z/][^>]*>", re.DOTALL)
SPOKEN = {"_", "gettext", "gettext_lazy", "ngettext", "CommandError", "ImproperlyConfigured", "ValidationError"}


def words_of_templates():
    """Yield each place and its words, of all templates and mails."""
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.*")):
        text = path.read_text()
        for match in TRANSLATED.finditer(text):
            words = MARKUP.sub(" ", "".join(filter(None, match.groups())))
            yield f"{path.name}:{text.count(chr(10), 0, match.start()) + 1}", " ".join(words.split())
        yield path.name, " ".join(MARKUP.sub(" ", text).split())  # of some pages the words are not marked


def words_of_code():
    """Yield each place and its words: labels, help texts, messages, and what the data page says of each table."""
    for module in modules("pkportal", "missions", "lessons"):
        if module.is_migration:
            continue
        for call in ast.walk(tree(module.path)):
            name = isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in SPOKEN:
                for argument in call.args:
                    yield from ((f"{module}:{line}", text) for line, text in strings(argument))
    yield from ((model.__name__, model.__doc__) for model in models_with(Record))


@pytest.mark.parametrize("words", [words_of_templates, words_of_code])
def test_readers_meet_no_word_that_is_ours_alone(words):
    assert [(place, found[0], text) for place, text in words() if (found := IN_HOUSE.search(text))] == []


def test_words_of_pages_and_messages_are_found():
    assert ("404.html:4", "Page not found") in [*words_of_templates()]
    assert "A mission cannot end before it starts." in [text for _place, text in words_of_code()]


@pytest.mark.parametrize(
    "text",
    [
        "Rests on",
        "stand on 2 bases",
        "Standing today",
        "Lines of remedy",
        "What is known of which year",
        "Who gave what",
    ],
)
def test_word_that_is_ours_alone_is_found(text):
    assert IN_HOUSE.search(text)


def test_no_value_is_refused_as_not_valid_without_a_word_of_what_is():
    messages = {
        f"{model.__name__}.{field.name}": str(validator.message)
        for model in models_with(Record)
        for field in model._meta.fields
        for validator in field.validators
        if hasattr(validator, "message")
    }

    assert len(messages) > 50
    assert {name: words for name, words in messages.items() if re.search(r"\bvalid\b|slug", words)} == {}
