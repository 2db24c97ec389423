"""Markdown parser: CommonMark, tables, and citations such as ``[@code, para. 7]``; which links are allowed."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt

URL_SCHEMES = {"http", "https", "mailto"}

# The SQL function `pk_cited` uses the same patterns: they keep to the syntax that Python and PostgreSQL share.
CODE = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?"  # a full stop behind a code ends a sentence, not the code
GAP = r"[ \t\u00a0]*(?:\n[ \t\u00a0>]*)?"  # a source may begin on the next line of a block quotation
PINPOINT = rf"(?=[ \t\u00a0\n,;])(?:[^\[\];\n]|\n(?![ \t]*\n)|;(?!{GAP}@))*"
ITEM = rf"@{CODE}\.*(?:{PINPOINT})?"
BRACKET = rf"\[({ITEM}(?:;{GAP}{ITEM})*)\]"
NAMED = rf"(?:^|;{GAP})@({CODE})"
# what stands before the number of a page or a passage; alone, as in ``[@code, p. ]``, it names no place
PINPOINT_WORD = r"(?:pp?|pages?|paras?|paragraphs?|arts?|articles?|chs?|chapters?|secs?|sections?|§§?)\.?"
LACKS_PLACE = rf"\[@(?:[^\[\]]*[,;]\s*(?:@{CODE}\.*\s+)?|{CODE}\.*\s+){PINPOINT_WORD}[\s.,:]*(?:\]|;\s*@)"

_place_alone = re.compile(rf"(?:^|[,;] ?){PINPOINT_WORD}[ .,:]*$", re.IGNORECASE)
_bracket = re.compile(BRACKET)
_next_item = re.compile(rf";{GAP}(?=@)")
_code = re.compile(rf"@({CODE})\.*")
_external = re.compile(r"https?://[^/\\]", re.IGNORECASE)
_allowed = re.compile(r"https?://[^/\\]|mailto:|/(?![/\\])|#", re.IGNORECASE)
_control_characters = re.compile(r"[\x00-\x20\x7f]")
_citation_like = re.compile(r"\[@[^\[\]]{0,60}\]?")


def is_allowed(url: str) -> bool:
    """True for the web, mail, and the portal's own pages and headings: https://…, mailto:…, /about/, #SRC-0001."""
    # browsers drop tabs and line breaks inside an address, so "/\t/elsewhere" would leave the portal
    return bool(_allowed.match(url)) and not _control_characters.search(url)


def is_external(url: str) -> bool:
    """True for an address on the web, not a page of the portal."""
    return bool(_external.match(url))


class Citation(NamedTuple):
    """A citation: the code of a source, and the place in it, such as a page, or the word of one that was left blank."""

    code: str
    pinpoint: str = ""
    blank: str = ""


def citations_in(bracket: str) -> Iterator[Citation]:
    """Yield the citations between two brackets: ``@code, para. 7; @other, pp. 3–5``."""
    for item in _next_item.split(bracket):
        if match := _code.match(item):
            pinpoint = re.sub(r"[ \t\n]+", " ", item[match.end() :]).strip(" \u00a0,;")
            alone = _place_alone.search(pinpoint)
            blank = alone[0].strip(" ,;") if alone else ""
            yield Citation(match[1], pinpoint[: alone.start()].strip() if alone else pinpoint, blank)


def bracketed_codes(text: str) -> list[str]:
    """Return the codes in all brackets of a text, code spans included, as the database finds them."""
    return [citation.code for bracket in _bracket.finditer(text) for citation in citations_in(bracket[1])]


def citation_rule(state, silent):
    """Parse a bracket of citations as one token (a rule of markdown-it); what does not fit the grammar stays text."""
    match = _bracket.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        # the footnote number is set close to the word before it, without the space or line break of the text
        state.pending = state.pending.rstrip(" \u00a0")
        if not state.pending and state.tokens and state.tokens[-1].type == "softbreak":
            state.tokens.pop()
            state.tokens_meta.pop()
        state.push("citation", "", 0).meta = {"citations": list(citations_in(match[1]))}
    state.pos = match.end()
    return True


def _make_parser():
    """Return the Markdown parser that all texts share; it keeps no state between texts."""
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    # An indented line is not code, an image tells its host who reads the page,
    # and a reference definition would take the line "[@code]: https://..." out of the text.
    parser.disable(["code", "image", "reference"])
    parser.validateLink = is_allowed  # type: ignore[method-assign]  # how markdown-it wants it set
    parser.inline.ruler.before("link", "citation", citation_rule)
    return parser


parser = _make_parser()


def malformed_citations(text: str) -> list[str]:
    """Return what looks like a citation but does not fit the grammar, and would appear on the page as typed."""
    if "[@" not in text:
        return []
    tokens = (token for block in parser.parse(text.replace(r"\[@", "")) for token in block.children or ())
    return [found for token in tokens if token.type == "text" for found in _citation_like.findall(token.content)]


def citations_of(text: str) -> list[Citation]:
    """Return the citations of a text, in order; code spans and blocks cite nothing."""
    if "[@" not in text:
        return []
    tokens = (token for block in parser.parse(text) for token in block.children or ())
    return [citation for token in tokens if token.type == "citation" for citation in token.meta["citations"]]


def cited_codes(text: str) -> list[str]:
    """Return the codes that a text cites, each once, in order of first mention."""
    return list(dict.fromkeys(citation.code for citation in citations_of(text)))
