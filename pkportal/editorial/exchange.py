"""Import in the admin: a file is previewed before it is imported."""

import logging
from functools import partial

import pghistory
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin

from pkportal.changes.imports import drafted_in, propose_import, touches_public
from pkportal.content.timeouts import long_statements
from pkportal.exchange.importing import import_counts, run_import
from pkportal.exchange.uploads import Upload, UploadExpired, UploadForm, read_upload, store_upload, take_upload

from .addresses import change_set_address
from .audit import IMPORTED, keep_act
from .file_export import ExportAdmin

IMPORT_FILES = "changes.import_files"
_log = logging.getLogger("pkportal.editorial")


class ExchangeAdmin(ImportExportMixin, ExportAdmin):
    """Import and export of django-import-export with our own pages; ``resource_classes`` has the model's one class."""

    import_template_name = "admin/exchange/import.html"

    def has_import_permission(self, request):
        """True for users who may import files, and add and change records: a file does both."""
        may_edit = self.has_add_permission(request) and self.has_change_permission(request)
        return may_edit and request.user.has_perm(IMPORT_FILES)

    def import_action(self, request):
        """Preview an uploaded file: show what it would do, and store nothing."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if not form.is_valid():
            return self.import_page(request, form)
        file = form.cleaned_data["file"]
        return self.preview(request, Upload(file.name, file.read()))

    @method_decorator(require_POST)
    def process_import(self, request):
        """Import the file if it still does exactly what the preview showed, else show the preview again."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            upload = take_upload(request.POST.get("token", ""), request.user, self.model)
        except UploadExpired:
            message = _("The file is no longer kept: it was imported, or it is older than a day. Choose it again.")
            self.message_user(request, message, messages.ERROR)
            return redirect(self.url_name("import"))
        with transaction.atomic(), pghistory.context(act="import", file=upload.name):
            result = self.import_upload(request, upload, dry_run=False)
            is_as_previewed = not result.refusals and result.fingerprint == upload.fingerprint
            must_wait = is_as_previewed and touches_public(self.model, result)
            if is_as_previewed and not must_wait:
                self.log_import(request, upload, result)
            else:
                transaction.set_rollback(True)
        if not is_as_previewed:
            message = _("The record has changed since the preview, so nothing was stored. This is how it is now:")
            self.message_user(request, message, messages.WARNING)
            return self.preview(request, upload)
        if must_wait:
            return self.propose(request, result)
        _log.info("import", {"file": upload.name, **import_counts(result)})
        keep_act(request, IMPORTED, upload.name)
        message = _("Imported %(file)s: %(new)d new, %(changed)d changed, %(unchanged)d unchanged.")
        self.message_user(request, message % {"file": upload.name, **import_counts(result)}, messages.SUCCESS)
        return redirect(self.url_name("changelist"))

    def propose(self, request, result):
        """Make a change set of a file, which readers see nothing of until it is published."""
        with transaction.atomic():
            change_set = propose_import(self.model, result, request.user)
        _log.info("propose import", {"file": result.file, **import_counts(result)})
        keep_act(request, IMPORTED, f"{result.file}: {change_set.number}")
        text = _("%(file)s waits as %(number)s: %(new)d new, %(changed)d changed. Readers see nothing of it yet.")
        words = {"file": result.file, "number": change_set.number, **import_counts(result)}
        self.message_user(request, text % words, messages.SUCCESS)
        return redirect(change_set_address(change_set))

    def import_upload(self, request, upload, dry_run):
        """Import an upload as the user of the request; its rows keep their records, for the log."""
        options = {"user": request.user, "dry_run": dry_run, "retain_instance_in_row_result": True}
        with long_statements():
            return run_import(self.file_resource, upload.name, partial(read_upload, upload.data), **options)

    def preview(self, request, upload):
        """Show the rows of a file as they would be stored, or why it is refused."""
        result = self.import_upload(request, upload, dry_run=True)
        token = ""
        if result.new or result.changed:
            token = store_upload(Upload(upload.name, upload.data, result.fingerprint), request.user, self.model)
        drafted = {change_set.number: change_set for change_set in drafted_in(self.model, result).values()}
        return self.import_page(
            request,
            UploadForm(),
            file=upload.name,
            result=result,
            token=token,
            drafted=drafted,
            **import_counts(result),
        )

    def import_page(self, request, form, **context):
        """Render the import page, before or after a file was chosen."""
        title = _("Import %(records)s") % {"records": self.opts.verbose_name_plural}
        columns = [column.column_name for column in self.file_resource().columns()]
        keys = self.model.key_fields
        return self.render_page(
            request, self.import_template_name, title=title, form=form, columns=columns, keys=keys, **context
        )

    def log_import(self, request, upload, result):
        """Write into the admin log of each record which file created or changed it."""
        message = _("Imported from %(file)s.") % {"file": upload.name}
        for rows, action in [(result.new, ADDITION), (result.changed, CHANGE)]:
            LogEntry.objects.log_actions(request.user.pk, [row.instance for row in rows], action, message)
