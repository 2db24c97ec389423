"""HTML with the white space of a browser: how a template is broken into lines does not matter."""

import re

BLOCKS = r"(?:p|li|h[1-4]|tr|ul|ol|div)\b"
INLINE = r"(?:a|b|small|span)\b"


def text_of(response):
    """Return the HTML of a response with collapsed white space."""
    return collapsed(response.content.decode(response.charset))


def collapsed(html):
    """Return HTML with line breaks as spaces, and none where a browser shows none.

    That is beside the tags of blocks. A space just inside an inline element is the same as one just outside it.
    """
    lines = re.sub(rf">\s*\n\s*(?=</?{BLOCKS})", ">\n", html)
    joined = re.sub(r"\s*\n\s*", " ", lines)
    joined = re.sub(rf" ?(<{INLINE}[^>]*>) ", r" \1", joined)
    joined = re.sub(rf" (</{INLINE}>) ?", r"\1 ", joined)
    return re.sub(r"(<(?:p|li|h[1-4])\b[^>]*>) | (?=</(?:p|li|h[1-4])>)", r"\1", joined)
