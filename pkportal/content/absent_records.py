"""Records that a text names and that are not on record: a layer above may know what became of them, and says so."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

MOST_EXPLAINED = 200  # names that are asked about at once: a file may have nothing but wrong ones
Explanation = Callable[[Any, Sequence[str]], Mapping[str, str]]
_explanations: list[Explanation] = []


def explain_absence_by(explanation: Explanation) -> None:
    """Ask a function what became of records of a model, by their codes, references or titles."""
    _explanations.append(explanation)


def what_became_of(model: Any, names: Sequence[str]) -> dict[str, str]:
    """Return in words what became of the records of these names, as far as anybody knows."""
    asked = [name for name in names[:MOST_EXPLAINED] if name and "\x00" not in name]
    said: dict[str, str] = {}
    for explain in _explanations if asked else ():
        said.update(explain(model, asked))
    return said
