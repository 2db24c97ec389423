"""HTML with the white space of a browser: how a template is broken into lines does not matter."""

import re

BLOCKS = r"(?:p|li|h[1-4]|tr|ul|ol|div)\b"


def text_of(response):
    """Return the HTML of a response with collapsed white space."""
    return collapsed(response.content.decode(response.charset))


def collapsed(html):
    """Return HTML with line breaks as spaces, and none where a browser shows none: beside the tags of blocks."""
    lines = re.sub(rf">\s*\n\s*(?=</?{BLOCKS})", ">\n", html)
    joined = re.sub(r"\s*\n\s*", " ", lines)
    return re.sub(r"(<(?:p|li|h[1-4])\b[^>]*>) | (?=</(?:p|li|h[1-4])>)", r"\1", joined)
