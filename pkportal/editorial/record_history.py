"""History in the admin: who changed a record when and why, any two points compared, earlier states restored."""

import datetime

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from pkportal.changes.comparing import in_words
from pkportal.changes.deleted import deleted_with, deletions, record_deleted, restore_deleted
from pkportal.changes.models import Action
from pkportal.changes.moments import Said, in_numbers, moment_keys, moments
from pkportal.changes.passages import event_tables, passages_between
from pkportal.changes.past import LinkedRecords, last_deletion, reference_column
from pkportal.changes.problems import NotApplicable
from pkportal.changes.restoring import SHOWN, differences_between, restore

from .addresses import change_set_address
from .withdrawing import reasons_in

MOMENTS_A_PAGE = 20
DELETIONS_A_PAGE = 50


class HistoryAdmin(admin.ModelAdmin):
    """Admin whose records have a history page, a page that compares, and a list of those that were deleted."""

    import_export_change_list_template = "admin/changes/list_of_records.html"

    def get_urls(self):
        """Add the addresses of the pages."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/history/compare/", wrap(self.compare_view), name=f"{name}_compare"),
            path("deleted/", wrap(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<str:reference>/", wrap(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def history_page(self, name, *args):
        """Return the address of one of the pages."""
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def record_to_see(self, request, object_id):
        """Return a record whose history an account may see; one that was deleted has its own page."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def history_view(self, request, object_id, extra_context=None):
        """Show who changed a record, its links and its parts, when, why, and what."""
        record = self.record_to_see(request, object_id)
        tables = event_tables(self.model, record.pk)
        page = Paginator(moment_keys(tables), MOMENTS_A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.page_context(request, record),
            "title": _("History: %s") % record,
            "moments": moments(tables, [*page.object_list]),
            "page_obj": page,
            "pages": page.paginator.get_elided_page_range(page.number),
            "compare": self.history_page("compare", quote(record.pk)),
        }
        return TemplateResponse(request, "admin/changes/history.html", context)

    def compare_view(self, request, object_id):
        """Show what differs between two points of a history, and draft an earlier state."""
        record = self.record_to_see(request, object_id)
        times = sorted(filter(None, (point_in_address(request.GET.get(name, "")) for name in ("from", "to"))))
        if not times:
            raise BadRequest("The comparison names no point of the history.")
        if request.method == "POST":
            return self.draft_state(request, record, times[0])
        then, until = times[0], times[1] if len(times) > 1 else None
        passages = passages_between(self.model, record.pk, then, until, SHOWN)
        context = {
            **self.page_context(request, record),
            "title": _("Compare: %s") % record,
            "then": then,
            "until": until,
            "differences": differences_between(passages),
            "is_cut": any(passages.left_out.values()),
            "may_restore": until is None and self.has_change_permission(request, record),
        }
        return TemplateResponse(request, "admin/changes/compare.html", context)

    def draft_state(self, request, record, then):
        """Draft what the form has ticked as it was, and lead to the draft."""
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        try:
            chosen = None if "everything" in request.POST else request.POST.getlist("reference")
            draft = restore(record, then, chosen, request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect(request.get_full_path())
        if draft is None:
            self.message_user(request, _("Nothing differs, so there is nothing to restore."), messages.INFO)
            return redirect(request.get_full_path())
        text = _("The earlier state is in the draft %(number)s. Readers see no change until it is published.")
        self.message_user(request, text % {"number": draft.number}, messages.SUCCESS)
        return redirect(change_set_address(draft))

    def page_context(self, request, record):
        """Return what each of the pages shows around its content."""
        return {**self.admin_site.each_context(request), "opts": self.opts, "object": record, "media": self.media}

    # Deleted records

    def deleted_view(self, request):
        """List the records that were deleted."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(deletions(self.model).select_related("pgh_context"), DELETIONS_A_PAGE)
        page = page.get_page(request.GET.get("p"))
        events = [*page.object_list]
        known, said = LinkedRecords(self.model, events), Said(metadata_of(event) for event in events)
        rows = [
            {
                "reference": getattr(event, reference_column(self.model)),
                "title": known.title(self.model, event),
                "at": event.pgh_created_at,
                "by": said.who(metadata_of(event)),
            }
            for event in events
        ]
        context = {
            **self.page_context(request, None),
            "title": _("Deleted: %(kind)s") % {"kind": self.opts.verbose_name_plural},
            "rows": rows,
            "page_obj": page,
            "pages": page.paginator.get_elided_page_range(page.number),
        }
        return TemplateResponse(request, "admin/changes/deleted.html", context)

    def restore_view(self, request, reference):
        """Show what a deletion took with it, and restore it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        event = last_deletion(self.model, reference)
        if event is None:
            return self.lead_to_restored(request, reference)
        if request.method == "POST":
            return self.restore_deleted(request, event)
        passages = deleted_with(self.model, event, SHOWN)
        known = passages.known()
        gone = [passage.cells(known) for _group, passage in passages.by_group() if passage.action == Action.REMOVE]
        context = {
            **self.page_context(request, None),
            "title": _("Restore: %s") % known.title(self.model, event),
            "differences": in_words(gone),
            "left_out": in_numbers(passages.left_out[None]),
            "may_restore": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/changes/restore.html", context)

    def lead_to_restored(self, request, reference):
        """Say of a record that it is not deleted, such as one that somebody else has just restored."""
        record = get_object_or_404(self.model._base_manager, reference=reference)
        self.message_user(request, _("“%s” is on record.") % record, messages.INFO)
        return redirect(self.history_page("change", quote(record.pk)))

    def name_drafts_of_links(self, request, drafts):
        """Say which drafts link to a restored record again what linked to it."""
        if drafts:
            numbers = ", ".join(draft.number for draft in drafts)
            text = _("Published records that linked to it do so again once these drafts are published: %s.")
            self.message_user(request, text % numbers, messages.WARNING)

    def restore_deleted(self, request, event):
        """Restore a deleted record, and say where it is now."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        try:
            drafts = restore_deleted(self.model, event, request.user)
        except (NotApplicable, ValidationError) as error:
            reference = getattr(event, reference_column(self.model))
            if last_deletion(self.model, reference) is None:
                return self.lead_to_restored(request, reference)
            self.message_user(request, reasons_in(error), messages.ERROR)
            return redirect(request.get_full_path())
        record = self.model._base_manager.filter(reference=record_deleted(self.model, event).reference).first()
        if record is None:
            text = _("It is to be added again: the draft %(number)s says so. Readers see it once that is published.")
            self.message_user(request, text % {"number": drafts[0].number}, messages.SUCCESS)
            self.name_drafts_of_links(request, drafts[1:])
            return redirect(change_set_address(drafts[0]))
        self.message_user(request, _("“%s” is restored, with its parts and links.") % record, messages.SUCCESS)
        self.name_drafts_of_links(request, drafts)
        return redirect(self.history_page("change", quote(record.pk)))


def metadata_of(event):
    """Return what the context of an event says."""
    return event.pgh_context.metadata if event.pgh_context else {}


def point_in_address(text: str) -> datetime.datetime | None:
    """Return the time that an address names. Raises ``BadRequest`` for what is no time."""
    try:
        time = parse_datetime(text) if text else None
    except ValueError:
        time = None
    if text and (time is None or time.tzinfo is None):
        raise BadRequest("A point of the history is not a time.")
    return time
