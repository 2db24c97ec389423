"""Check that rendered text is inert: only allowed tags, attributes and addresses, decided by parsing it as HTML."""

import re
from html.parser import HTMLParser

TAGS = {"h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li"}
TAGS |= {"div", "a", "sup", "span", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "title", "rel", "id", "aria-label"}, "ol": {"start"}, "sup": {"class"}, "span": {"class"}}
ATTRIBUTES |= {"div": {"class", "role", "aria-label", "tabindex"}}
ATTRIBUTES |= {"th": {"scope", "class"}, "td": {"class"}, **{f"h{level}": {"id"} for level in range(2, 7)}}
ADDRESS = re.compile(r"https?://[^/\\]|mailto:|/(?![/\\])|#|$", re.IGNORECASE)  # an empty one leads nowhere


class Page(HTMLParser):
    """The tags, the text and the ids of a page, as a browser would parse them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text, self.ids, self.other = [], "", [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep a tag with its attributes, decoded."""
        self.tags.append((tag, attrs))
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data):
        """Keep the words."""
        self.text += data

    def handle_comment(self, data):
        """Keep comments and declarations, which should not be there at all."""
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    def links(self):
        """Return the addresses that it links to."""
        return [value for _, attrs in self.tags for name, value in attrs if name == "href"]


def assert_inert(html):
    """Fail for a tag, an attribute or an address that no text needs, or a repeated id; return the parsed page."""
    page = Page(html)
    assert page.other == []
    for tag, attrs in page.tags:
        assert tag in TAGS, f"<{tag}>"
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, ()), f"<{tag} {name}>"
            if name == "href":
                # a browser ignores these inside an address
                assert ADDRESS.match(re.sub(r"[\x00-\x20]", "", value)), value
    assert len(page.ids) == len({*page.ids}), page.ids
    return page
