"""Every kind of record has a history, and comes back as it was when it was deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pkportal.changes.applying import apply
from pkportal.changes.cells import cells_of
from pkportal.changes.restoring import is_content
from tests.editorial.test_every_admin_page import MAKERS, every_model
from tests.editorial.test_history import a_day_passes, deleted, restore

pytestmark = pytest.mark.django_db


def with_last_choices(record):
    """Give a record the last choice of each of its fields that it may have: a default comes back by itself."""
    for field in record._meta.concrete_fields:
        was = getattr(record, field.attname)
        if field.choices and is_content(type(record), field.name):
            setattr(record, field.attname, field.flatchoices[-1][0])
            try:
                with transaction.atomic():
                    record.full_clean()
                    record.save()
            except (ValidationError, IntegrityError):
                setattr(record, field.attname, was)
    return record


def made_with_links(model):
    """Return a record of a kind that links to a record by each of its many-to-many fields."""
    record = with_last_choices(MAKERS[model]())
    for field in model._meta.many_to_many:
        getattr(record, field.name).add(MAKERS[field.related_model]())
    return model._base_manager.get(pk=record.pk)


@every_model
def test_a_deleted_record_of_every_kind_comes_back_as_it_was(admin_as, editor, model):
    record = made_with_links(model)
    before, browser = cells_of(record), admin_as(editor)
    assert browser.get(model, "history", record.pk).context["moments"]
    a_day_passes(model)
    model._base_manager.get(pk=record.pk).delete()

    titles = {row["reference"]: row["title"] for row in deleted(browser, model).context["rows"]}
    assert titles[record.reference] == str(record)
    page = restore(browser, record)
    if change_set := page.context.get("change_set"):
        apply(change_set)

    after = cells_of(model._base_manager.get(reference=record.reference))
    assert {name: cell for name, cell in after.items() if is_content(model, name)} == {
        name: cell for name, cell in before.items() if is_content(model, name)
    }
