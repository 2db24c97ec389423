"""Releases on the data page: a list with what changed in each, and a description of the newest for search engines."""

import json
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.html import _json_script_escapes
from django.utils.safestring import SafeString, mark_safe

from .datapackage import ABOUT_RECORD, LICENCE
from .models import Release
from .texts import ChangedTable, ToldChange, changed_tables, citation, told_by


class ListedRelease(NamedTuple):
    """A release with what changed since the one before; nothing of the first."""

    release: Release
    is_first: bool
    changed: list[ChangedTable]
    told: list[ToldChange]
    citation: str


def listed_releases() -> list[ListedRelease]:
    """Return all releases, the newest first, in one query."""
    releases = [*Release.objects.defer("unseen_history")]
    return [
        ListedRelease(
            release,
            release is releases[-1],
            changed_tables(release),
            [] if release is releases[-1] else told_by(release),
            citation(release),
        )
        for release in releases
    ]


def structured_data(release: Release) -> SafeString:
    """Return a release as a Dataset of schema.org, in JSON-LD that may stand in a script element."""
    described: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": "Peacekeeping Record",
        "description": ABOUT_RECORD,
        "url": f"{settings.SITE_URL}{reverse('data')}",
        "version": release.version,
        "datePublished": release.day.isoformat(),
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "The Peacekeeping Record maintainers"},
        "citation": citation(release),
        "distribution": {
            "@type": "DataDownload",
            "contentUrl": f"{settings.SITE_URL}{release.path}",
            "encodingFormat": "application/zip",
            "contentSize": str(release.size),
            "sha256": release.sha256,
        },
    }
    return mark_safe(json.dumps(described, ensure_ascii=False).translate(_json_script_escapes))  # noqa: S308
