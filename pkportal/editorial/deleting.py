"""Deleting in the admin: first all that depends on a record is named, and what readers see is withdrawn instead."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import model_ngettext, unquote
from django.core.exceptions import PermissionDenied
from django.db import models, router, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext

from pkportal.changes.drafts import is_protected, removal, save_draft
from pkportal.content.models import Publishable, Record, Status
from pkportal.content.roots import root_of, root_path

from .addresses import change_set_address
from .dependents import Dependents

DELETE = "delete_selected"
DELETE_TEMPLATE = "admin/changes/delete.html"


class NamedDependentsAdmin(admin.ModelAdmin):
    """Admin that names what is deleted with its records, and counts what only links them."""

    def get_deleted_objects(self, objs, request):
        """Name what depends on records, in one query for each relation; keep what others need."""
        dependents = Dependents(using=router.db_for_write(self.model), origin=objs)
        dependents.collect(self.with_names(objs))
        lacking = {
            model._meta.verbose_name
            for model, items in dependents.model_objs.items()
            if not self.may_delete_all(request, model, items)
        }
        deleted = dependents.nested(lambda item: dependents.label(item, self.form_of))
        protected = sorted(dependents.protected, key=lambda item: (item._meta.label, str(item)))
        return deleted, dependents.counts(), lacking, [dependents.label(item, self.form_of) for item in protected]

    def with_names(self, objs):
        """Load the records with those that their names are made of."""
        return objs

    def may_delete_all(self, request, model, items):
        """True if an account may delete some records of a kind; what has no admin goes with what has."""
        if not self.admin_site.is_registered(model):
            return True
        allows = self.admin_site.get_model_admin(model).has_delete_permission
        return all(allows(request, item) for item in items)

    def form_of(self, record):
        """Return the address of the form of a record, or nothing if it has none."""
        opts = record._meta
        try:
            return reverse(f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
        except NoReverseMatch:
            return ""


class DeletingAdmin(NamedDependentsAdmin):
    """Admin that deletes what nobody sees, proposes in a draft to remove what readers see, and says which it did."""

    delete_confirmation_template = DELETE_TEMPLATE
    delete_selected_confirmation_template = DELETE_TEMPLATE

    def has_delete_permission(self, request, obj=None):
        """Refuse to delete what is published: it is withdrawn."""
        return not is_published(obj) and super().has_delete_permission(request, obj)

    def delete_view(self, request, object_id, extra_context=None):
        """Say of a published record that it is withdrawn, and not deleted."""
        record = self.get_object(request, unquote(object_id))
        if not is_published(record) or not super().has_delete_permission(request):
            waiting = [record] if record is not None and is_protected(record) else []
            return super().delete_view(request, object_id, {"waiting": waiting, **(extra_context or {})})
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Published records are not deleted"),
            "opts": self.opts,
            "object": record,
            "published": [record],
        }
        return TemplateResponse(request, DELETE_TEMPLATE, context)

    def get_deleted_objects(self, objs, request):
        """Refuse to delete what is published too."""
        deleted, counts, lacking, needed = super().get_deleted_objects(objs, request)
        words = gettext("%s is published: withdraw it instead.")
        return deleted, counts, lacking, [*(words % item for item in objs if is_published(item)), *needed]

    def with_names(self, objs):
        """Load the records with those that their names are made of."""
        keys = [field.name for field in self.opts.concrete_fields if field.many_to_one]
        keys += ["__".join(path) for path in [root_path(self.model)] if path]
        return objs.select_related(*keys) if isinstance(objs, models.QuerySet) and keys else objs

    def may_delete_all(self, request, model, items):
        """True if an account may delete records of a kind, published or not: of the published it is said elsewhere."""
        if model is self.model:
            return super().has_delete_permission(request)
        return super().may_delete_all(request, model, [None])

    def get_actions(self, request):
        """Delete by our own action, which says what became of the selected records."""
        actions = super().get_actions(request)
        if DELETE in actions:
            _action, name, description = actions[DELETE]
            actions[DELETE] = (delete_or_propose, name, description)
        return actions

    def log_deletions(self, request, queryset):
        """Write down what is deleted now; what a draft proposes has the log of the draft."""
        return super().log_deletions(request, [*({*queryset} - {*waiting_among(queryset)})])

    def delete_model(self, request, obj):
        """Delete a record, or propose it in the draft of its root."""
        self.delete_queryset(request, [obj])

    def delete_queryset(self, request, queryset):
        """Delete records, and propose in drafts to remove those which readers see."""
        request.waiting, request.removal_drafts = waiting_among(queryset), []
        with transaction.atomic():
            for record in {*queryset} - {*request.waiting}:
                record.delete()
            for root, parts in by_root(request.waiting).items():
                if draft := save_draft(root, map(removal, parts), request.user):
                    request.removal_drafts.append(draft)

    def tell_deleted(self, request, number):
        """Say how many records were deleted, and of how many a draft proposes it."""
        waiting = len(request.waiting)
        if deleted := number - waiting:
            text = gettext("Deleted: %(number)d %(records)s.") % words_of_number(self.opts, deleted)
            self.message_user(request, text, messages.SUCCESS)
        if waiting:
            words = {"number": waiting, "drafts": ", ".join(draft.number for draft in request.removal_drafts)}
            text = ngettext(
                "%(number)d record is to be removed: the draft %(drafts)s says so. Readers see it until then.",
                "%(number)d records are to be removed: the drafts %(drafts)s say so. Readers see them until then.",
                waiting,
            )
            self.message_user(request, text % words, messages.WARNING)

    def response_delete(self, request, obj_display, obj_id):
        """Lead from what was only proposed to its draft."""
        drafts = getattr(request, "removal_drafts", ())
        if not drafts:
            return super().response_delete(request, obj_display, obj_id)
        words = {"record": obj_display, "number": drafts[0].number}
        text = gettext("“%(record)s” is to be removed: the draft %(number)s says so. Readers see it until then.")
        self.message_user(request, text % words, messages.WARNING)
        return redirect(change_set_address(drafts[0]))


def delete_or_propose(modeladmin, request, queryset):
    """Name what depends on the selected records, then delete them, or propose it in drafts."""
    records = modeladmin.with_names(queryset)
    deleted, counts, lacking, protected = modeladmin.get_deleted_objects(records, request)
    if request.POST.get("post") and not protected:
        if lacking:
            raise PermissionDenied
        modeladmin.log_deletions(request, records)
        number = len(records)
        modeladmin.delete_queryset(request, records)
        modeladmin.tell_deleted(request, number)
        return None
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": gettext("Delete %(number)d %(records)s") % words_of_number(modeladmin.opts, len(records)),
        "opts": modeladmin.opts,
        "media": modeladmin.media,
        "deleted_objects": deleted,
        "model_count": counts.items(),
        "perms_lacking": lacking,
        "protected": protected,
        "waiting": waiting_among(records),
        "queryset": records,
    }
    return TemplateResponse(request, DELETE_TEMPLATE, context)


def words_of_number(opts: Any, number: int) -> dict[str, Any]:
    """Return a number of records of a kind, for a message."""
    return {"number": number, "records": model_ngettext(opts, number)}


def waiting_among(records: Iterable[Any]) -> list[Any]:
    """Return the records that readers see, or that a draft has: their removal waits."""
    return [record for root, parts in by_root(records).items() if is_protected(root) for record in parts]


def is_published(record: Any) -> bool:
    """True if readers may have the address of a record of its own."""
    return isinstance(record, Publishable) and record.status == Status.PUBLISHED


def by_root(records: Iterable[Record]) -> dict[Any, list[Record]]:
    """Return records by their root."""
    roots: dict[Any, list[Record]] = {}
    for record in records:
        roots.setdefault(root_of(record), []).append(record)
    return roots
