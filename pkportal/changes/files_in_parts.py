"""Files that are sent in parts: each part is kept as it comes, so that no request is long and none is lost."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Max, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from .import_steps import throw_away_forgotten
from .imported_files import FileChunk, ImportedFile, ImportState


def begin_file(model: Any, name: str, size: int, user: User) -> ImportedFile:
    """Begin a file of which parts will come; throw away those that were forgotten."""
    throw_away_forgotten()
    fields = {"kind": model._meta.label_lower, "account": user, "name": name[:300], "size": size}
    return ImportedFile.objects.create(state=ImportState.SENDING, **fields)


def keep_part(imported: ImportedFile, start: int, chunks: Iterable[bytes]) -> int:
    """Keep a part that begins at a byte of a locked file, and return how many bytes there are now.

    A part that came already, the last one too, is passed over: its sender did not hear of it. Raises
    ``ValidationError`` for one that does not fit.
    """
    kept = imported.chunks.aggregate(number=Max("number"), size=Sum(Length("data")))
    size, first = kept["size"] or 0, 0 if kept["number"] is None else kept["number"] + 1
    if start < size:
        return size
    if imported.state != ImportState.SENDING or start > size:
        raise ValidationError(_("This part does not fit: choose the file again."))
    for number, data in enumerate(chunks, first):
        size += len(data)
        FileChunk.objects.create(imported_file=imported, number=number, data=data)
    if size > imported.size:
        raise ValidationError(_("The file grew while it was sent: choose it again."))
    return size


def complete_file(imported: ImportedFile) -> None:
    """Give a file of which all parts came its digest."""
    digest = hashlib.sha256()
    for data in imported.chunks.values_list("data", flat=True).iterator(chunk_size=1):
        digest.update(data)
    imported.sha256 = digest.hexdigest()
    imported.save(update_fields=["sha256"])
