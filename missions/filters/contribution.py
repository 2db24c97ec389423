"""Filter set of the list of contributions."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.models import (
    MISSION_ORDER,
    PEOPLE_FIRST,
    Basis,
    Contribution,
    ContributionKind,
    Country,
    Mission,
    Unit,
)
from pkportal.content.name_order import RelatedNamePlace
from pkportal.sources.models import Grade, Source
from pkportal.website.choices import CONTRADICTION
from pkportal.website.filters import (
    ChoiceFilter,
    OrderingFilter,
    RecordChoiceFilter,
    SearchFilter,
    TextFilter,
    YesNoFilter,
)
from pkportal.website.ordering import ListedOrder
from pkportal.website.search.asked_dates import with_plain_dates
from pkportal.website.search.asked_periods import asked_period, beside_dates
from pkportal.website.whole_numbers import WholeNumberFilter

from .period import DateBoundFilter, ListedDateFilter, PeriodFilterSet, PeriodForm

SOURCE_ORDER = RelatedNamePlace("source_id", Source, "short_title", "title").asc()


class GradeFilter(ChoiceFilter):
    """Some grades of sources, all of them shown without numbers: to count the figures of each would join them all."""

    by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, choices=[(it, f"{it}: {Grade(it).short}") for it in Grade.values], **kwargs)


class FigureBoundsForm(PeriodForm):
    """Form whose fields ``min`` and ``max`` are the bounds of a figure."""

    def clean(self):
        """Refuse a largest figure that is smaller than the smallest."""
        super().clean()
        least, most = self.cleaned_data.get("min"), self.cleaned_data.get("max")
        if least is not None and most is not None and most < least:
            self.add_error("max", ValidationError(_("The largest figure is smaller than the smallest."), CONTRADICTION))


class ContributionFilter(PeriodFilterSet):
    """Filters of the list of contributions."""

    form_class = FigureBoundsForm

    q = SearchFilter()
    mission = RecordChoiceFilter(Mission, label=_("Mission"))
    country = RecordChoiceFilter(Country, label=_("Nation"))
    kind = ChoiceFilter(label=_("Kind"), choices=ContributionKind.choices)
    basis = ChoiceFilter(label=_("Counted as"), choices=Basis.choices)
    unit = ChoiceFilter(label=_("Unit"), choices=Unit.choices)
    date = ListedDateFilter("as_of", label=_("As of"))
    since = DateBoundFilter(label=_("From"), method="queryset_method")
    until = DateBoundFilter(label=_("Until"), method="queryset_method")
    place = TextFilter(label=_("Place"), without=Q(location=""))
    source = TextFilter(label=_("Source"))
    grade = GradeFilter("source__grade", label=_("Grade of the source"), without=Q(source__grade=""))
    min = WholeNumberFilter("quantity", "gte", label=_("Figure at least"))
    max = WholeNumberFilter("quantity", "lte", label=_("Figure at most"))
    checked = YesNoFilter("is_checked", label=_("Checked"))
    sort = OrderingFilter(
        _("latest first"),
        {
            "date": (_("earliest first"), "as_of", "mission__code", "country__name__name_order"),
            "-quantity": (_("largest first"), PEOPLE_FIRST, "-quantity"),
            "mission": (_("mission"), MISSION_ORDER, "-as_of", "country__name__name_order"),
            "country": (_("nation"), "country__name__name_order", "-as_of", "mission__code"),
            "kind": (_("what is counted"), ListedOrder("kind", ContributionKind).asc(), "basis", "-as_of"),
            "source": (_("source"), SOURCE_ORDER, "-as_of"),
        },
    )

    class Meta:
        model = Contribution
        fields = ()

    def words_method(self, queryset, name, words):
        """Filter by words, and by the period that the dates among them are."""
        plain = with_plain_dates(words)
        first, last = asked_period(plain)
        queryset = queryset.since(first) if first else queryset
        queryset = queryset.until(last) if last else queryset
        others = beside_dates(plain)
        return super().words_method(queryset, name, others) if others else queryset
