"""Roles in the admin: groups with permissions on the models of all records, kept up to date by ``post_migrate``."""

from django.apps import apps as installed
from django.contrib.auth import get_permission_codename

from pkportal.content.models import Record
from pkportal.content.registry import models_with

EDITOR_ACTIONS = ["add", "change", "view"]
CONTENT_ROLES = {
    "Contributor": EDITOR_ACTIONS,
    "Editor": EDITOR_ACTIONS,
    "Publisher": [*EDITOR_ACTIONS, "delete", "publish"],
    "Data manager": EDITOR_ACTIONS,
}
CHANGE_SET_RIGHTS = {  # codenames
    "Contributor": ["view_changeset", "view_check"],
    "Editor": ["view_changeset", "view_check", "edit_others", "check_records"],
    "Publisher": ["view_changeset", "view_check", "edit_others", "check_records", "publish_changeset"],
    "Data manager": ["view_changeset", "view_check", "edit_others", "import_files"],
}
ADMINISTRATOR = "Administrator"
AUDIT_RIGHTS = {"Publisher": ["view_accountact"], ADMINISTRATOR: ["view_accountact"]}  # codenames
ROLES_WITH_SECOND_FACTOR = ["Publisher", "Data manager", ADMINISTRATOR]  # who may publish, or make accounts
ACCOUNT_MODELS = ["auth.user", "auth.group"]
ACCOUNT_ACTIONS = ["add", "change", "delete", "view"]


def grant_permissions(app_config, using="default", apps=installed, **kwargs):
    """Give each role its permissions on the models of one app; run again, it adds only what is missing.

    Receiver of ``post_migrate``: Django has then made the permissions of the app's models, so a model that is
    added to a running portal gets its own with the next ``migrate``.
    """
    models = [model for model in models_with(Record) if model._meta.app_label == app_config.label]
    for name, actions in CONTENT_ROLES.items() if models else ():
        _grant(name, models, actions, using)
    rights = {"changes": CHANGE_SET_RIGHTS, "editorial": AUDIT_RIGHTS}.get(app_config.label, {})
    for name, codenames in rights.items():
        _grant_codenames(name, app_config.label, codenames, using)
    accounts = [model for model in app_config.get_models() if model._meta.label_lower in ACCOUNT_MODELS]
    if accounts:
        _grant(ADMINISTRATOR, accounts, ACCOUNT_ACTIONS, using)


def _grant(name, models, actions, using):
    codenames = [
        get_permission_codename(action, model._meta)
        for model in models
        for action in actions
        if action in model._meta.default_permissions
    ]
    _grant_codenames(name, models[0]._meta.app_label, codenames, using)


def _grant_codenames(name, app_label, codenames, using):
    groups, permissions = (installed.get_model("auth", model).objects.using(using) for model in ["Group", "Permission"])
    group, _ = groups.get_or_create(name=name)
    group.permissions.add(*permissions.filter(content_type__app_label=app_label, codename__in=codenames))
