"""An uploaded file between its preview and the word to go on: kept on disk, named by a signed token, taken once."""

import contextlib
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.core import signing

PREFIX = "pkportal-import-"
MAX_AGE = 24 * 60 * 60
SALT = "pkportal.exchange.uploads"


class UploadExpired(Exception):
    """There is no such file for this person and this kind of record, or no longer."""


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent, and the mark of what its preview showed."""

    name: str
    data: bytes
    mark: str = ""


def store_upload(upload, user, model):
    """Keep a file, for this person and this kind of record alone, and give the token that names it."""
    _remove_expired()
    # made with a name that nobody can guess, readable by this account only
    with tempfile.NamedTemporaryFile(prefix=PREFIX, delete=False) as file:
        file.write(upload.data)
    return signing.dumps([Path(file.name).name, upload.name, upload.mark, user.pk, model._meta.label], salt=SALT)


def take_upload(token, user, model):
    """Take a file away from where it was kept; of two who come with the same token, one gets it."""
    try:
        stored, name, mark, *owner = signing.loads(token, salt=SALT, max_age=MAX_AGE)
        if owner != [user.pk, model._meta.label]:
            raise UploadExpired
        path = Path(tempfile.gettempdir(), stored)
        taken = path.with_suffix(".taken")
        path.replace(taken)  # the one step in which two requests cannot both succeed
        data = taken.read_bytes()
        taken.unlink()
    except (signing.BadSignature, OSError) as error:
        raise UploadExpired from error
    return Upload(name, data, mark)


def _remove_expired():
    """Remove what was previewed and never confirmed."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < time.time() - MAX_AGE:
                path.unlink()
