"""The stylesheets: a public page loads one file, made of several small ones, and so does a page of the admin."""

from django.conf import settings

STYLESHEET, ADMIN_STYLESHEET = "css/site.css", "css/admin.css"
STYLESHEET_PARTS = {
    STYLESHEET: [
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
    ],
    ADMIN_STYLESHEET: ["tokens", "admin/frame", "admin/lists", "admin/forms", "admin/form-rows", "admin/front-page"],
}


def joined_css(sheet: str) -> str:
    """Return the text of a joined stylesheet."""
    folder = settings.BASE_DIR / "static" / "css"
    return "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLESHEET_PARTS[sheet])
