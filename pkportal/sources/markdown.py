"""Markdown as safe HTML with numbered footnotes, or as plain text."""

from functools import lru_cache

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it.renderer import RendererHTML

from .citations import URL_SCHEMES, Citation, is_external, parser
from .references import References
from .terms import explained_terms

MAX_KEPT_TEXTS = 2000  # rendered texts that a process keeps, those used last
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
ALIGNMENT_CLASSES = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}

# The renderer below makes nothing else; this sanitiser is the second line of defence, and the only one that reads HTML.
_cleaner = nh3.Cleaner(
    tags=HEADINGS
    | {"p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "sup", "span"}
    | {"div", "table", "thead", "tbody", "tr", "th", "td"},
    attributes={
        **{tag: {"id"} for tag in HEADINGS},
        "a": {"href", "title", "rel", "id", "aria-label"},
        "div": {"role", "aria-label", "tabindex"},
        "ol": {"start"},
        "th": {"scope"},
    },
    allowed_classes={
        "a": {"term"},
        "div": {"table"},
        "sup": {"note"},
        "span": {"pinpoint", "unknown-source"},
        "th": {*ALIGNMENT_CLASSES.values()},
        "td": {*ALIGNMENT_CLASSES.values()},
    },
    url_schemes=URL_SCHEMES,
    link_rel=None,  # the renderer knows which links leave the portal
)


def render_markdown(text: str | None, references: References | None = None) -> SafeString:
    """Return a text as safe HTML; the texts of one page share their ``References``."""
    references = References() if references is None else references
    html = _page.render(_parsed(text or ""), parser.options, {"page": references})
    return mark_safe(_cleaner.clean(html))  # noqa: S308 - nh3 has just made it so


@lru_cache(MAX_KEPT_TEXTS)
def _parsed(text):
    """Return the tokens of a text with all attributes that no page changes; rendering must not change them."""
    tokens = parser.parse(text)
    before = ""
    for token in tokens:
        if token.type == "fence":
            token.info = ""  # the language of a code block: nothing here highlights it
        elif token.type in {"th_open", "td_open"}:
            if token.type == "th_open":
                token.attrSet("scope", "col")
            if style := token.attrs.pop("style", None):  # the content security policy refuses inline styles
                token.attrSet("class", ALIGNMENT_CLASSES[style])
        _mark_links(token.children or (), is_linked=before == "heading_open")
        before = token.type
    return tokens


def _mark_links(children, is_linked):
    """Tell the browser of links that leave the portal, and the renderer of words that can have no link of their own."""
    can_link = not is_linked
    for child in children:
        if child.type == "link_open" and is_external(child.attrs["href"]):
            child.attrSet("rel", "noopener")
        if can_link:
            is_linked = child.type == "link_open" or (is_linked and child.type != "link_close")
        child.meta["is_linked"] = is_linked


@lru_cache(MAX_KEPT_TEXTS)
def plain_text(text: str | None) -> str:
    """Return the words of a text in one line, without markup and citations; it is not HTML and must be escaped."""
    return " ".join(" ".join(_words(block) for block in parser.parse(text or "")).split())


def _words(token):
    """Return the words of a token and its children."""
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return "".join(map(_words, token.children)) if token.children else token.content


class _PageRenderer(RendererHTML):
    """Renderer of markdown-it; each method renders the tokens of the type that it is named after."""

    def citation(self, tokens, idx, options, env):
        """Render a bracket of citations as footnotes."""
        notes = format_html_join(
            "; ", "{}", ((_footnote(citation, env["page"]),) for citation in tokens[idx].meta["citations"])
        )
        touching = idx and tokens[idx - 1].type == "citation"  # or notes 1 and 2 would read as twelve
        return format_html('<sup class="note">{}{}</sup>', "; " if touching else "", notes)

    def text(self, tokens, idx, options, env):
        """Link each abbreviation to its explanation where the page first uses it, but not inside a link."""
        words = super().text(tokens, idx, options, env)
        terms = explained_terms.get()
        is_linked = tokens[idx].meta.get("is_linked", True)
        return words if terms is None or is_linked else terms().link_first_uses(words, env["page"].terms_used)

    def heading_open(self, tokens, idx, options, env):
        """Give a heading its id; the title of the page is the only first-level heading."""
        anchor = env["page"].heading_anchor(_words(tokens[idx + 1]))
        return format_html('<{} id="{}">', _level(tokens[idx]), anchor)

    def heading_close(self, tokens, idx, options, env):
        """Close a heading at its level."""
        return f"</{_level(tokens[idx])}>\n"

    def table_open(self, tokens, idx, options, env):
        """Wrap a table in a region that scrolls, with the names of its columns as the accessible name."""
        head = tokens[idx : next(end for end in range(idx, len(tokens)) if tokens[end].type == "thead_close")]
        columns = ", ".join(filter(None, (_words(token) for token in head if token.type == "inline")))
        name = _("Table: %(columns)s") % {"columns": columns}
        return format_html('<div class="table" role="region" aria-label="{}" tabindex="0"><table>\n', name)

    def table_close(self, tokens, idx, options, env):
        """Close the table and its region."""
        return "</table></div>\n"


def _level(heading):
    """Return the level of a heading, at least the second."""
    return "h2" if heading.tag == "h1" else heading.tag


def _footnote(citation: Citation, page: References) -> SafeString:
    """Return the link of a mention to its source; js/site.js adds the title of the source."""
    mention = page.cite(citation.code, citation.pinpoint)
    if mention is None:
        unknown = _("unknown source: %(code)s") % {"code": citation.code}
        return format_html('<span class="unknown-source">[{}]</span>', unknown)
    pinpoint = f", {mention.pinpoint}" if mention.pinpoint else ""
    return format_html(
        '<a href="#{}" id="{}" aria-label="{}">{}{}</a>',
        mention.source.reference,
        mention.anchor,
        _("Note %(number)s") % {"number": f"{mention.number}{pinpoint}"},
        mention.number,
        pinpoint and format_html('<span class="pinpoint">{}</span>', pinpoint),
    )


_page = _PageRenderer()
