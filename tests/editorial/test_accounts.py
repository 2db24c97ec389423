"""Administrators manage accounts and groups, and cannot give rights that they do not have."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from pkportal.content.models import Record
from pkportal.content.registry import models_with
from pkportal.editorial.roles_page import ABOUT
from tests.editorial.pages import form_data

PASSWORD = "correct horse battery"  # noqa: S105 - of a test


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("root", password=PASSWORD)


def save(browser, account, **changes):
    """Save the form of an account with some values changed; date and time of joining are two form fields."""
    return browser.save(account, date_joined_0="2026-01-02", date_joined_1="12:00:00", **changes)


def permission(label):
    app_label, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def test_administrator_adds_an_account_that_can_sign_in(admin_as, administrator):
    browser = admin_as(administrator)
    groups = [Group.objects.get(name="Editor").pk]
    form = form_data(browser.get(User, "add"))
    assert form["is_staff"] == "on"

    browser.post(
        User,
        "add",
        data={**form, "username": "anna", "password1": PASSWORD, "password2": PASSWORD, "groups": groups},
    )

    assert browser.client.login(username="anna", password=PASSWORD)
    assert browser.client.get("/admin/").status_code == 200
    anna = User.objects.get(username="anna")
    assert (anna.is_superuser, anna.has_perm("missions.add_mission")) == (False, True)


@pytest.mark.parametrize("target", ["own", "other"])
def test_administrator_cannot_make_a_superuser(admin_as, administrator, editor, target):
    account = administrator if target == "own" else editor
    browser = admin_as(administrator)
    form = browser.get(User, "change", account.pk).context["adminform"].form

    save(
        browser, account, is_superuser="on", user_permissions=[permission("auth.view_permission").pk], last_name="Saved"
    )

    account.refresh_from_db()
    assert not {"is_superuser", "user_permissions"} & {*form.fields}
    assert account.last_name == "Saved"
    assert not account.is_superuser
    assert not account.user_permissions.exists()


def test_administrator_cannot_add_a_superuser(admin_as, administrator):
    browser = admin_as(administrator)
    names = {"username": "anna", "password1": PASSWORD, "password2": PASSWORD}

    browser.post(User, "add", data={**form_data(browser.get(User, "add")), **names, "is_superuser": "on"})

    assert not User.objects.get(username="anna").is_superuser


def test_saving_an_account_keeps_its_own_permissions(admin_as, administrator, editor):
    editor.user_permissions.add(permission("auth.view_permission"))

    save(admin_as(administrator), editor, last_name="Saved")

    assert editor.user_permissions.get() == permission("auth.view_permission")


def test_administrator_cannot_change_or_delete_a_superuser(admin_as, administrator, superuser):
    browser = admin_as(administrator)
    new = {"password1": "another horse", "password2": "another horse", "usable_password": "true"}

    assert browser.get(User, "change", superuser.pk).status_code == 200  # to look at
    changed = browser.post(User, "change", superuser.pk, data={"username": "root", "is_active": ""})
    deleted = browser.post(User, "delete", superuser.pk, data={"post": "yes"})
    password = browser.client.post(f"/admin/auth/user/{superuser.pk}/password/", {**new, "set-password": "set"})
    selected = browser.run_action("delete_selected", superuser)
    confirmed = browser.post(
        User, "changelist", data={"action": "delete_selected", "_selected_action": [superuser.pk], "post": "yes"}
    )

    assert [changed.status_code, deleted.status_code, password.status_code] == [403] * 3
    assert selected.context["perms_lacking"]
    assert confirmed.status_code == 403
    superuser.refresh_from_db()
    assert superuser.is_active
    assert superuser.check_password(PASSWORD)


def test_deletion_of_an_account_names_its_roles(admin_as, superuser, editor):
    browser = admin_as(superuser)

    page = browser.get(User, "delete", editor.pk)
    role = browser.get(Group, "delete", editor.groups.get().pk)

    assert page.context["model_count"] == {"users": 1, "links of users: groups": 1}.items()
    assert "User: <a href" in page.text
    assert "stays, but loses its link under “groups”" in role.text
    assert "object (" not in page.text + role.text


def test_administrator_sets_the_password_of_an_account(admin_as, administrator, editor):
    new = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true", "set-password": "set"}

    admin_as(administrator).client.post(f"/admin/auth/user/{editor.pk}/password/", new)

    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_administrator_can_grant_only_content_accounts_and_viewing_the_history(admin_as, administrator):
    form = admin_as(administrator).get(Group, "add").context["adminform"].form
    offered = {
        (content_type.app_label, content_type.model, codename.split("_")[0])
        for content_type, codename in (
            (permission.content_type, permission.codename) for permission in form.fields["permissions"].queryset
        )
    }

    assert {("missions", "mission", "publish"), ("sources", "source", "add"), ("auth", "user", "change")} <= offered
    assert {action for _app, model, action in offered if model.endswith("history")} == {"view"}
    assert {app for app, _model, _action in offered} == {
        "auth",
        "changes",
        "editorial",
        *(model._meta.app_label for model in models_with(Record)),
    }
    assert {model for app, model, _action in offered if app == "auth"} == {"user", "group"}
    assert {(model, action) for app, model, action in offered if app == "editorial"} == {("accountact", "view")}


def test_administrator_can_give_every_role(admin_as, administrator):
    form = admin_as(administrator).get(User, "add").context["adminform"].form

    assert {role.name for role in form.fields["groups"].queryset} == {*ABOUT}


def test_group_form_ignores_other_permissions_and_keeps_those_it_has(admin_as, administrator):
    group = Group.objects.create(name="Operators")
    group.permissions.add(permission("sessions.view_session"))
    browser = admin_as(administrator)

    browser.save(group, permissions=[permission("admin.add_logentry").pk])
    browser.save(group, permissions=[permission("missions.view_mission").pk])

    assert {*group.permissions.all()} == {permission("sessions.view_session"), permission("missions.view_mission")}


def test_administrator_cannot_add_accounts_to_a_group_with_other_permissions(admin_as, administrator, editor):
    group = Group.objects.create(name="Operators")
    group.permissions.add(permission("sessions.view_session"))
    browser = admin_as(administrator)

    page = save(browser, administrator, groups=[group.pk])
    assert page.context["adminform"].form.errors.keys() == {"groups"}
    assert [*administrator.groups.values_list("name", flat=True)] == ["Administrator"]

    editor.groups.add(group)
    save(browser, editor, last_name="Saved", groups=[Group.objects.get(name="Publisher").pk])
    assert {*editor.groups.values_list("name", flat=True)} == {"Operators", "Publisher"}


def test_superuser_makes_superusers_and_grants_any_permission(admin_as, superuser, editor):
    browser = admin_as(superuser)

    save(browser, editor, is_superuser="on", user_permissions=[permission("sessions.view_session").pk])
    browser.save(Group.objects.get(name="Editor"), permissions=[permission("sessions.view_session").pk])

    editor.refresh_from_db()
    assert editor.is_superuser
    assert editor.user_permissions.get() == permission("sessions.view_session")
    assert Group.objects.get(name="Editor").permissions.get() == permission("sessions.view_session")


def test_editor_cannot_see_accounts_and_groups(admin_as, editor):
    browser = admin_as(editor)

    assert [browser.get(model, "changelist").status_code for model in (User, Group)] == [403, 403]


def test_refused_page_names_who_is_signed_in_and_does_not_ask_to_sign_in(admin_as, editor):
    page = admin_as(editor).get(User, "changelist")

    assert "You are signed in as editor, and this account may not open the page." in " ".join(page.text.split())
    assert reverse("admin:login") not in page.text


def test_history_of_an_account_without_changes_says_so(admin_as, administrator, editor):
    page = admin_as(administrator).get(User, "history", editor.pk)

    assert "No change that was made in the admin is on record." in page.text
