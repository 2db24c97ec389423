"""Sending a file in parts: the page of an import sends what one request is too small for, part after part."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from pkportal.changes.files_in_parts import begin_file, complete_file, keep_part
from pkportal.changes.import_work import work_on
from pkportal.changes.imported_files import ImportedFile, ImportState
from pkportal.exchange.uploads import PartForm

from .addresses import imported_address

PIECE_BYTES = 1024 * 1024


class FilePartsAdmin(admin.ModelAdmin):
    """Admin that takes a file in parts, from those who may import it."""

    def get_urls(self):
        """Add the address of the parts."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_import_part"
        return [path("import/part/", self.admin_site.admin_view(self.part_view), name=name), *super().get_urls()]

    @method_decorator(require_POST)
    def part_view(self, request):
        """Take a part, and say how many bytes there are; after the last one the file is read."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = PartForm(request.POST, request.FILES)
        if not form.is_valid():
            return refused_part(error for errors in form.errors.values() for error in errors)
        said = form.cleaned_data
        try:
            with transaction.atomic():
                imported = self.file_of_part(request.user, said)
                arrived = keep_part(imported, said["start"], said["part"].chunks(PIECE_BYTES))
                if arrived == imported.size and imported.state == ImportState.SENDING:
                    complete_file(imported)
                    work_on(imported, ImportState.STAGING)
        except ValidationError as error:
            return refused_part(error.messages)
        return JsonResponse({"imported": imported.pk, "arrived": arrived, "address": imported_address(imported)})

    def file_of_part(self, user, said):
        """Return the file that a part is of, locked, or begun with the first one; only who began it sends more."""
        if said["imported"] is None:
            return begin_file(self.model, said["name"], said["size"], user)
        begun = ImportedFile.objects.filter(kind=self.model._meta.label_lower, account=user)
        return get_object_or_404(begun.select_for_update(), pk=said["imported"])


def refused_part(reasons) -> JsonResponse:
    """Return why a part is not taken."""
    return JsonResponse({"error": " ".join(reasons)}, status=400)
