"""The proof that a lesson was learned: later than its sources, and other than they."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from pkportal.sources.citations import cited_codes


def faults_of_proof(lesson: Any) -> Iterator[str]:
    """Yield, in words, why the source that a learned lesson names does not prove that it was learned."""
    own = dict(lesson.sources.values_list("code", "published"))
    if lesson.maturity_source.code in {*own, *cited_codes(lesson.observation)}:
        yield _("A lesson learned needs a proof in another source than those it was compiled from.")
    first = min(filter(None, own.values()), default=None)
    proved = lesson.maturity_as_of or lesson.maturity_source.published
    if first and proved and proved.last < first.first:
        yield _("The proof that it was learned is older than the sources it was compiled from.")
