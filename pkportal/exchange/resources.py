"""The file of sources."""

from pkportal.sources.models import Source

from .resource import Resource


class SourceResource(Resource):
    """One source a row."""

    name = "sources"

    class Meta:
        model = Source
        fields = [
            "code",
            "title",
            "short_title",
            "publisher",
            "authors",
            "published",
            "url",
            "kind",
            "grade",
            "licence",
        ]
