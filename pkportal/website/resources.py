"""The file of synonyms."""

from pkportal.exchange.resource import Resource

from .models import Synonym


class SynonymResource(Resource):
    """One term and its meaning a row."""

    name = "synonyms"

    class Meta:
        model = Synonym
        fields = ["term", "means", "kind"]
