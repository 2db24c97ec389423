"""The page that says what each role may do."""

from typing import NamedTuple

from django.contrib import admin
from django.contrib.auth.models import Group
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from .roles import ADMINISTRATOR, AUDIT_RIGHTS, CHANGE_SET_RIGHTS, CONTENT_ROLES, ROLES_WITH_SECOND_FACTOR

ABOUT = {
    "Contributor": _("Writes drafts of their own."),
    "Editor": _("Writes drafts, also those that others began, and checks records against their sources."),
    "Publisher": _("Reviews what others wrote, publishes and withdraws it, and removes records."),
    "Data manager": _("Brings in files; what readers would see of them waits for a publisher."),
    "Administrator": _("Manages accounts and their roles, and writes nothing."),
}
RIGHTS = {
    "add": _("Add records"),
    "change": _("Change records"),
    "delete": _("Delete records, or propose it"),
    "publish": _("Publish and withdraw records"),
    "view_changeset": _("See drafts and what is in review, and comment on it"),
    "view_check": _("See who checked what, against which source"),
    "edit_others": _("Work on drafts that others began"),
    "check_records": _("Mark records as checked against their sources"),
    "publish_changeset": _("Approve and publish what others wrote"),
    "import_files": _("Import files"),
    "view_accountact": _("See in the audit log who published, imported, exported and signed in"),
}


class Role(NamedTuple):
    """One role: what it is for, what it may do, and who has it."""

    name: str
    about: str
    rights: list[str]
    needs_second_factor: bool
    members: list[str]


def roles_page(request):
    """Show all roles, with their members to those who may see accounts."""
    shows_members = request.user.has_perm("auth.view_user")
    groups = {group.name: group for group in Group.objects.prefetch_related("user_set")} if shows_members else {}
    roles = []
    for name, about in ABOUT.items():
        granted = [
            right for rights in [CONTENT_ROLES, CHANGE_SET_RIGHTS, AUDIT_RIGHTS] for right in rights.get(name, [])
        ]
        rights = [str(RIGHTS[right]) for right in RIGHTS if right in granted]
        rights += [str(_("Manage accounts"))] if name == ADMINISTRATOR else []
        members = sorted(str(account) for account in groups[name].user_set.all()) if name in groups else []
        needs_second_factor = name in ROLES_WITH_SECOND_FACTOR
        roles.append(Role(name, str(about), rights, needs_second_factor, members))
    context = {**admin.site.each_context(request), "title": _("Roles"), "roles": roles, "shows_members": shows_members}
    return TemplateResponse(request, "admin/roles.html", context)
