"""Admins of accounts and groups for colleagues who are not superusers and cannot make anybody a superuser."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple, Script
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pkportal.changes.models import ChangeSet
from pkportal.changes.verdicts import Check
from pkportal.content.models import Record
from pkportal.content.registry import models_with

from .deleting import NamedDependentsAdmin
from .models import AccountAct
from .second_factor import has_second_factor


def grantable_permissions() -> QuerySet[Permission]:
    """Return the permissions a group may be given: on content, its review and accounts, and to view what was done."""
    content = models_with(Record)
    history = [model.history.rel.related_model for model in content if hasattr(model, "history")]
    managed = ContentType.objects.get_for_models(*content, ChangeSet, Check, User, Group).values()
    viewed = ContentType.objects.get_for_models(*history, AccountAct).values()
    may_view = Q(content_type__in=viewed, codename__startswith="view_")
    return Permission.objects.filter(Q(content_type__in=managed) | may_view)


def grantable_groups() -> QuerySet[Group]:
    """Return the groups of which every permission is grantable."""
    return Group.objects.exclude(permissions__in=Permission.objects.exclude(pk__in=grantable_permissions()))


class LimitedGrantsMixin:
    """Many-to-many fields that offer only what a colleague may grant, and keep the other values when saved.

    ``grantable`` maps the name of a field to a function that returns the records it offers.
    """

    grantable: dict[str, Callable] = {}

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Offer a superuser everything."""
        if db_field.name in self.grantable and not request.user.is_superuser:
            kwargs["queryset"] = self.grantable[db_field.name]()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Keep the values that the form did not offer."""
        kept = {}
        if change and not request.user.is_superuser:
            for name, grantable in self.grantable.items():
                kept[name] = [*getattr(form.instance, name).exclude(pk__in=grantable())]
        super().save_related(request, form, formsets, change)
        for name, records in kept.items():
            getattr(form.instance, name).add(*records)


class ColleagueGroupAdmin(LimitedGrantsMixin, NamedDependentsAdmin, GroupAdmin):
    """Groups of colleagues; only a superuser grants permissions on anything but content and accounts."""

    grantable = {"permissions": grantable_permissions}

    class Media:
        js = [Script("js/chosen_options.js", defer=True)]


class ColleagueAdmin(LimitedGrantsMixin, NamedDependentsAdmin, UserAdmin):
    """Accounts of colleagues; only a superuser sees and makes superusers and grants permissions one by one."""

    grantable = {"groups": grantable_groups}
    filter_horizontal = ("user_permissions",)
    readonly_fields = ("last_login", "date_joined")
    list_display = (*UserAdmin.list_display, "has_second_factor")
    actions = ["remove_second_factor"]
    add_fieldsets = (
        *UserAdmin.add_fieldsets,
        (_("Permissions"), {"fields": ("is_staff", "groups")}),
    )

    class Media:
        js = [Script("js/chosen_options.js", defer=True)]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Show the few roles as boxes to tick."""
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_queryset(self, request):
        """Tell who has a second factor."""
        return super().get_queryset(request).annotate(has_second_factor=has_second_factor())

    @admin.display(description=_("second factor"), boolean=True, ordering="has_second_factor")
    def has_second_factor(self, account):
        """True if the account has an authenticator app or a passkey."""
        return account.has_second_factor

    @admin.action(description=_("Remove the second factor of selected accounts"), permissions=["change"])
    def remove_second_factor(self, request, accounts):
        """Let colleagues who lost phone, key and recovery codes set up another at their next sign-in."""
        allowed = [account for account in accounts if may_change_account(request.user, account)]
        Authenticator.objects.filter(user__in=allowed).delete()
        for account in allowed:
            self.log_change(request, account, "Removed the second factor.")
        one, many = "The second factor of %d account was removed.", "The second factor of %d accounts was removed."
        self.message_user(request, ngettext(one, many, len(allowed)) % len(allowed))

    def get_changeform_initial_data(self, request):
        """Offer an account that may sign in: an account that may not use the admin is of no use here."""
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def get_fieldsets(self, request, obj=None):
        """Leave out the fields by which an account gets more than its groups give."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        reserved = {"is_superuser", "user_permissions"}
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name not in reserved]})
            for title, options in fieldsets
        ]

    def has_change_permission(self, request, obj=None):
        """Refuse a superuser's account, its password included, to everybody but superusers."""
        return may_change_account(request.user, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Refuse a superuser's account to everybody but superusers."""
        return may_change_account(request.user, obj) and super().has_delete_permission(request, obj)


def may_change_account(user: User, account: User | None) -> bool:
    """True unless the account is a superuser's and the user is not a superuser."""
    return user.is_superuser or account is None or not account.is_superuser
