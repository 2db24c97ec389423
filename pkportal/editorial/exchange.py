"""Files of rows at the desk: what a file would do is shown before it does it, and a list is a file too."""

import pghistory
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin

from pkportal.exchange.csv_file import UnreadableFile
from pkportal.exchange.exporting import csv_lines, download_response, json_lines
from pkportal.exchange.forms import ExportForm, UploadForm
from pkportal.exchange.import_result import run_import
from pkportal.exchange.uploads import Upload, UploadExpired, store_upload, take_upload
from pkportal.exchange.xlsx_file import write_xlsx


class ExchangeAdmin(ImportExportMixin, admin.ModelAdmin):
    """An admin whose records come and go as files; ``resource_classes`` names the one Rows of the model."""

    import_template_name = "admin/exchange/import.html"
    export_template_name = "admin/exchange/export.html"

    @property
    def rows(self):
        """Give the Rows that say what the file looks like."""
        return self.resource_classes[0]

    def has_import_permission(self, request):
        """A file adds and changes, so it takes the right to do both."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        """Who may look may take away."""
        return self.has_view_permission(request)

    # In

    def import_action(self, request):
        """Show what a file would do, and store nothing."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        bound = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if bound else UploadForm()
        if not form.is_valid():
            return self.import_page(request, form)
        file = form.cleaned_data["file"]
        return self.preview(request, Upload(file.name, file.read()))

    @method_decorator(require_POST)
    def process_import(self, request):
        """Do what the preview showed, exactly that, or nothing."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            upload = take_upload(request.POST.get("token", ""), request.user, self.model)
        except UploadExpired:
            gone = _("The file is not here any more: it was imported already, or it waited too long. Choose it again.")
            self.message_user(request, gone, messages.ERROR)
            return redirect(self.address("import"))
        with transaction.atomic(), pghistory.context(act="import", file=upload.name):
            outcome = run_import(self.rows, upload, request.user, dry_run=False)
            is_as_shown = not outcome.refusals and outcome.mark == upload.mark
            if is_as_shown:
                self.log_import(request, upload, outcome)
            else:
                transaction.set_rollback(True)
        if not is_as_shown:
            changed = _("The record has changed since the preview, so nothing was stored. This is how it is now:")
            self.message_user(request, changed, messages.WARNING)
            return self.preview(request, upload)
        done = _("Imported %(file)s: %(new)d new, %(changed)d changed, %(unchanged)d unchanged.")
        self.message_user(request, done % {"file": upload.name, **import_counts(outcome)}, messages.SUCCESS)
        return redirect(self.address("changelist"))

    def preview(self, request, upload):
        """Show the rows of a file as they would be stored, or why they cannot be."""
        outcome = run_import(self.rows, upload, request.user, dry_run=True)
        token = ""
        if outcome.new or outcome.changed:
            token = store_upload(Upload(upload.name, upload.data, outcome.mark), request.user, self.model)
        return self.import_page(
            request, UploadForm(), file=upload.name, outcome=outcome, token=token, **import_counts(outcome)
        )

    def import_page(self, request, form, **context):
        """Show the page of the import, before or after a file was chosen."""
        title = _("Import %(records)s") % {"records": self.opts.verbose_name_plural}
        columns = [column.column_name for column in self.rows().columns()]
        keys = self.model.key_fields
        return self.page(
            request, self.import_template_name, title=title, form=form, columns=columns, keys=keys, **context
        )

    def log_import(self, request, upload, outcome):
        """Write into each record's log which file made or changed it."""
        message = _("Imported from %(file)s.") % {"file": upload.name}
        for rows, act in [(outcome.new, ADDITION), (outcome.changed, CHANGE)]:
            LogEntry.objects.log_actions(request.user.pk, [row.instance for row in rows], act, message)

    # Out

    def export_action(self, request):
        """Give the list as it is filtered, all pages of it."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            records = self.get_export_queryset(request)
        except IncorrectLookupParameters:
            self.message_user(request, _("This list cannot be filtered like that."), messages.ERROR)
            return redirect(self.address("changelist"))
        if ORDER_VAR not in request.GET:
            records = records.order_by(*self.rows.key_order())  # as the command dump writes them
        form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
        if form.is_valid():
            try:
                return self.export_file(records, form.cleaned_data["format"])
            except UnreadableFile as error:
                form.add_error("format", str(error))
        title = _("Export %(records)s") % {"records": self.opts.verbose_name_plural}
        count, total = records.count(), self.model._base_manager.count()
        return self.page(request, self.export_template_name, title=title, form=form, count=count, total=total)

    def export_file(self, records, format):
        """Answer with a file that ``load`` knows by its name."""
        if format == "xlsx":
            content = write_xlsx(self.rows, records, public=False)
            return FileResponse(content, as_attachment=True, filename=f"{self.rows.name}.xlsx")
        lines = {"csv": csv_lines, "json": json_lines}[format](self.rows, records, public=False)
        return download_response(lines, format, self.rows.name)

    # Both

    def address(self, page):
        """Give the name of one of this admin's addresses."""
        return f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def page(self, request, template, **context):
        """Show a page of the desk about this kind of record."""
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return TemplateResponse(request, template, context)


def import_counts(outcome):
    """Count the rows of each kind."""
    return {"new": len(outcome.new), "changed": len(outcome.changed), "unchanged": len(outcome.unchanged)}
