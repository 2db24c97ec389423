"""Where the portal's texts may link to."""

import re

SCHEMES = {"http", "https", "mailto"}

_external = re.compile(r"https?://[^/\\]", re.IGNORECASE)
_allowed = re.compile(r"https?://[^/\\]|mailto:|/(?![/\\])|#", re.IGNORECASE)
_control_characters = re.compile(r"[\x00-\x20\x7f]")


def is_allowed(url):
    """Allow the web, mail, and the portal's own pages and headings: https://…, mailto:…, /missions/kfor/, #ref-1."""
    # browsers drop tabs and line breaks inside an address, so "/\t/elsewhere" would leave the portal
    return bool(_allowed.match(url)) and not _control_characters.search(url)


def is_external(url):
    """Recognise an address on the web, as against a page of the portal."""
    return bool(_external.match(url))
