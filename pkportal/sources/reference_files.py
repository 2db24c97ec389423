"""A source as others cite it: one line of text, an entry for BibTeX, a record for reference managers (RIS)."""

import re

from .links import is_external
from .models import SourceKind

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


def as_citation_text(source):
    """Write a source in one line: authors, title, publisher, date, address."""
    named = f"{source.authors}: {source.title}" if source.authors else source.title
    date = source.published.in_words if source.published else ""
    return ", ".join(filter(None, [named, source.publisher, date, original_url(source)]))


def as_bibtex(source):
    """Write an entry for BibTeX, in UTF-8: what LaTeX would take for a command is escaped."""
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


def as_ris(source):
    """Write a record for reference managers, a tag and a value a line."""
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


def original_url(source):
    """Give the address of the original if it is one on the web."""
    return source.url if is_external(source.url) else ""


def author_names(source):
    """Name who wrote or edited a source, one by one."""
    return [name.strip() for name in _editors.sub("", source.authors).split(";") if name.strip()]


def names_editors(source):
    """Say whether those who are named put it together from what others wrote."""
    return bool(_editors.search(source.authors))


def bibtex_date(source):
    """Give year, month and day, as far as they are known, as BibTeX writes them."""
    year, *rest = str(source.published or "").split("-")
    return [year, *(MONTHS[int(month) - 1] for month in rest[:1]), *rest[1:]]


def escape_latex(text):
    """Escape what LaTeX would not print, and let nothing end the line."""
    return _latex_special.sub(lambda it: _latex_commands.get(it[0], f"\\{it[0]}"), " ".join(text.split()))
