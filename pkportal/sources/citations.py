"""The grammar of the portal's texts: CommonMark and tables, with citations like ``[@un-sres-1244, para. 7]``."""

import re
from typing import NamedTuple

from markdown_it import MarkdownIt

from .links import is_allowed

# The SQL function `pk_cited` is made of these patterns too: they keep to what Python and PostgreSQL read alike.
CODE = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?"  # a full stop behind a code ends a sentence, not the code
GAP = r"[ \t\u00a0]*(?:\n[ \t\u00a0>]*)?"  # a source may begin on the next line of a block quotation
PINPOINT = rf"(?=[ \t\u00a0\n,;])(?:[^\[\];\n]|\n(?![ \t]*\n)|;(?!{GAP}@))*"
ITEM = rf"@{CODE}\.*(?:{PINPOINT})?"
BRACKET = rf"\[({ITEM}(?:;{GAP}{ITEM})*)\]"
NAMED = rf"(?:^|;{GAP})@({CODE})"

_bracket = re.compile(BRACKET)
_next_item = re.compile(rf";{GAP}(?=@)")
_code = re.compile(rf"@({CODE})\.*")
_meant = re.compile(r"\[@[^\[\]]{0,60}\]?")


class Citation(NamedTuple):
    """One source named at one place, and where in it to look."""

    code: str
    pinpoint: str = ""


def citations_in(bracket):
    """Read what stands between the brackets: ``@code, para. 7; @other, pp. 3–5``."""
    for item in _next_item.split(bracket):
        named = _code.match(item)
        pinpoint = re.sub(r"[ \t\n]+", " ", item[named.end() :])
        yield Citation(named[1], pinpoint.strip(" \u00a0,;"))


def bracketed_codes(text):
    """List the codes in all brackets of a text, as the database does, which does not know what is a code span."""
    return [it.code for found in _bracket.finditer(text) for it in citations_in(found[1])]


def citation(state, silent):
    """Recognise a bracket of citations as one token; what does not fit the grammar stays plain text."""
    found = _bracket.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        # the number stands at the word it proves, whatever space or line break the writer left before it
        state.pending = state.pending.rstrip(" \u00a0")
        if not state.pending and state.tokens and state.tokens[-1].type == "softbreak":
            state.tokens.pop()
            state.tokens_meta.pop()
        state.push("citation", "", 0).meta = {"citations": list(citations_in(found[1]))}
    state.pos = found.end()
    return True


def _make_reader():
    """Make the one parser of the process; a text leaves no trace in it."""
    reader = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    # An indented line is no program, an image from elsewhere tells its host who reads us,
    # and a reference definition would swallow the line "[@code]: https://...".
    reader.disable(["code", "image", "reference"])
    reader.validateLink = is_allowed
    reader.inline.ruler.before("link", "citation", citation)
    return reader


reader = _make_reader()


def misspelt(text):
    """List what was meant as a citation and is none, so that it would stand on the page as it was typed."""
    if "[@" not in text:
        return []
    tokens = (token for block in reader.parse(text.replace(r"\[@", "")) for token in block.children or ())
    return [found for token in tokens if token.type == "text" for found in _meant.findall(token.content)]


def cited_codes(text):
    """List the codes that a text cites, each once, in order of first mention; code spans and blocks cite nothing."""
    if "[@" not in text:
        return []
    tokens = (token for block in reader.parse(text) for token in block.children or ())
    brackets = (token.meta["citations"] for token in tokens if token.type == "citation")
    return list(dict.fromkeys(it.code for bracket in brackets for it in bracket))
