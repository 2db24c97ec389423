"""Make a release: one snapshot of the public record, packed, compared with the last release and stored."""

import logging
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from pkportal.changes.models import ChangeSet

from ..feeds import shown_changes
from .bundle import digest_of_file, write_files, write_zip
from .models import CHUNK_BYTES, Release, ReleaseChunk
from .released_rows import store_rows
from .unseen_history import unseen_history

_log = logging.getLogger("pkportal.releases")


def make_release(notes: str = "") -> Release:
    """Make and store the next release, all or nothing. Editors go on meanwhile; a second release waits for this one."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), TemporaryDirectory(prefix="release-") as folder:
        with connection.cursor() as cursor:
            if is_outermost:  # an outer transaction has a snapshot of its own
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            table = connection.ops.quote_name(Release._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")  # before the snapshot is taken
            cursor.execute("SELECT now()")
            ((made_at,),) = cursor.fetchall()
        previous = Release.objects.first()
        day = timezone.localdate()
        release = Release.objects.create(
            version=next_version(day),
            day=day,
            made_at=made_at,
            unseen_history=unseen_history(),
            notes=notes.strip(),
            told=changes_to_tell(),
        )
        release.counts = store_rows(release, previous)
        path, files = Path(folder, "release.zip"), Path(folder, "files")
        files.mkdir()
        write_files(files, release, previous)
        write_zip(path, files, release)
        release.size, release.sha256 = digest_of_file(path)
        release.save()
        store_file(release, path)
    _log.info("release", {"version": release.version, "bytes": release.size})
    return release


def next_version(day: date) -> str:
    """Return the year, the month, and the next number in that month."""
    prefix = f"{day.year}.{day.month}."
    versions = Release.objects.filter(version__startswith=prefix).values_list("version", flat=True)
    numbers = [int(version.removeprefix(prefix)) for version in versions]
    return f"{prefix}{max(numbers, default=0) + 1}"


def changes_to_tell() -> list[dict[str, Any]]:
    """Return the major changes with a sentence for readers that no release has told of, the earliest first."""
    told = {change["change_set"] for changes in Release.objects.values_list("told", flat=True) for change in changes}
    noted = ChangeSet.objects.noted().exclude(pk__in=told).order_by("published_at", "pk")
    return [
        {
            "change_set": change.pk,
            "day": timezone.localdate(change.published_at).isoformat(),
            "title": change.title,
            "note": change.public_note,
        }
        for change in shown_changes(noted)
    ]


def store_file(release: Release, path: Path) -> None:
    """Store a file in chunks, so that nobody who sends it needs all of it in memory."""
    with path.open("rb") as file:
        position = 0
        while data := file.read(CHUNK_BYTES):
            ReleaseChunk.objects.create(release=release, position=position, data=data)
            position += 1
