"""Uploaded files: the form, the parsing, and the storage between the preview and its confirmation.

An upload is stored in the database, under a random token, and can be taken once.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.functions import Now
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .csv_file import FileRows, UnreadableFile, read_csv
from .models import StoredUpload
from .xlsx_file import read_xlsx

MAX_ROWS = 20_000  # what one request can import; larger files are loaded by the command
MAX_UPLOAD_SIZE = 10 * 1024 * 1024
MAX_AGE = timedelta(days=1)
ZIP_SIGNATURE = b"PK\x03\x04"  # the first bytes of an XLSX file
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"  # of an XLS file, and of an XLSX file with a password

# One statement: of two requests that delete the same row, the second waits for the first and then finds none.
TAKE = """
DELETE FROM exchange_storedupload
WHERE token = %s AND account_id = %s AND kind = %s AND stored_at > now() - %s
RETURNING *
"""


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


class UploadExpired(Exception):
    """There is no such upload of this user for this model, or not any more."""


@dataclass(frozen=True)
class Upload:
    """An uploaded file, and the fingerprint of its preview."""

    name: str
    data: bytes
    fingerprint: str = ""


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


def store_upload(upload: Upload, user: User, model: type[Model]) -> str:
    """Store an upload for this user and this model only, and return its token; delete those never confirmed."""
    StoredUpload.objects.filter(stored_at__lte=Now() - MAX_AGE).delete()
    owner = {"account": user, "kind": model._meta.label}
    return str(StoredUpload.objects.create(**owner, **asdict(upload)).token)


def take_upload(token: str, user: User, model: type[Model]) -> Upload:
    """Return an upload and delete it; of two requests with the same token one gets it. Raises ``UploadExpired``."""
    try:
        parameters = [UUID(token), user.pk, model._meta.label, MAX_AGE]
    except ValueError as error:
        raise UploadExpired from error
    stored = next(iter(StoredUpload.objects.raw(TAKE, parameters)), None)
    if stored is None:
        raise UploadExpired
    return Upload(stored.name, stored.data, stored.fingerprint)
