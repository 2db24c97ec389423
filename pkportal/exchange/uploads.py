"""Uploaded files: the form, the parsing, and the storage between the preview and its confirmation.

An upload is stored on disk, named by a signed token, and can be taken once.
"""

import contextlib
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .csv_file import FileRows, UnreadableFile, read_csv
from .xlsx_file import read_xlsx

MAX_ROWS = 20_000  # what one request can import; larger files are loaded by the command
MAX_UPLOAD_SIZE = 10 * 1024 * 1024
MAX_AGE = 24 * 60 * 60
FILE_PREFIX = "pkportal-import-"
SALT = "pkportal.exchange.uploads"
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
    """Store an upload for this user and this model only, and return its token."""
    _delete_expired_uploads()
    # the name cannot be guessed, and only this account can read the file
    with tempfile.NamedTemporaryFile(prefix=FILE_PREFIX, delete=False) as file:
        file.write(upload.data)
    content = [Path(file.name).name, upload.name, upload.fingerprint, user.pk, model._meta.label]
    return signing.dumps(content, salt=SALT)


def take_upload(token: str, user: User, model: type[Model]) -> Upload:
    """Return an upload and delete it; of two requests with the same token one gets it. Raises ``UploadExpired``."""
    try:
        stored, name, fingerprint, *owner = signing.loads(token, salt=SALT, max_age=MAX_AGE)
        if owner != [user.pk, model._meta.label]:
            raise UploadExpired
        path = Path(tempfile.gettempdir(), stored)
        taken = path.with_suffix(".taken")
        path.replace(taken)  # the one step in which two requests cannot both succeed
        data = taken.read_bytes()
        taken.unlink()
    except (signing.BadSignature, OSError) as error:
        raise UploadExpired from error
    return Upload(name, data, fingerprint)


def _delete_expired_uploads():
    """Delete uploads that were never confirmed."""
    for path in Path(tempfile.gettempdir()).glob(f"{FILE_PREFIX}*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < time.time() - MAX_AGE:
                path.unlink()
