"""Patches of cells: what others change elsewhere survives, and a later version of the portal reads older drafts."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from missions.models import Mission, Objective
from pkportal.changes.applying import apply, problems_of
from pkportal.changes.cells import cells_of, draft_columns, merged
from pkportal.changes.drafts import Edit, save_draft
from pkportal.changes.models import Action, Change, ChangeSet
from pkportal.content.registry import models_with_label
from pkportal.exchange.registry import resources_by_model
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return User.objects.create_user("author")


@pytest.fixture
def kfor():
    return make.published_mission(code="kfor", summary="It keeps the peace.")


def change_of(record, cells, action=Action.CHANGE):
    """Make a change set with one change of a record."""
    change_set = ChangeSet.objects.create(title=str(record))
    kind = record._meta.label_lower
    Change.objects.create(change_set=change_set, kind=kind, reference=record.reference, action=action, cells=cells)
    return change_set


@pytest.mark.parametrize(
    ("live", "was", "new", "expected"),
    [
        ("a", "a", "b", "b"),
        ("b", "a", "b", "b"),  # others made the same change
        ("c", "a", "b", None),
    ],
)
def test_cell_clashes_where_the_record_has_neither_the_old_nor_the_new_text(live, was, new, expected):
    assert merged(draft_columns(Mission)["summary"], live, was, new) == expected


@pytest.mark.parametrize(
    ("live", "was", "new", "expected"),
    [
        ("ALB;SRB", "ALB", "ALB;MKD", "ALB;MKD;SRB"),
        ("ALB;SRB", "ALB;SRB;MNE", "ALB;SRB", "ALB;SRB"),
        ("ALB;MNE;SRB", "ALB;MNE", "MNE", "MNE;SRB"),
        ("", "ALB", "ALB;MKD", "MKD"),
    ],
)
def test_values_are_added_to_and_taken_from_a_list_whatever_others_did_to_it(live, was, new, expected):
    assert merged(draft_columns(Mission)["host_countries"], live, was, new) == expected


def test_every_field_of_every_form_is_a_column_that_a_draft_can_change(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    for model in resources_by_model():
        form = admin.site._registry[model].get_form(request)
        unknown = {
            name
            for name in form.base_fields
            if name not in draft_columns(model) and name in {field.name for field in model._meta.get_fields()}
        }
        assert unknown == set(), model


def test_field_that_a_later_version_no_longer_has_is_left_out(kfor):
    change_set = change_of(kfor, {"mascot": ["bear", "wolf"], "acronym": ["", "KFOR"]})

    assert problems_of(change_set) == []
    apply(change_set)

    kfor.refresh_from_db()
    assert kfor.acronym == "KFOR"


def test_field_that_came_with_a_later_version_keeps_its_value(kfor):
    before = cells_of(kfor)

    apply(change_of(kfor, {"acronym": ["", "KFOR"]}))

    kfor.refresh_from_db()
    assert cells_of(kfor) == {**before, "acronym": "KFOR"}


def test_kind_that_a_later_version_no_longer_has_is_left_out(kfor):
    change_set = change_of(kfor, {"acronym": ["", "KFOR"]})
    gone = Change.objects.create(change_set=change_set, kind="missions.banner", reference="BAN-0001", action="add")

    assert "missions.banner" not in models_with_label()
    assert problems_of(change_set) == []
    assert gone.model is None


def test_removed_record_has_all_its_cells_and_comes_back_with_its_reference(kfor):
    objective = make.objective(mission=kfor, text="Keep the peace")
    cells = {name: [cell, ""] for name, cell in cells_of(objective).items()}

    apply(change_of(objective, cells, Action.REMOVE))
    assert not Objective.objects.exists()
    apply(change_of(objective, {name: [new, was] for name, (was, new) in cells.items()}, Action.ADD))

    back = Objective.objects.get()
    assert (back.reference, cells_of(back)) == (objective.reference, cells_of(objective))


def test_first_old_cell_of_a_draft_stays_whatever_is_typed_after(kfor, author):
    def type_in(summary, live="It keeps the peace."):
        cells = {"summary": (live, summary)}
        return save_draft(kfor, [Edit(Mission, kfor.reference, Action.CHANGE, "KFOR", cells)], author)

    type_in("One.")
    Mission.objects.update(summary="Theirs.")
    change_set = type_in("Two.", live="Theirs.")

    assert change_set.changes.get().cells == {"summary": ["It keeps the peace.", "Two."]}
    (problem,) = problems_of(change_set)
    assert (problem.is_clash, problem.theirs) == (True, "Theirs.")


def test_change_set_swaps_unique_values_passes_them_on_and_names_only_what_another_record_keeps(kfor):
    first, second, third, kept = (
        make.objective(mission=kfor, order=order, text=f"Aim {order}") for order in range(1, 5)
    )
    change_set = change_of(first, {"order": ["1", "2"]})

    def change(reference, order, action=Action.CHANGE, **cells):
        kind, cells = Objective._meta.label_lower, {"order": order, **cells}
        change_set.changes.create(kind=kind, reference=reference, action=action, cells=cells)

    change(second.reference, ["2", "3"])
    change(third.reference, ["3", "1"])
    change("OBJ-0900", ["", "4"], Action.ADD, mission=["", "kfor"], text=["", "Another aim"])
    assert [(it.reference, it.message) for it in problems_of(change_set)] == [
        ("OBJ-0900", "Another objective has the same mission and order.")
    ]
    change(kept.reference, ["4", "5"])
    apply(change_set)

    assert [*kfor.objectives.order_by("order").values_list("text", flat=True)] == [
        "Aim 3",
        "Aim 1",
        "Aim 2",
        "Another aim",
        "Aim 4",
    ]


def test_trying_a_change_set_stores_nothing(kfor):
    before = kfor.history.count()

    assert problems_of(change_of(kfor, {"acronym": ["", "KFOR"]})) == []

    kfor.refresh_from_db()
    assert (kfor.acronym, kfor.history.count()) == ("", before)
