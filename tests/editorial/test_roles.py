"""Roles: groups with permissions on all content, and one that manages accounts."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from missions.models import Event
from pkportal.content.models import Record
from pkportal.content.registry import models_with

ACTIONS = {
    "Contributor": {"add", "change", "view"},
    "Editor": {"add", "change", "view"},
    "Publisher": {"add", "change", "view", "delete", "publish"},
    "Data manager": {"add", "change", "view"},
}
OF_CHANGE_SETS = {
    "Contributor": {"view_changeset", "view_check"},
    "Editor": {"view_changeset", "view_check", "edit_others", "check_records"},
    "Publisher": {"view_changeset", "view_check", "edit_others", "check_records", "publish_changeset"},
    "Data manager": {"view_changeset", "view_check", "edit_others", "import_files"},
}


def content_permissions(model, actions):
    """Return the labels of the permissions for these actions, as far as the model has them."""
    opts = model._meta
    return {f"{opts.app_label}.{action}_{opts.model_name}" for action in actions & {*opts.default_permissions}}


def permissions_of(name):
    permissions = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app_label}.{codename}" for app_label, codename in permissions}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ACTIONS)
def test_role_has_its_permissions_on_every_model_of_content_and_no_others(name):
    expected = set().union(*(content_permissions(model, ACTIONS[name]) for model in models_with(Record)))

    of_log = {"editorial.view_accountact"} if name == "Publisher" else set()
    assert permissions_of(name) == expected | of_log | {f"changes.{codename}" for codename in OF_CHANGE_SETS[name]}
    assert len(expected) > 50


def test_editor_cannot_publish_or_delete(editor):
    permissions = editor.get_group_permissions() - {"changes.edit_others", "changes.check_records"}
    assert {name.split(".")[1].split("_")[0] for name in permissions} == {"add", "change", "view"}


def test_accounts_and_history_are_not_models_of_content():
    names = {model.__name__ for model in models_with(Record)}
    assert not {"User", "Group", "MissionHistory", "MissionSources"} & names


@pytest.mark.django_db
def test_administrator_has_permissions_on_accounts_and_groups_and_the_audit_log_only():
    permissions = Group.objects.get(name="Administrator").permissions.values_list("codename", flat=True)
    actions, models = ["add", "change", "delete", "view"], ["user", "group"]
    assert {*permissions} == {"view_accountact", *(f"{action}_{model}" for action in actions for model in models)}


@pytest.mark.django_db
def test_migrate_restores_missing_groups_and_permissions_and_changes_no_others():
    before = {group.name: {*group.permissions.all()} for group in Group.objects.all()}
    Group.objects.get(name="Editor").permissions.clear()
    Group.objects.get(name="Administrator").delete()

    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)

    assert {group.name: {*group.permissions.all()} for group in Group.objects.all()} == before


@pytest.mark.django_db
def test_new_model_gets_its_permissions_with_the_next_migrate():
    # as on a portal from before the model
    Permission.objects.filter(content_type__app_label="missions", content_type__model="event").delete()
    ContentType.objects.filter(app_label="missions", model="event").delete()
    ContentType.objects.clear_cache()
    assert not permissions_of("Editor") & content_permissions(Event, ACTIONS["Editor"])

    for _ in range(2):
        call_command("migrate", verbosity=0)

        assert permissions_of("Editor") & content_permissions(Event, ACTIONS["Publisher"]) == content_permissions(
            Event, ACTIONS["Editor"]
        )
        assert content_permissions(Event, ACTIONS["Publisher"]) <= permissions_of("Publisher")


@pytest.mark.django_db
def test_migrate_does_not_change_other_groups():
    group = Group.objects.create(name="Readers")
    group.permissions.add(Permission.objects.get(codename="view_mission"))

    call_command("migrate", verbosity=0)

    assert permissions_of("Readers") == {"missions.view_mission"}


@pytest.mark.django_db
def test_upgrade_takes_from_data_managers_what_publishers_do():
    group = Group.objects.get(name="Data manager")
    expected = {*group.permissions.all()}
    group.permissions.add(*Permission.objects.filter(codename__in=["publish_mission", "delete_event"]))

    import_module("pkportal.editorial.migrations.0005_data_managers").take_rights(apps, None)

    assert {*group.permissions.all()} == expected
