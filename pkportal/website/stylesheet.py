"""The stylesheet: a page loads one file, made of several small ones."""

from django.conf import settings

STYLESHEET = "css/site.css"
STYLESHEET_PARTS = [
    "tokens",
    "base",
    "layout",
    "components",
    "lists",
    "charts",
    "record",
    "analysis",
    "front-page",
    "search",
    "print",
]


def joined_css() -> str:
    """Return the text of the joined stylesheet."""
    folder = settings.BASE_DIR / "static" / "css"
    return "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLESHEET_PARTS)
