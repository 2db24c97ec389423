"""Uploaded files: the form, and its limits. A file is sent in parts if one request is too small for it."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MAX_UPLOAD_SIZE = 10 * 1024 * 1024  # of one request
TABLE_FILE_ENDINGS = ".csv,.tsv,.txt,.tab,.xlsx,.xlsm,.ods,.xls,.json,.jsonl,.zip,.gz"
PART_SIZE = 4 * 1024 * 1024  # of a file that is sent in parts: a slow line needs less than a minute for each


def max_file_size() -> int:
    """Return how many bytes a file may have."""
    return settings.MAX_IMPORT_MB * 1024 * 1024


class UploadForm(forms.Form):
    """One file with a table; of which kind it is is found in its first bytes."""

    file = forms.FileField(widget=forms.FileInput(attrs={"accept": TABLE_FILE_ENDINGS}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("File")
        self.fields["file"].help_text = _(
            "CSV or another delimited text, XLSX, ODS, XLS, JSON, JSON Lines or the ZIP of a list, at most %(size)s; "
            "texts also as .gz. "
            "Titles, notes and totals around the table are left out, and named."
        ) % {"size": filesizeformat(max_file_size())}

    def clean_file(self):
        """Refuse a file that is too large for one request: the page sends such a file in parts."""
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD_SIZE:
            limit = {"most": filesizeformat(MAX_UPLOAD_SIZE)}
            message = _(
                "The file is larger than %(most)s, the most that one request can bring. With JavaScript this page "
                "sends larger ones in parts; the command load reads any."
            )
            raise ValidationError(message, params=limit)
        return file


class PartForm(forms.Form):
    """One part of a file: where it begins, and of the first one the name and the size of the file."""

    part = forms.FileField()
    start = forms.IntegerField(min_value=0)
    imported = forms.IntegerField(min_value=1, required=False)  # of the parts after the first
    name = forms.CharField(max_length=1000, strip=False)
    size = forms.IntegerField(min_value=1)

    def clean_size(self):
        """Refuse a file that is too large."""
        size = self.cleaned_data["size"]
        if size > max_file_size():
            limit = {"most": filesizeformat(max_file_size())}
            raise ValidationError(_("The file is larger than %(most)s, the most that can be taken here."), params=limit)
        return size
