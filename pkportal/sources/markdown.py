"""Markdown as the portal shows it: HTML that can do nothing but be read, or the bare words."""

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from markdown_it.renderer import RendererHTML

from .citations import reader
from .links import SCHEMES, is_external
from .references import References

HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
ALIGNED = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}

# The renderer below makes nothing else: this is the second lock on the door, and the only one that reads HTML.
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
        "div": {"table"},
        "sup": {"note"},
        "span": {"pinpoint", "unknown-source"},
        "th": {*ALIGNED.values()},
        "td": {*ALIGNED.values()},
    },
    url_schemes=SCHEMES,
    link_rel=None,  # the renderer knows which links leave the portal
)


def render_markdown(text, references=None):
    """Turn a text into safe HTML; the texts of one page share their ``References``."""
    references = References() if references is None else references
    html = _page.render(reader.parse(text or ""), reader.options, {"page": references})
    return mark_safe(_cleaner.clean(html))  # noqa: S308 - nh3 has just made it so


def plain_text(text):
    """Give the words of a text in one line, without markup and citations; it is not HTML and must be escaped."""
    return " ".join(" ".join(_words(block) for block in reader.parse(text or "")).split())


def _words(token):
    """Give the words of one block, or of one piece of a line."""
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return "".join(map(_words, token.children)) if token.children else token.content


class _PageRenderer(RendererHTML):
    """Makes HTML of tokens; each method makes the token of its name, as the parser's renderer expects."""

    def citation(self, tokens, idx, options, env):
        """Number every source of a bracket."""
        notes = format_html_join("; ", "{}", ((_footnote(it, env["page"]),) for it in tokens[idx].meta["citations"]))
        touching = idx and tokens[idx - 1].type == "citation"  # or notes 1 and 2 would read as twelve
        return format_html('<sup class="note">{}{}</sup>', "; " if touching else "", notes)

    def heading_open(self, tokens, idx, options, env):
        """Give a heading its address; the page's own title is the only first-level one."""
        anchor = env["page"].heading_anchor(_words(tokens[idx + 1]))
        return format_html('<{} id="{}">', _level(tokens[idx]), anchor)

    def heading_close(self, tokens, idx, options, env):
        """End a heading where it began."""
        return f"</{_level(tokens[idx])}>\n"

    def fence(self, tokens, idx, options, env):
        """Forget the language of a listing: nothing here colours it."""
        tokens[idx].info = ""
        return super().fence(tokens, idx, options, env)

    def link_open(self, tokens, idx, options, env):
        """Keep the page a link leads to away from ours."""
        if is_external(tokens[idx].attrs["href"]):
            tokens[idx].attrSet("rel", "noopener")
        return self.renderToken(tokens, idx, options, env)

    def table_open(self, tokens, idx, options, env):
        """Frame a table, which may be wider than the screen; its columns name the frame to who cannot see it."""
        head = tokens[idx : next(end for end in range(idx, len(tokens)) if tokens[end].type == "thead_close")]
        columns = ", ".join(filter(None, (_words(it) for it in head if it.type == "inline")))
        name = _("Table: %(columns)s") % {"columns": columns}
        return format_html('<div class="table" role="region" aria-label="{}" tabindex="0"><table>\n', name)

    def table_close(self, tokens, idx, options, env):
        """End the frame with its table."""
        return "</table></div>\n"

    def th_open(self, tokens, idx, options, env):
        """Tie the heading of a column to its cells."""
        tokens[idx].attrSet("scope", "col")
        return self.td_open(tokens, idx, options, env)

    def td_open(self, tokens, idx, options, env):
        """Align by class: the content security policy refuses inline styles."""
        if style := tokens[idx].attrs.pop("style", None):
            tokens[idx].attrSet("class", ALIGNED[style])
        return self.renderToken(tokens, idx, options, env)


def _level(heading):
    """Lower a stray first-level heading to the second."""
    return "h2" if heading.tag == "h1" else heading.tag


def _footnote(citation, page):
    """Link one mention to its source, and say aloud what the small number only hints at."""
    mention = page.cite(citation.code, citation.pinpoint)
    if mention is None:
        unknown = _("unknown source: %(code)s") % {"code": citation.code}
        return format_html('<span class="unknown-source">[{}]</span>', unknown)
    pinpoint = f", {mention.pinpoint}" if mention.pinpoint else ""
    return format_html(
        '<a href="#ref-{}" id="{}" aria-label="{}">{}{}</a>',
        mention.number,
        mention.anchor,
        _("Note %(number)s: %(title)s") % {"number": f"{mention.number}{pinpoint}", "title": mention.source.title},
        mention.number,
        pinpoint and format_html('<span class="pinpoint">{}</span>', pinpoint),
    )


_page = _PageRenderer()
