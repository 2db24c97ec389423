"""The file of sources."""

from pkportal.exchange.rows import Rows

from .models import Source


class SourceRows(Rows):
    """One source a row."""

    name = "sources"

    class Meta(Rows.Meta):
        model = Source
        fields = ["code", "title", "publisher", "authors", "published", "url", "kind", "grade", "licence"]
