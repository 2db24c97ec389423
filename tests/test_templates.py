"""Templates: how they are written; what they show is tested with the pages."""

from itertools import chain

from django.conf import settings

MAX_LENGTH = 120
TEMPLATES = sorted(
    chain((settings.BASE_DIR / "templates").rglob("*.html"), (settings.BASE_DIR / "tests").rglob("*.html"))
)


def test_no_line_of_a_template_is_longer_than_120_characters():
    long = [
        f"{path.relative_to(settings.BASE_DIR)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > MAX_LENGTH
    ]

    assert len(TEMPLATES) > 100
    assert long == []
