"""Synonyms in the search of the admin: what terms mean in the words of our texts."""

from collections.abc import Iterable

from django.db.models.functions import Lower

from .models import Synonym


def meanings_of(terms: Iterable[str]) -> dict[str, list[str]]:
    """Return for each term that is on record the words that stand for it in our texts, in one query."""
    by_lower = {term.lower(): term for term in terms if "\0" not in term}
    rows = Synonym.objects.annotate(typed=Lower("term")).filter(typed__in=by_lower).values_list("typed", "means")
    meanings: dict[str, list[str]] = {}
    for typed, means in rows.order_by("term__name_order", "means__name_order"):
        meanings.setdefault(by_lower[typed], []).extend(filter(None, map(str.strip, means.split(";"))))
    return meanings
