"""Groups have permissions on all content and on nothing else; a group of its own manages accounts."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from pkportal.content.models import Record
from pkportal.content.registry import models_with

COUNTS = {"Editor": 51, "Publisher": 71, "Data manager": 71}  # 17 kinds × 3, and 17 deleted and 3 published


def content_models():
    return [model for model in models_with(Record) if model._meta.app_label in {"sources", "missions", "lessons"}]


@pytest.mark.django_db
@pytest.mark.parametrize("name", COUNTS)
def test_a_role_has_its_permissions_on_every_kind_of_content_and_on_nothing_else(name):
    permissions = Group.objects.get(name=name).permissions.select_related("content_type")
    granted = {(it.content_type.app_label, it.content_type.model) for it in permissions}

    assert granted == {(model._meta.app_label, model._meta.model_name) for model in models_with(Record)}
    own = [it for it in permissions if it.content_type.app_label in {"sources", "missions", "lessons"}]
    assert len(own) == COUNTS[name]


def test_an_editor_neither_publishes_nor_deletes(editor):
    permissions = editor.get_group_permissions()
    assert {name.split(".")[1].split("_")[0] for name in permissions} == {"add", "change", "view"}


def test_accounts_and_the_history_are_no_content():
    names = {model.__name__ for model in content_models()}
    assert not {"User", "Group", "MissionHistory", "MissionSources"} & names


@pytest.mark.django_db
def test_an_administrator_manages_accounts_and_groups_and_nothing_else():
    permissions = Group.objects.get(name="Administrator").permissions.values_list("codename", flat=True)
    assert {*permissions} == {
        f"{act}_{kind}" for act in ["add", "change", "delete", "view"] for kind in ["user", "group"]
    }


@pytest.mark.django_db
def test_migrating_again_changes_nothing_and_gives_back_what_is_missing():
    before = {group.name: {*group.permissions.all()} for group in Group.objects.all()}
    Group.objects.get(name="Editor").permissions.clear()
    Group.objects.get(name="Administrator").delete()

    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)

    assert {group.name: {*group.permissions.all()} for group in Group.objects.all()} == before
