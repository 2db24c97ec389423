"""Uploaded files: the form, and its limits."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_ROWS = 20_000  # what one request can import; larger files are loaded by the command
MAX_UPLOAD_SIZE = 10 * 1024 * 1024


class UploadForm(forms.Form):
    """One file: text or a workbook; which of them is found in its first bytes."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV, TSV or another delimited text, XLSX, ODS or XLS, at most %(size)s. "
            "Titles, notes and totals around the table are left out, and named."
        )
        % {"size": filesizeformat(MAX_UPLOAD_SIZE)},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.tab,.xlsx,.xlsm,.ods,.xls"}),
    )

    def clean_file(self):
        """Refuse a file that is too large for one request."""
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD_SIZE:
            limit = {"most": filesizeformat(MAX_UPLOAD_SIZE)}
            raise ValidationError(_("The file is larger than %(most)s, the most that can be taken here."), params=limit)
        return file
