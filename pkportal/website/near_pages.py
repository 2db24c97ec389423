"""The page that an address may have meant whose first word is nearly right: /nations/ABC/ means /countries/ABC/."""

from collections.abc import Iterator

from django.urls import is_valid_path, resolve, reverse
from django.utils.text import capfirst

from pkportal.exchange.registry import resources_by_name

from .addresses import NearRecord, asked_record, can_be_a_key
from .choices import MAX_TEXT, nearest
from .releases.tables import title_of_table
from .sitemap import PageSitemap


def near_pages(path: str) -> list[NearRecord]:
    """Return the records of the section that the first word of a path is nearest to, or else the section itself.

    The file of a table whose list has none is among the data.
    """
    file = reverse("data") + path.strip("/")
    if is_valid_path(file) and (resource := resources_by_name().get(path.strip("/").partition(".")[0])):
        return [NearRecord(title_of_table(resource._meta.model), file, file)]
    first, _slash, rest = path.strip("/").partition("/")
    word, _dot, _ending = first.partition(".")
    names = [*section_names()]
    folder = nearest(word, names) if can_be_a_key(path) else ""
    if not folder:
        return []
    address = f"/{folder}/"
    asked = asked_record(f"{address}{rest}") if rest else None
    title = next(label for code, label in reversed(names) if code == folder)
    return (asked.nearest() if asked else []) or [NearRecord(capfirst(title), address, address)]


def sought_in(path: str) -> str:
    """Return the words that the last part of a path is made of, to be searched for; a code with digits stays whole."""
    last, _dot, _ending = path.strip("/").rpartition("/")[2][:MAX_TEXT].partition(".")
    return last if any(map(str.isdigit, last)) else last.replace("-", " ")


def section_names() -> Iterator[tuple[str, str]]:
    """Yield for each page and list of the site its word in the address, and what it is called."""
    for path in PageSitemap().items():
        word = path.strip("/")
        if word:
            view = getattr(resolve(path).func, "view_class", None)
            yield word, word
            yield from ((word, str(noun)) for noun in getattr(view, "nouns", ()))


def lower_case_address(path: str) -> str:
    """Return the path of the same page in lower case, or nothing if there is none."""
    return path.lower() if path != path.lower() and is_valid_path(path.lower()) else ""
