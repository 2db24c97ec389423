"""The file of sources."""

from pkportal.exchange.resource import Resource
from pkportal.sources.models import Source


class SourceResource(Resource):
    """One source a row."""

    name = "sources"

    class Meta(Resource.Meta):
        model = Source
        fields = ["code", "title", "publisher", "authors", "published", "url", "kind", "grade", "licence"]
