"""Names of files that are sent: the table, the filters, the day. ``contributions-country-ITA-2026-11-28.csv``."""

import re
import unicodedata
from collections.abc import Iterable

from django.http import QueryDict
from django.utils import timezone

MAX_FILTERS = 60  # characters; some programs open no file with a path of more than 260
NOT_FILTERS = {"columns", "sort", "page", "view", "p", "o", "all", "e", "_popup", "_to_field", "_changelist_filters"}


def file_name(table: str, query: QueryDict) -> str:
    """Return the name of a file of a table, without its ending, as any system and any program can take it.

    Filters that do not fit are left out, and “etc” stands for them.
    """
    filters = ""
    for name, values in query.lists():
        if name not in NOT_FILTERS and any(values):
            part = f"-{ascii_words([name.removesuffix('__exact'), *values])}"
            if len(filters) + len(part) > MAX_FILTERS:
                filters += "-etc"
                break
            filters += part
    return f"{table}{filters}-{timezone.localdate():%Y-%m-%d}"


def ascii_words(texts: Iterable[str]) -> str:
    """Return texts with nothing but ASCII letters, numbers and hyphens; what is excluded has “not” before it."""
    words = ["not-" + text[1:] if text.startswith("-") else text for text in texts]
    letters = unicodedata.normalize("NFKD", "-".join(words)).encode("ascii", "ignore").decode()
    return re.sub("[^A-Za-z0-9]+", "-", letters).strip("-")
