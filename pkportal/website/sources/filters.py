"""Filter set of the list of sources."""

from django.db.models import F, Q, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _

from pkportal.content.name_order import name_key
from pkportal.sources.models import Grade, Source, SourceKind
from pkportal.website.filters import ChoiceFilter, ListFilterSet, OrderingFilter, SearchFilter, TextFilter
from pkportal.website.ordering import ListedOrder

PUBLISHER = NullIf(name_key("publisher"), Value("")).asc(nulls_last=True)


class SourceFilter(ListFilterSet):
    """Filter set of the list of sources."""

    q = SearchFilter()
    kind = ChoiceFilter(label=_("Type of document"), choices=SourceKind.choices)
    grade = ChoiceFilter(
        label=_("Grade"),
        choices=[(value, f"{value}: {label}") for value, label in Grade.choices],
        without=Q(grade=""),
    )
    publisher = TextFilter(label=_("Publisher"), without=Q(publisher=""))
    sort = OrderingFilter(
        _("by title"),
        {
            "-title": (_("by title, Z to A"), "-title__name_order"),
            "-published": (_("newest first"), F("published").desc(nulls_last=True), "title__name_order"),
            "published": (_("oldest first"), F("published").asc(nulls_last=True), "title__name_order"),
            "grade": (_("by grade"), NullIf("grade", Value("")).asc(nulls_last=True), "title__name_order"),
            "publisher": (_("by publisher"), PUBLISHER, "title__name_order"),
            "type": (_("by type"), ListedOrder("kind", SourceKind).asc(), "title__name_order"),
        },
    )

    class Meta:
        model = Source
        fields = ()
