"""Doubts about figures, in the words that a chart shows of them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from missions.models import Contribution


def with_doubts(description: str, figures: Iterable[Contribution]) -> str:
    """Add to the description of figures why one may be wrong, until it is checked."""
    doubts = dict.fromkeys(figure.open_doubt for figure in figures if figure.open_doubt)
    words = [_("Doubtful: %(doubt)s") % {"doubt": doubt} for doubt in doubts]
    return ". ".join([description, *words])
