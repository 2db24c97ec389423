"""Strings keep the layers: none names a field of an app above, and pkportal names nothing of the record."""

import ast
import csv
import re
import tokenize
from functools import cache

import pytest
from django.apps import apps
from django.urls import get_resolver

from tests.source_code import APPS, ROOT, found_in, modules, strings, tree

DOMAIN = APPS[1:]
COMPOSITION = {"pkportal.settings", "pkportal.urls"}  # where the apps are put together, by the name of each
LOOKUP = re.compile(r"-?[a-z][a-z0-9_]*(__[a-z0-9_]+)+")
QUERY_METHODS = {
    *["annotate", "defer", "distinct", "exclude", "filter", "get", "get_field", "only", "order_by"],
    *["prefetch_related", "select_related", "values", "values_list"],
}


@cache
def names_from_above(app):
    """Return the related names by which models of an app lead to models of the apps above it."""
    above = APPS[APPS.index(app) + 1 :]
    labels = [name for name in APPS if name not in above]
    models = [
        model
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in labels
        for model in config.get_models()
    ]
    return {
        relation.name
        for model in models
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in above and not relation.hidden
    }


def columns_from_above(source, names):
    """Yield each lookup that goes through one of these names, and each query with columns that starts from one."""
    for line, text in strings(source):
        if LOOKUP.fullmatch(text) and names & {*text.lstrip("-").split("__")[:-1]}:
            yield line, text
    rooted = {*names_assigned(source, names)}
    for call in ast.walk(source):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in QUERY_METHODS:
            columns = [text for part in [*call.args, *call.keywords] for _line, text in strings(part)]
            is_above = starts_from(call.func.value, names, rooted)
            if columns and (is_above or (call.func.attr == "get_field" and names & {*columns})):
                yield call.lineno, f".{call.func.attr}({', '.join(columns)})"


def starts_from(node, names, rooted=()):
    """True if a chain of attributes and calls goes through one of the names, or starts at a variable that does."""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute) and node.attr in names:
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id in rooted


def names_assigned(source, names):
    """Yield the variables to which a query that goes through one of the names is assigned."""
    for node in ast.walk(source):
        if isinstance(node, ast.Assign) and starts_from(node.value, names):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def test_missions_name_no_field_of_lessons():
    written = [module for module in modules("missions") if not module.is_migration]

    assert found_in(written, lambda it: columns_from_above(tree(it.path), names_from_above("missions"))) == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('rows.filter(lessons__status="published")', ["lessons__status"]),
        ('rows.order_by("-mission__lessons__number")', ["-mission__lessons__number"]),
        ('mission.lessons.published().only("number", "title")', [".only(number, title)"]),
        ('found = mission.lessons.all()\nfound.values("number")', [".values(number)"]),
        ('Mission._meta.get_field("lessons")', [".get_field(lessons)"]),
        ("mission.lessons.for_list()", []),
        ('rows.filter(mission__name="lessons")', []),
    ],
)
def test_field_of_an_app_above_is_found(source, found):
    assert [text for _line, text in columns_from_above(ast.parse(source), {"lessons", "topics"})] == found


def test_related_names_are_read_from_the_models():
    assert names_from_above("missions") >= {"lessons", "challenges", "topics"}
    assert names_from_above("pkportal") >= {"missions", "mandates", "lessons", "contributions"}
    assert "mandates" not in names_from_above("missions")


LABELS = re.compile(rf"\b(?:{'|'.join(DOMAIN)})\.(?!csv\b|json\b)\w")


def names_of_the_apps(module):
    """Yield each string of a module that names a model, a field or a page of the domain apps."""
    source, pages = tree(module.path), {f"{name}-file" for name in page_names()} | page_names()
    yield from ((line, text) for line, text in strings(source) if LABELS.search(text) or text in pages)
    yield from columns_from_above(source, names_from_above("pkportal"))


def test_pkportal_names_no_model_field_or_page_of_the_apps():
    portal = [module for module in modules("pkportal") if module.name not in COMPOSITION]

    assert found_in(portal, names_of_the_apps) == {}


@cache
def page_names():
    """Return the names of the addresses of the domain apps."""
    included = [part for part in get_resolver("pkportal.urls").url_patterns if hasattr(part, "urlconf_module")]
    domain = [part for part in included if str(getattr(part.urlconf_module, "__name__", "")).split(".")[0] in DOMAIN]
    return {pattern.name for part in domain for pattern in part.url_patterns if pattern.name}


COLUMNS = {
    "missions": ["code", "name", "acronym"],
    "countries": ["iso3", "name"],
    "themes": ["code", "name"],
    "lessons": ["number"],
    "topics": ["code", "title"],
    "mandates": ["code"],
    "sources": ["code"],
}
SHORTEST = 3  # letters; no name of the record is an English word when its case is kept


def names_in_the_record():
    """Return the codes and names of the record in the fixtures."""
    for file, columns in COLUMNS.items():
        with (ROOT / "fixtures" / f"{file}.csv").open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                yield from (row[column] for column in columns if len(row[column]) >= SHORTEST)


def words_of(path):
    """Yield the line and the text of every string and every comment of a file."""
    yield from strings(tree(path))
    with path.open("rb") as file:
        yield from (
            (token.start[0], token.string)
            for token in tokenize.tokenize(file.readline)
            if token.type == tokenize.COMMENT
        )


def one_of(names):
    """Return a pattern of any of these names as a word, the longest first."""
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")


@cache
def names_of_the_record():
    return one_of({*names_in_the_record()})


def names_of_the_record_in(module):
    found_names = names_of_the_record().findall
    return [(line, name) for line, text in words_of(module.path) for name in found_names(text)]


def test_pkportal_names_nothing_of_the_record():
    assert found_in(modules("pkportal"), names_of_the_record_in) == {}


def test_name_of_the_record_is_found_as_a_word():
    names = names_of_the_record()

    assert names.findall("In KFOR, as in Kosovo: kfor, PK-L-0001 and un-sres-1244") == [
        *["KFOR", "Kosovo", "kfor", "PK-L-0001", "un-sres-1244"],
    ]
    assert names.findall("unkosovo kfor-list") == []
