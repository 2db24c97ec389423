"""Uploaded files: the form, and the parsing."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .csv_file import FileRows, UnreadableFile, read_csv
from .xlsx_file import read_xlsx

MAX_ROWS = 20_000  # what one request can import; larger files are loaded by the command
MAX_UPLOAD_SIZE = 10 * 1024 * 1024
ZIP_SIGNATURE = b"PK\x03\x04"  # the first bytes of an XLSX file
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"  # of an XLS file, and of an XLSX file with a password


class UploadForm(forms.Form):
    """One file, CSV or XLSX; which of them is detected when it is read."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, at most %(size)s. Encoding and delimiter are detected.")
        % {"size": filesizeformat(MAX_UPLOAD_SIZE)},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_file(self):
        """Refuse a file that is too large for one request."""
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD_SIZE:
            limit = {"most": filesizeformat(MAX_UPLOAD_SIZE)}
            raise ValidationError(_("The file is larger than %(most)s, the most that can be taken here."), params=limit)
        return file


def read_upload(data: bytes) -> FileRows:
    """Read the header and the rows of an uploaded file, CSV or XLSX. Raises ``UnreadableFile``."""
    if data.startswith(OLE_SIGNATURE):
        raise UnreadableFile(_("This is an old Excel workbook, or one with a password: save it as .xlsx or as CSV."))
    table = read_xlsx(data, MAX_ROWS) if data.startswith(ZIP_SIGNATURE) else read_csv(data)
    if len(table.rows) > MAX_ROWS:
        raise UnreadableFile(
            _("The file has more than %(most)d rows. Split it, or load it with the command load.") % {"most": MAX_ROWS}
        )
    if not table.rows:
        raise UnreadableFile(_("The file has a header and no rows."))
    return table
