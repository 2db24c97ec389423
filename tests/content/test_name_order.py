"""Names sort as people sort them, on any server: no accent, no capital and no number of digits puts one elsewhere."""

import ast

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models.expressions import OrderBy

from missions.models import Country, Mandate
from pkportal.content.contracts import fields_along
from pkportal.content.models import Record
from pkportal.content.name_order import BY_NAME, is_name, name_sort_key
from pkportal.content.registry import models_with
from pkportal.website.filters import ListFilterSet
from pkportal.website.ordering import OrderingFilter
from tests import make
from tests.source_code import APPS, modules, strings, tree

pytestmark = pytest.mark.django_db

NAMES = {"acronym", "name", "person", "publisher", "short_title", "symbol", "term", "title"}
IN_ORDER = [
    *["Åland Islands", "Albania", "Côte d'Ivoire", "Croatia", "czech republic", "Łódź", "Luxembourg", "Oman"],
    *["Österreich", "Poland", "S/RES/713", "S/RES/1244", "S/RES/1244 (1999)", "S/RES/2795", "Tunisia", "Türkiye"],
    *["Ukraine", "Unit 2", "Unit 10", "Unit 10a", "Unit 123456789012", "Zambia", "Ελλάδα"],
]


def test_names_sort_without_accents_and_capitals_and_by_the_size_of_numbers():
    for name in IN_ORDER[::-1]:
        make.country(name=name)

    assert [*Country.objects.order_by("name__name_order").values_list("name", flat=True)] == IN_ORDER


def test_lists_and_files_sort_names_alike(client):
    mission = make.published_mission(name="Mission 10")
    make.published_mission(name="Mission 9")
    for symbol in ["S/RES/2795", "S/RES/713", "S/RES/1244"]:
        make.mandate(mission=mission, symbol=symbol)
    for name in ["Zambia", "Åland Islands", "Türkiye", "Tunisia"]:
        make.country(name=name)
    expected = {
        "mandates{}?sort=symbol": ["S/RES/713", "S/RES/1244", "S/RES/2795"],
        "missions{}?sort=name": ["Mission 9", "Mission 10"],
        "countries{}": ["Åland Islands", "Tunisia", "Türkiye", "Zambia"],
    }

    for address, names in expected.items():
        rows = [str(row) for row in client.get("/" + address.format("/")).context["object_list"]]
        file = b"".join(client.get("/" + address.format(".csv"))).decode()
        places = [file.index(name) for name in names]
        assert [row for row in rows if row in names] in (names, [])
        assert places == sorted(places)


def test_letters_within_a_name_are_found_as_before(client):
    make.country(name="Türkiye")

    assert "Türkiye" in client.get("/countries/?q=turk").text
    assert Country.objects.filter(name__icontains="ÜRK").exists()


def test_index_serves_the_order_of_symbols():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")

    plan = Mandate.objects.order_by("symbol__name_order", "pk")[:10].explain()

    assert "Index Scan using mandate_by_symbol" in plan


def test_names_sort_in_python_as_in_the_database():
    assert sorted({*IN_ORDER}, key=name_sort_key) == IN_ORDER


def unsorted_names(model, order):
    """Return the columns of an order that are names of records and do not sort as names."""
    columns = [column.removeprefix("-") for column in order if isinstance(column, str)]
    return [column for column in columns if not column.endswith(BY_NAME) and is_name(fields_along(model, column)[-1])]


def orders():
    """Yield every order that is declared, with its model and where: of models, of the admin and of lists."""
    for model in models_with(Record):
        yield model, model._meta.ordering, "model"
        if model in admin.site._registry:
            model_admin = admin.site._registry[model]
            yield model, model_admin.ordering or (), "admin"
            for inline in model_admin.inlines:
                yield inline.model, inline.ordering or (), "inline"
    for filterset in ListFilterSet.__subclasses__() + [
        below for each in ListFilterSet.__subclasses__() for below in each.__subclasses__()
    ]:
        for each in filterset.base_filters.values():
            if isinstance(each, OrderingFilter):
                for order in each.orders.values():
                    columns = [it.expression.name if is_column(it) else it for it in order]
                    yield filterset._meta.model, columns, "list"


def is_column(item):
    """True if an item of an order is a column with a direction."""
    return isinstance(item, OrderBy) and hasattr(item.expression, "name")


def test_every_declared_order_sorts_names_as_people_do():
    found = [*orders()]

    assert len({place for _model, _order, place in found}) == 4
    assert [(model.__name__, wrong) for model, order, _place in found if (wrong := unsorted_names(model, order))] == []


def columns_of(argument):
    """Yield the columns by which an argument of ``order_by`` sorts: texts, and those of ``F``."""
    for node in ast.walk(argument):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "F":
            yield from (text for _line, text in strings(node))
    if isinstance(argument, ast.Constant):
        yield argument.value


def test_no_query_orders_by_the_letters_of_a_name():
    wrong = [
        (module.name, call.lineno, column)
        for module in modules(*APPS)
        if not module.is_migration
        for call in ast.walk(tree(module.path))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "order_by"
        for argument in call.args
        for column in columns_of(argument)
        if column.removeprefix("-").split("__")[-1] in NAMES
    ]

    assert wrong == []


def test_choices_facets_and_choosers_of_the_admin_are_in_the_order_of_names(client, admin_client):
    mission = make.published_mission(name="Mission 10", code="a")
    make.published_mission(name="Mission 9", code="b")
    for name in ["Zambia", "Åland Islands"]:
        make.contribution(mission=mission, country=make.country(name=name))
    for title in ["Report 10", "Report 9"]:
        make.source(title=title, code=f"code-{title[-2:].strip()}")

    page = client.get("/contributions/")
    choices = client.get("/events/").context["filter"].form.fields["mission"].labels
    chooser = {"app_label": "missions", "model_name": "contribution", "field_name": "source", "term": "Report"}
    found = admin_client.get("/admin/autocomplete/", chooser).json()["results"]

    assert [choice.label for choice in page.context["filter"].form.fields["country"].widget.options] == [
        "Åland Islands",
        "Zambia",
    ]
    assert [*choices.values()] == ["Mission 9", "Mission 10"]
    assert [each["text"] for each in found] == ["Report 9 (code-9)", "Report 10 (code-10)"]
