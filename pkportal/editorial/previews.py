"""Exact previews in the admin: the public page as it would be, in a frame as wide as a phone or a large screen."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from pkportal.changes.drafts import open_draft
from pkportal.changes.models import ChangeSet
from pkportal.changes.previews import Preview, ShownRecord, shown_for_now, shown_records
from pkportal.content.models import Record
from pkportal.website.errors import server_error
from pkportal.website.rendered_pages import PreviewMark, keep_private, open_links_outside, render_public_page

from .drafting import draft_of

WIDTHS = {"phone": _("Phone"), "wide": _("Wide screen")}
FRAMED = [require_safe, xframe_options_sameorigin, csp_replace({"frame-ancestors": [SELF]})]


class PreviewingAdmin(admin.ModelAdmin):
    """Admin of records with a preview of each that the public cannot read yet: as if it were published."""

    def get_urls(self):
        """Add the addresses of the preview and of the page in its frame."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/preview/", view(self.preview_view), name=f"{name}_preview"),
            path("<path:object_id>/preview/page/", view(self.preview_page_view), name=f"{name}_preview_page"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, **kwargs):
        """Link the preview of the draft that the form shows, or of a record that the public cannot read yet."""
        response = super().render_change_form(request, context, *args, **kwargs)
        record, draft = response.context_data.get("original"), draft_of(request)
        response.context_data["preview_address"] = ""
        if draft and draft.change_set:
            reference = record.reference if record else ""
            response.context_data["preview_address"] = change_set_preview(draft.change_set, reference)
        elif record and (draft is None or not is_as_public(record, response.context_data)):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_preview"
            response.context_data["preview_address"] = reverse(name, args=[record.pk])
        return response

    def previewed(self, request, object_id) -> Record:
        """Return the record to be shown to those who may see it here."""
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    @method_decorator(require_safe)
    def preview_view(self, request, object_id):
        """Show a record that nobody has published yet in a frame; of one with a draft, the draft."""
        record = self.previewed(request, object_id)
        if change_set := open_draft(record):
            return redirect(change_set_preview(change_set, record.reference))
        context = {
            "title": _("Preview of %(record)s") % {"record": record},
            "opts": self.opts,
            "original": record,
            "page_address": "page/",
        }
        return frame(self, request, context)

    @method_decorator(FRAMED)
    def preview_page_view(self, request, object_id):
        """Show the page in the frame."""
        record = self.previewed(request, object_id)
        shown = ShownRecord(self.opts.label_lower, record.reference, str(record))
        return framed_page(request, shown, PreviewMark(_("As if it were published"), timezone.now()))


class ChangeSetPreviews(admin.ModelAdmin):
    """Admin of change sets with a preview of the pages that they change."""

    def get_urls(self):
        """Add the addresses of the preview and of the pages in its frame."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", view(self.preview_view), name="changes_changeset_preview"),
            path(
                "<int:pk>/preview/<slug:reference>/",
                view(self.preview_page_view),
                name="changes_changeset_preview_page",
            ),
            *super().get_urls(),
        ]

    def previewed(self, request, pk) -> ChangeSet:
        """Return the change set to be shown to those who may see it."""
        change_set = get_object_or_404(ChangeSet, pk=pk)
        if not self.has_view_permission(request, change_set):
            raise PermissionDenied
        return change_set

    @method_decorator(require_safe)
    def preview_view(self, request, pk):
        """Show the pages of a change set in a frame, one at a time."""
        change_set = self.previewed(request, pk)
        records = shown_records(change_set) if change_set.is_open else []
        asked = request.GET.get("record", "")
        chosen = next((record for record in records if record.reference == asked), next(iter(records), None))
        context = {
            "title": _("Preview of %(number)s") % {"number": change_set},
            "opts": self.opts,
            "change_set": change_set,
            "records": records,
            "chosen": chosen,
            "page_address": address_in_frame(change_set, chosen) if chosen else "",
        }
        return frame(self, request, context)

    @method_decorator(FRAMED)
    def preview_page_view(self, request, pk, reference):
        """Show the page of one of the records in the frame."""
        change_set = self.previewed(request, pk)
        if not change_set.is_open:
            raise Http404
        shown = next((record for record in shown_records(change_set) if record.reference == reference), None)
        if shown is None:
            raise Http404
        label = f"{change_set.number} ({change_set.get_state_display()})"
        return framed_page(request, shown, PreviewMark(label, change_set.saved_at), change_set)


def is_as_public(record, context) -> bool:
    """True if the form of a record links its public page, or it has none of its own."""
    return not hasattr(record, "get_absolute_url") or bool(context.get("absolute_url"))


def change_set_preview(change_set: ChangeSet, reference: str = "") -> str:
    """Return the address of the preview of a change set, opened at one of its records."""
    address = reverse("admin:changes_changeset_preview", args=[change_set.pk])
    return f"{address}?record={reference}" if reference else address


def address_in_frame(change_set: ChangeSet, shown: ShownRecord) -> str:
    """Return the address of the page in the frame, relative to the frame: of the root from its top, else at the row."""
    is_root = shown.reference == change_set.root_reference
    return f"{shown.reference}/" if is_root else f"{shown.reference}/#{shown.reference}"


def frame(model_admin, request, context):
    """Show a page in a frame that is as wide as a phone or a large screen."""
    width = request.GET.get("width", "")
    context = {
        **model_admin.admin_site.each_context(request),
        **context,
        "is_nav_sidebar_enabled": False,
        "width": width if width in WIDTHS else "wide",
        "widths": WIDTHS.items(),
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/changes/preview.html", context)


def framed_page(request, shown, mark, change_set=None):
    """Return the public page of a record as it would be; 503 while somebody else is saving the same records."""
    try:
        with shown_for_now(shown, change_set) as preview:
            response = previewed_page(request, preview, mark)
    except OperationalError:
        return server_error(request)
    return keep_private(response)


def previewed_page(request, preview: Preview, mark: PreviewMark) -> HttpResponse:
    """Render the page of a preview; without one, say why there is none."""
    mark = mark._replace(problems=[problem.line for problem in preview.problems])
    if not preview.address:
        return TemplateResponse(request, "website/no_preview.html", {"mark": mark}, status=404).render()
    page = render_public_page(request, preview.address, mark, request.META.get("QUERY_STRING", ""))
    return HttpResponse(open_links_outside(page.text), status=page.status_code)
