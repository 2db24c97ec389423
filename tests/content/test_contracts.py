"""System checks name the model and the field that break a contract, before a page breaks."""

import pytest
from django.core import checks
from django.db import connection, models
from django.utils import timezone

from pkportal.content.checking import Checkable, checked_field
from pkportal.content.last_stated import LastStated
from pkportal.content.models import Part, Publishable, Record, RecordQuerySet
from pkportal.content.pages import Searchable
from pkportal.content.search_index import search_field
from pkportal.sources.cited import Cites, cited_field
from pkportal.sources.fields import MarkdownField

from .built_models import build, foreign_key, messages, operation_model, text_field

pytestmark = pytest.mark.usefixtures("isolated_models")


def test_installed_models_keep_their_contracts():
    assert checks.run_checks() == []


def test_checks_need_no_database():
    assert build(Record).check() == []  # the test is not marked for one, so a query would fail


@pytest.mark.parametrize(
    ("key_fields", "message"),
    [
        ([], "missions.Vehicle.key_fields names no field."),
        (["cod"], "missions.Vehicle.key_fields names “cod”, but missions.Vehicle has no field “cod”."),
        (["code__x"], "missions.Vehicle.key_fields names “code__x”, but missions.Vehicle has no field “code__x”."),
        (["name"], "missions.Vehicle.key_fields (name) has no unique constraint."),
        (["code", "name"], "missions.Vehicle.key_fields (code, name) has no unique constraint."),
    ],
)
def test_key_fields_are_columns_that_are_unique_together(key_fields, message):
    assert messages(build(Record, key_fields=key_fields)) == [message]


@pytest.mark.parametrize(("nulls_distinct", "is_unique"), [(None, False), (True, False), (False, True)])
def test_key_with_a_nullable_field_needs_a_constraint_on_nulls(nulls_distinct, is_unique):
    key = models.UniqueConstraint(fields=["code", "year"], name="key", nulls_distinct=nulls_distinct)
    model = build(
        Record,
        key_fields=["code", "year"],
        year=models.IntegerField(null=True),
        Meta=type("Meta", (), {"constraints": [key]}),
    )

    errors = ["missions.Vehicle.key_fields (code, year) has no unique constraint."]
    assert messages(model) == ([] if is_unique else errors)


def test_single_key_field_is_not_nullable():
    model = build(Record, code=text_field(unique=True, null=True))

    assert messages(model) == ["missions.Vehicle.key_fields (code) has no unique constraint."]


def test_foreign_key_in_a_key_leads_to_a_record():
    place = type("Place", (models.Model,), {"__module__": "missions.models"})
    model = build(Record, key_fields=["place"], place=foreign_key(place, unique=True))

    assert "missions.Vehicle.place is in key_fields, but missions.Place is not a Record and has no natural key." in (
        messages(model)
    )


class OpenQuerySet(RecordQuerySet):
    def published(self):
        return self


class OpenManager(models.Manager.from_queryset(RecordQuerySet)):
    def published(self):
        return self.all()


@pytest.mark.parametrize(
    "manager",
    [models.Manager, models.QuerySet.as_manager, OpenQuerySet.as_manager, OpenManager],
    ids=["plain", "plain query set", "query set that hides nothing", "manager that hides nothing"],
)
@pytest.mark.parametrize("name", ["objects", "vehicles"])
def test_managers_use_the_query_set_that_hides_unpublished_records(manager, name):
    model = build(Part, part_of="operation", operation=foreign_key(operation_model()), **{name: manager()})

    assert messages(model) == [f"The manager missions.Vehicle.{name} does not use RecordQuerySet.published()."]


@pytest.mark.django_db
def test_part_is_public_while_its_parent_is():
    parent = operation_model()
    part = build(Part, part_of="operation", operation=foreign_key(parent))
    with connection.schema_editor() as schema:
        schema.create_model(parent)
        schema.create_model(part)
    record = parent.objects.create(code="guard")
    part.objects.create(code="truck", operation=record)

    assert part.check() == []
    assert not part.objects.published().exists()

    parent.objects.update(status="published", published_at=timezone.now())
    assert part.objects.published().get().code == "truck"

    parent.objects.update(status="withdrawn", withdrawn_at=timezone.now())
    assert not part.objects.published().exists()


@pytest.mark.parametrize(
    ("part_of", "message"),
    [
        ("", "missions.Vehicle.part_of names “”, but missions.Vehicle has no field “”."),
        ("mission", "missions.Vehicle.part_of names “mission”, but missions.Vehicle has no field “mission”."),
        ("owner__x", "missions.Vehicle.part_of names “owner__x”, but missions.Owner has no field “x”."),
        ("name__code", "missions.Vehicle.part_of names “name__code”, but missions.Vehicle.name has no field “code”."),
        ("owner", "missions.Vehicle.part_of = “owner” does not lead to a Publishable by foreign keys."),
        ("name", "missions.Vehicle.part_of = “name” does not lead to a Publishable by foreign keys."),
        ("operations", "missions.Vehicle.part_of = “operations” does not lead to a Publishable by foreign keys."),
    ],
)
def test_part_of_leads_to_a_publishable_parent(part_of, message):
    owner = build(Record, name="Owner")
    many = models.ManyToManyField(operation_model(), related_name="+")

    assert messages(build(Part, part_of=part_of, owner=foreign_key(owner), operations=many)) == [message]


def test_record_with_a_publishable_record_in_its_key_is_a_part():
    model = build(Record, key_fields=["operation"], operation=foreign_key(operation_model(), unique=True))

    assert "missions.Vehicle.operation is in key_fields and can be hidden, but missions.Vehicle is not a Part." in (
        messages(model)
    )


@pytest.mark.parametrize(
    "meta",
    [{"constraints": []}, {"constraints": [], "default_permissions": Publishable.Meta.default_permissions}],
    ids=["nothing kept", "only permissions kept"],
)
def test_meta_of_a_publishable_model_keeps_constraints_and_permissions(meta):
    model = build(Publishable, Meta=type("Meta", (), meta))

    assert messages(model) == ["missions.Vehicle.Meta drops the constraints or the permission of Publishable."]


def test_meta_of_a_publishable_model_keeps_the_permission_to_publish():
    model = build(Publishable, Meta=type("Meta", (Publishable.Meta,), {"default_permissions": ["view"]}))

    assert messages(model) == ["missions.Vehicle.Meta drops the constraints or the permission of Publishable."]


@pytest.mark.parametrize(
    ("base", "name", "attributes"),
    [
        (Searchable, "search", {}),
        (Checkable, "is_checked", {"checked_fields": ["name"]}),
        (Cites, "cited", {}),
    ],
)
@pytest.mark.parametrize("column", ["absent", "typed by hand"])
def test_generated_column_exists_under_its_name(base, name, attributes, column):
    declared = {name: text_field()} if column == "typed by hand" else {"note": text_field()}

    assert messages(build(base, **attributes, **declared)) == [f"missions.Vehicle has no generated column “{name}”."]


def test_model_that_keeps_every_contract_has_no_errors():
    model = build(
        *[Publishable, Searchable, Checkable, Cites],
        text=MarkdownField(),
        checked_fields=["name", "text"],
        is_checked=checked_field("name", "text"),
        search=search_field("name", "text"),
        cited=cited_field("text"),
    )

    assert messages(model) == []


@pytest.mark.parametrize(
    ("checked_fields", "compared", "message"),
    [
        ([], ["name"], "missions.Vehicle.checked_fields names no field."),
        (
            ["name", "txt"],
            ["name"],
            "missions.Vehicle.checked_fields names “txt”, but missions.Vehicle has no column “txt”.",
        ),
        (
            ["name", "owner"],
            ["name"],
            "missions.Vehicle.checked_fields names “owner”, but missions.Vehicle has no column “owner”.",
        ),
        (
            ["name", "owner_id"],
            ["name"],
            "missions.Vehicle.is_checked does not compare exactly the columns that checked_fields names.",
        ),
    ],
)
def test_checked_fields_are_columns_and_all_of_them_are_compared(checked_fields, compared, message):
    owner = foreign_key(build(Record, name="Owner"))
    model = build(Checkable, checked_fields=checked_fields, is_checked=checked_field(*compared), owner=owner)

    assert messages(model) == [message]


def test_citations_are_read_from_every_markdown_column():
    model = build(Cites, summary=MarkdownField(), text=MarkdownField(), cited=cited_field("summary"))

    assert messages(model) == ["missions.Vehicle.text is Markdown, but missions.Vehicle.cited does not read it."]


def test_record_that_may_go_on_says_when_that_was_last_stated_and_which_are_stale():
    assert messages(build(LastStated)) == [
        "missions.Vehicle has no query set method “with_last_stated”.",
        "missions.Vehicle has no query set method “stale”.",
    ]
