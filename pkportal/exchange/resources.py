"""The file of sources."""

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from pkportal.sources.models import Grade, Source

from .columns import ComputedColumn
from .resource import Resource
from .widgets import TextWidget


def grade_in_words() -> Case:
    """Return the SQL expression of what the grade of a source means."""
    return Case(*(When(grade=value, then=Value(str(label))) for value, label in Grade.choices))


class SourceResource(Resource):
    """One source a row."""

    name = "sources"
    computed_columns = [ComputedColumn("grade_in_words", _("What the grade means"), grade_in_words, TextWidget())]

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
