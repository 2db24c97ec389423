"""Three groups have rights on all content, and on nothing else."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from pkportal.publishing.roles import content_models, grant, revoke

ACTS = {"Editor": 51, "Publisher": 71, "Data manager": 71}  # 17 kinds × 3, and 17 deleted and 3 published


@pytest.mark.django_db
@pytest.mark.parametrize("name", ACTS)
def test_a_role_has_its_acts_on_every_kind_of_content_and_on_nothing_else(name):
    content = {(model._meta.app_label, model._meta.model_name) for model in content_models()}

    rights = Group.objects.get(name=name).permissions.select_related("content_type")

    assert {(right.content_type.app_label, right.content_type.model) for right in rights} == content
    assert len(rights) == ACTS[name]


def test_an_editor_neither_publishes_nor_deletes(editor):
    rights = editor.get_group_permissions()
    assert {right.split(".")[1].split("_")[0] for right in rights} == {"add", "change", "view"}


def test_accounts_and_the_history_are_no_content():
    names = {model.__name__ for model in content_models()}
    assert not {"User", "Group", "MissionHistory", "MissionSources"} & names


@pytest.mark.django_db
def test_granting_again_changes_nothing_and_revoking_leaves_accounts_alone(editor):
    grant()
    assert {group.name: group.permissions.count() for group in Group.objects.all()} == ACTS

    revoke()
    editor.refresh_from_db()
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_the_migration_goes_both_ways():
    migration = importlib.import_module("lessons.migrations.0002_roles")
    editor = type("Editor", (), {"connection": type("Connection", (), {"alias": "default"})})
    migration.revoke(apps, editor)
    assert not Group.objects.exists()
    migration.grant(apps, editor)
    assert Group.objects.count() == 3
