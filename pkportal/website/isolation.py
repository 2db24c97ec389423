"""Isolation of words that are written from right to left, so that they cannot turn the text and figures beside them.

It is done where a page leaves, once for every name, wherever a template shows it. A page without such letters, as
nearly all are, stays as it is.
"""

import re

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
ISOLATE, POP = "\u2068", "\u2069"  # first strong isolate, and its end: where no element may stand
# the first bytes of these letters in UTF-8; some others share them
LEAD_BYTES = bytes([*range(0xD6, 0xE1), 0xEF, 0xF0])
OTHER_BYTES = bytes({*range(256)} - {*LEAD_BYTES})

_letter = re.compile(f"[{RIGHT_TO_LEFT}]")
# words with such a letter, and what joins words into a name; not a comma, which stands between names
_name = re.compile(rf"[{RIGHT_TO_LEFT}](?:[\w{RIGHT_TO_LEFT}'’\u200c\u200d-]|\s+(?=[{RIGHT_TO_LEFT}]))*")
_part = re.compile(
    r"(?P<kept><!--.*?-->|<(?P<raw>script|style|textarea)\b.*?</(?P=raw)\s*>)"
    r"|(?P<plain><(?P<element>svg|title|option)\b.*?</(?P=element)\s*>)"
    r"""|(?P<tag><(?:"[^"]*"|'[^']*'|[^'">])*>)""",
    re.DOTALL | re.IGNORECASE,
)
# attributes whose text is shown or read aloud
_attribute = re.compile(r"""(?<=\s)(?:alt|aria-label|content|data-label|placeholder|title)=(?:"[^"]*"|'[^']*')""")
_tag = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^'">])*>""")


def isolate_names(html: str) -> str:
    """Put each name from right to left into a ``<bdi>``, or between isolating characters where no element may stand."""
    return _between(_part, html, "<bdi>", "</bdi>")


def isolate_text(text: str) -> str:
    """Put each name from right to left between isolating characters, in a text that is no HTML."""
    return _name.sub(rf"{ISOLATE}\g<0>{POP}", text)


def _between(pattern, html, start, end):
    """Isolate the names of the text between what a pattern finds."""
    parts, position = [], 0
    for found in pattern.finditer(html):
        parts.append(_name.sub(rf"{start}\g<0>{end}", html[position : found.start()]))
        groups = found.groupdict()
        if groups.get("plain"):
            parts.append(_between(_tag, found[0], ISOLATE, POP))
        elif groups.get("kept"):
            parts.append(found[0])
        else:
            parts.append(_attribute.sub(lambda attribute: isolate_text(attribute[0]), found[0]))
        position = found.end()
    return "".join([*parts, _name.sub(rf"{start}\g<0>{end}", html[position:])])


def isolate_right_to_left(get_response):
    """Middleware that isolates the names of every page that has letters from right to left."""

    def respond(request):
        response = get_response(request)
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        if response.content.translate(None, OTHER_BYTES):
            html = response.content.decode(response.charset)
            if _letter.search(html):
                response.content = isolate_names(html)
        return response

    return respond
