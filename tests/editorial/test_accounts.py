"""An administrator manages the accounts of colleagues, and nobody becomes more than a colleague by that."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from pkportal.content.models import Record
from pkportal.content.registry import models_with
from tests.editorial.pages import filled

PASSWORD = "correct horse battery"  # noqa: S105 - of a test


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("root", password=PASSWORD)


def save(here, account, **changes):
    """Open the page of an account, change what is named, and save; Django asks for a day and a time apart."""
    return here.save(account, date_joined_0="2026-01-02", date_joined_1="12:00:00", **changes)


def permission(label):
    app_label, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def test_an_administrator_adds_a_colleague_who_signs_in(desk, administrator):
    here = desk(administrator)
    groups = [Group.objects.get(name="Editor").pk]
    form = filled(here.get(User, "add"))
    assert form["is_staff"] == "on"

    here.post(
        User,
        "add",
        data={**form, "username": "anna", "password1": PASSWORD, "password2": PASSWORD, "groups": groups},
    )

    assert here.client.login(username="anna", password=PASSWORD)
    assert here.client.get("/admin/").status_code == 200
    anna = User.objects.get(username="anna")
    assert (anna.is_superuser, anna.has_perm("missions.add_mission")) == (False, True)


@pytest.mark.parametrize("whose", ["own", "colleague's"])
def test_an_administrator_makes_nobody_a_superuser(desk, administrator, editor, whose):
    account = administrator if whose == "own" else editor
    here = desk(administrator)
    form = here.get(User, "change", account.pk).context["adminform"].form

    save(here, account, is_superuser="on", user_permissions=[permission("auth.view_permission").pk], last_name="Saved")

    account.refresh_from_db()
    assert not {"is_superuser", "user_permissions"} & {*form.fields}
    assert account.last_name == "Saved"
    assert not account.is_superuser
    assert not account.user_permissions.exists()


def test_an_administrator_adds_no_superuser(desk, administrator):
    here = desk(administrator)
    names = {"username": "anna", "password1": PASSWORD, "password2": PASSWORD}

    here.post(User, "add", data={**filled(here.get(User, "add")), **names, "is_superuser": "on"})

    assert not User.objects.get(username="anna").is_superuser


def test_an_administrator_keeps_the_single_permissions_of_a_colleague(desk, administrator, editor):
    editor.user_permissions.add(permission("auth.view_permission"))

    save(desk(administrator), editor, last_name="Saved")

    assert editor.user_permissions.get() == permission("auth.view_permission")


def test_an_administrator_neither_changes_nor_deletes_a_superuser(desk, administrator, superuser):
    here = desk(administrator)
    new = {"password1": "another horse", "password2": "another horse", "usable_password": "true"}

    assert here.get(User, "change", superuser.pk).status_code == 200  # to look at
    changed = here.post(User, "change", superuser.pk, data={"username": "root", "is_active": ""})
    deleted = here.post(User, "delete", superuser.pk, data={"post": "yes"})
    password = here.client.post(f"/admin/auth/user/{superuser.pk}/password/", {**new, "set-password": "set"})
    selected = here.act("delete_selected", superuser)
    confirmed = here.post(
        User, "changelist", data={"action": "delete_selected", "_selected_action": [superuser.pk], "post": "yes"}
    )

    assert [changed.status_code, deleted.status_code, password.status_code] == [403] * 3
    assert selected.context["perms_lacking"]
    assert confirmed.status_code == 403
    superuser.refresh_from_db()
    assert superuser.is_active
    assert superuser.check_password(PASSWORD)


def test_an_administrator_sets_the_password_of_a_colleague(desk, administrator, editor):
    new = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true", "set-password": "set"}

    desk(administrator).client.post(f"/admin/auth/user/{editor.pk}/password/", new)

    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_a_group_of_an_administrator_is_given_content_accounts_and_the_sight_of_history_only(desk, administrator):
    form = desk(administrator).get(Group, "add").context["adminform"].form
    offered = {
        (kind.app_label, kind.model, codename.split("_")[0])
        for kind, codename in ((it.content_type, it.codename) for it in form.fields["permissions"].queryset)
    }

    assert {("missions", "mission", "publish"), ("sources", "source", "add"), ("auth", "user", "change")} <= offered
    assert {act for _app, model, act in offered if model.endswith("history")} == {"view"}
    assert {app for app, _model, _act in offered} == {"auth", *(model._meta.app_label for model in models_with(Record))}
    assert {model for app, model, _act in offered if app == "auth"} == {"user", "group"}


def test_a_group_takes_no_other_permission_from_an_administrator_and_keeps_what_it_has(desk, administrator):
    group = Group.objects.create(name="Operators")
    group.permissions.add(permission("sessions.view_session"))
    here = desk(administrator)

    here.save(group, permissions=[permission("admin.add_logentry").pk])
    here.save(group, permissions=[permission("missions.view_mission").pk])

    assert {*group.permissions.all()} == {permission("sessions.view_session"), permission("missions.view_mission")}


def test_an_administrator_puts_nobody_into_a_group_that_only_a_superuser_can_make(desk, administrator, editor):
    group = Group.objects.create(name="Operators")
    group.permissions.add(permission("sessions.view_session"))
    here = desk(administrator)

    page = save(here, administrator, groups=[group.pk])
    assert page.context["adminform"].form.errors.keys() == {"groups"}
    assert [it.name for it in administrator.groups.all()] == ["Administrator"]

    editor.groups.add(group)
    save(here, editor, last_name="Saved", groups=[Group.objects.get(name="Publisher").pk])
    assert {it.name for it in editor.groups.all()} == {"Operators", "Publisher"}


def test_a_superuser_makes_superusers_and_grants_everything(desk, superuser, editor):
    here = desk(superuser)

    save(here, editor, is_superuser="on", user_permissions=[permission("sessions.view_session").pk])
    here.save(Group.objects.get(name="Editor"), permissions=[permission("sessions.view_session").pk])

    editor.refresh_from_db()
    assert editor.is_superuser
    assert editor.user_permissions.get() == permission("sessions.view_session")
    assert Group.objects.get(name="Editor").permissions.get() == permission("sessions.view_session")


def test_an_editor_sees_no_accounts(desk, editor):
    here = desk(editor)

    assert [here.get(model, "changelist").status_code for model in (User, Group)] == [403, 403]
