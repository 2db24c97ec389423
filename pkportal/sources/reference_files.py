"""Citation formats of a source: a line of text, BibTeX, and RIS for reference managers."""

import re

from .citations import is_external
from .models import Source, SourceKind

RIS_TYPES = {
    SourceKind.RESOLUTION: "GOVDOC",
    SourceKind.TREATY: "GOVDOC",
    SourceKind.OFFICIAL: "ELEC",
    SourceKind.REPORT: "RPRT",
    SourceKind.ACADEMIC: "GEN",
    SourceKind.DATASET: "DATA",
    SourceKind.NEWS: "NEWS",
}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_latex_special = re.compile(r"[\\{}&%$#_~^]")
_latex_commands = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_editors = re.compile(r"\s*\(eds?\.\)\s*$")


def as_citation_text(source: Source) -> str:
    """Return a source in one line: authors, title, publisher, date, address."""
    named = f"{source.authors}: {source.title}" if source.authors else source.title
    date = source.published.in_words if source.published else ""
    return ", ".join(filter(None, [named, source.publisher, date, original_url(source)]))


def as_bibtex(source: Source) -> str:
    """Return a BibTeX entry in UTF-8, with LaTeX commands escaped."""
    report = source.kind == SourceKind.REPORT
    people = " and ".join(map(escape_latex, author_names(source)))
    fields = {
        "editor" if names_editors(source) else "author": people,
        "title": f"{{{escape_latex(source.title)}}}",
        "institution" if report else "howpublished": escape_latex(source.publisher),
        **dict(zip(["year", "month", "day"], bibtex_date(source), strict=False)),
        "url": original_url(source).translate({ord("{"): "%7B", ord("}"): "%7D"}),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value]
    return f"@{'techreport' if report else 'misc'}{{{source.code},\n{''.join(lines)}}}\n"


def as_ris(source: Source) -> str:
    """Return an RIS record: a tag and a value a line."""
    date = str(source.published or "")
    values = [
        ("TY", RIS_TYPES[source.kind]),
        ("ID", source.code),
        *(("ED" if names_editors(source) else "AU", name) for name in author_names(source)),
        ("TI", source.title),
        ("PB", source.publisher),
        ("PY", date[:4]),
        ("DA", date.replace("-", "/")),
        ("UR", original_url(source)),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in values if value]
    return f"{''.join(lines)}ER  - \r\n"


REFERENCE_FORMATS = {"bib": (as_bibtex, "application/x-bibtex"), "ris": (as_ris, "application/x-research-info-systems")}


def original_url(source: Source) -> str:
    """Return the URL of the original, or nothing if it is not a web address."""
    return source.url if is_external(source.url) else ""


def author_names(source: Source) -> list[str]:
    """Return the names of the authors or editors."""
    return [name.strip() for name in _editors.sub("", source.authors).split(";") if name.strip()]


def names_editors(source: Source) -> bool:
    """True if the names are those of editors, not of authors."""
    return bool(_editors.search(source.authors))


def bibtex_date(source: Source) -> list[str]:
    """Return year, month and day as BibTeX writes them, as far as they are known."""
    year, *rest = str(source.published or "").split("-")
    return [year, *(MONTHS[int(month) - 1] for month in rest[:1]), *rest[1:]]


def escape_latex(text: str) -> str:
    """Return a text in one line with the special characters of LaTeX escaped."""
    return _latex_special.sub(lambda match: _latex_commands.get(match[0], f"\\{match[0]}"), " ".join(text.split()))
