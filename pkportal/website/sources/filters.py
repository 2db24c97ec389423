"""Filter set of the list of sources."""

from django.db.models import F, Q, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from pkportal.sources.models import Grade, Source, SourceKind
from pkportal.website.filters import ChoiceFilter, ListFilterSet, OrderingFilter, SearchFilter


class SourceFilter(ListFilterSet):
    """Filter set of the list of sources."""

    q = SearchFilter()
    kind = ChoiceFilter(label=_("Type of document"), choices=SourceKind.choices)
    grade = ChoiceFilter(
        label=_("Grade"),
        choices=[(value, f"{value}: {label}") for value, label in Grade.choices],
        without=Q(grade=""),
    )
    publisher = SearchFilter(label=_("Publisher"))
    sort = OrderingFilter(
        _("by title"),
        {
            "-published": (_("newest first"), F("published").desc(nulls_last=True), "title"),
            "published": (_("oldest first"), F("published").asc(nulls_last=True), "title"),
            "grade": (_("by grade"), NullIf("grade", Value("")).asc(nulls_last=True), "title"),
            "publisher": (_("by publisher"), NullIf("publisher", Value("")).asc(nulls_last=True), "title"),
        },
    )

    class Meta:
        model = Source
        fields = ()
