"""Import in the admin: a file is kept, read and previewed before it is stored or proposed, and can be undone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from import_export.admin import ImportExportMixin

from pkportal.changes.drafts import EDIT_OTHERS
from pkportal.changes.import_answers import (
    take_answer,
    take_cell_answers,
    take_near_misses,
    take_reading,
    take_whole,
)
from pkportal.changes.import_reading import columns_again
from pkportal.changes.import_steps import come_to, keep_file
from pkportal.changes.import_undo import check_undo, may_undo_import
from pkportal.changes.import_work import IMPORT_WORK, cancel, work_on
from pkportal.changes.imported_files import WORKING, ImportedFile, ImportState
from pkportal.changes.long_work import notice_broken
from pkportal.exchange.exporting import download_response
from pkportal.exchange.reading import UnreadableFile
from pkportal.exchange.uploads import MAX_UPLOAD_SIZE, PART_SIZE, UploadForm

from .addresses import change_set_address, imported_address, imports_address
from .audit import IMPORTED, keep_act
from .file_export import ExportAdmin
from .file_parts import PIECE_BYTES, FilePartsAdmin
from .import_pages import STORABLE, lines_of_refused, page_context
from .imported_files import IMPORT_FILES
from .long_work import reloaded_soon


class ExchangeAdmin(ImportExportMixin, FilePartsAdmin, ExportAdmin):
    """Import and export of django-import-export with our own pages; ``resource_classes`` has the model's one class."""

    import_template_name = "admin/exchange/import.html"
    imported_template_name = "admin/exchange/imported.html"

    def get_urls(self):
        """Add the page of an imported file, and what may be done there."""
        view = self.admin_site.admin_view
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("import/<int:pk>/", view(self.imported_view), name=f"{prefix}_imported"),
            path("import/<int:pk>/refused.csv", view(self.refused_file), name=f"{prefix}_refused"),
            path("import/<int:pk>/<slug:act>/", view(self.import_act), name=f"{prefix}_import_act"),
            *super().get_urls(),
        ]

    def has_import_permission(self, request):
        """True for users who may import files, and add and change records: a file does both."""
        may_edit = self.has_add_permission(request) and self.has_change_permission(request)
        return may_edit and request.user.has_perm(IMPORT_FILES)

    def import_action(self, request):
        """Take a file, and show what it would do; nothing of the record changes."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if not form.is_valid():
            title = _("Import %(records)s") % {"records": self.opts.verbose_name_plural}
            columns = [column.column_name for column in self.file_resource().columns()]
            context = {"title": title, "form": form, "columns": columns, "keys": self.model.key_fields}
            context["imports_address"] = imports_address(self.model)
            context |= {"part_size": PART_SIZE, "most_at_once": MAX_UPLOAD_SIZE}
            return self.render_page(request, self.import_template_name, **context)
        file = form.cleaned_data["file"]
        imported = keep_file(self.model, file.name, file.chunks(PIECE_BYTES), request.user)
        work_on(imported, ImportState.STAGING)
        return redirect(imported_address(imported))

    @method_decorator(require_safe)
    def imported_view(self, request, pk):
        """Show how far an imported file has come: what it asks, how much is read, what it would do, what it did."""
        notice_broken(IMPORT_WORK)
        imported = self.get_imported(request, pk)
        context = page_context(imported, request)
        title = _("Import of %(file)s") % {"file": imported.name}
        is_own = imported.account_id == request.user.pk
        response = self.render_page(
            request,
            self.imported_template_name,
            title=title,
            imported=imported,
            is_own=is_own,
            may_drop=is_own or request.user.has_perm(EDIT_OTHERS),
            may_undo=may_undo_import(imported) and (is_own or request.user.has_perm(EDIT_OTHERS)),
            **context,
        )
        return reloaded_soon(response, imported_address(imported)) if imported.state in WORKING else response

    @method_decorator(require_safe)
    def refused_file(self, request, pk):
        """Send the refused rows with their reasons as CSV."""
        imported = self.get_imported(request, pk)
        return download_response(lines_of_refused(imported), "csv", f"{self.file_resource.name}-refused")

    @method_decorator(require_POST)
    def process_import(self, request):
        """Store the file if it still does exactly what was shown, or propose it; else show again what it does."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            only_good = "only_good" in request.POST
            imported = self.lock_imported(request.POST.get("token", ""), request.user, only_good)
            if imported is None:
                return self.lead_to_sent(request)
            imported.only_good = only_good
            work_on(imported, ImportState.APPLYING)
            number = f": {imported.change_set.number}" if imported.change_set else ""
            keep_act(request, IMPORTED, f"{imported.name}{number}")
        self.tell(request, imported)
        is_proposed = imported.state == ImportState.PROPOSED
        return redirect(change_set_address(imported.change_set) if is_proposed else imported_address(imported))

    def sent_files(self, token, user):
        """Return the file that an account sent, by its number."""
        is_number = token.isascii() and token.isdecimal() and len(token) < 18
        sent = ImportedFile.objects.filter(kind=self.model._meta.label_lower, account=user)
        return sent.filter(pk=token) if is_number else sent.none()

    def lead_to_sent(self, request):
        """Say that a file does not wait any more, and show what became of it."""
        sent = self.sent_files(request.POST.get("token", ""), request.user).first()
        if sent:
            text = _("This file does not wait for a confirmation any more: below is what became of it.")
        else:
            text = _("There is no such file. Choose it again.")
        self.message_user(request, text, messages.INFO if sent else messages.ERROR)
        return redirect(imported_address(sent) if sent else self.url_name("import"))

    def lock_imported(self, token, user, only_good):
        """Return the file of an account that waits for its confirmation, locked; None if there is none."""
        waiting = self.sent_files(token, user).filter(state__in=STORABLE if only_good else [ImportState.STAGED])
        waiting = waiting.exclude(rows_new=0, rows_changed=0, rows_removed=0).exclude(stage_name="")
        return waiting.select_for_update().first()

    def tell(self, request, imported):
        """Say what became of a file that was small enough to be stored in the request."""
        words = {"file": imported.name, "new": imported.rows_new, "changed": imported.rows_changed}
        words["unchanged"] = imported.rows_unchanged
        if imported.state == ImportState.APPLIED:
            text = _("Imported %(file)s: %(new)d new, %(changed)d changed, %(unchanged)d unchanged.")
            self.message_user(request, text % words, messages.SUCCESS)
        elif imported.state == ImportState.PROPOSED:
            words["number"] = imported.change_set.number
            text = _("%(file)s waits as %(number)s: %(new)d new, %(changed)d changed. Readers see nothing of it yet.")
            self.message_user(request, text % words, messages.SUCCESS)

    @method_decorator(require_POST)
    def import_act(self, request, pk, act):
        """Do with an imported file what a button of its page says, such as throwing it away; then show the page."""
        imported = self.get_imported(request, pk)
        if act not in IMPORT_ACTS:
            raise Http404
        if imported.account_id != request.user.pk and not request.user.has_perm(EDIT_OTHERS):
            raise PermissionDenied
        getattr(self, f"act_{act}")(request, imported)
        return redirect(imported_address(imported))

    def act_discard(self, request, imported):
        """Throw a file away, or stop its undo, whatever a process does with it just now."""
        if not cancel(imported):
            self.message_user(request, _("It is done already."), messages.ERROR)

    def act_answer(self, request, imported):
        """Take an answer, and read the file with it."""
        self.read_again(request, imported, take_answer, [ImportState.ASKING])

    def act_remap(self, request, imported):
        """Ask again which column each header is."""
        with transaction.atomic():
            if locked := self.lock_own(request, imported, STORABLE):
                try:
                    locked.question = columns_again(locked)
                except UnreadableFile as error:
                    self.message_user(request, str(error), messages.ERROR)
                else:
                    come_to(locked, ImportState.ASKING)

    def act_cells(self, request, imported):
        """Take what is refused and what is confirmed of the cells of a file, and read it again."""
        self.read_again(request, imported, take_cell_answers)

    def act_whole(self, request, imported):
        """Take what a file is the whole of, and read it again."""
        self.read_again(request, imported, take_whole)

    def act_reading(self, request, imported):
        """Take that rows are read in another way, such as hidden ones, and read the file again."""
        self.read_again(request, imported, take_reading)

    def act_near(self, request, imported):
        """Take which rows are the records that they look like, and read the file again."""
        self.read_again(request, imported, take_near_misses)

    def act_reread(self, request, imported):
        """Read a file again, as the record is now."""
        self.read_again(request, imported, lambda _imported, _answers: None)

    def read_again(self, request, imported, take, states=STORABLE):
        """Take what a person has answered about a file in one of some states, and read it with that."""
        with transaction.atomic():
            if locked := self.lock_own(request, imported, states):
                try:
                    take(locked, request.POST)
                except ValidationError as error:
                    self.message_user(request, " ".join(error.messages), messages.ERROR)
                else:
                    work_on(locked, ImportState.STAGING)

    def lock_own(self, request, imported, states):
        """Return a file of the account that is in one of some states, locked; None if it is not."""
        own = ImportedFile.objects.filter(state__in=states, account=request.user)
        return own.select_for_update().filter(pk=imported.pk).first()

    def act_undo(self, request, imported):
        """Take back what a file stored, but for records that changed since."""
        try:
            with transaction.atomic():
                locked = ImportedFile.objects.select_for_update().get(pk=imported.pk)
                check_undo(locked)
                locked.undone_by = request.user
                work_on(locked, ImportState.UNDOING)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return
        if locked.state == ImportState.UNDONE:
            number = locked.rows_done
            text = ngettext(
                "%(number)d record is as it was before.", "%(number)d records are as they were before.", number
            )
            self.message_user(request, text % {"number": number}, messages.SUCCESS)

    def act_resume(self, request, imported):
        """Go on with what was broken off: nothing of it was stored."""
        with transaction.atomic():
            if locked := self.lock_own(request, imported, [ImportState.BROKEN_OFF]):
                work_on(locked, ImportState(locked.phase))

    def get_imported(self, request, pk):
        """Return an imported file of this kind, for those who may import."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        return get_object_or_404(ImportedFile, pk=pk, kind=self.model._meta.label_lower)


IMPORT_ACTS = {name.removeprefix("act_") for name in vars(ExchangeAdmin) if name.startswith("act_")}
