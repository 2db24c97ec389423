"""Filter set of the panel of figures by mission, nation and year."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter as OneChoiceFilter

from missions.models import Basis, ContributionKind, Unit

from .contribution import ContributionFilter


class BasisFilter(OneChoiceFilter):
    """What the figures count; where nobody asks, who is deployed."""

    def filter(self, queryset, value):
        """Keep the figures that count this."""
        return super().filter(queryset, value or Basis.DEPLOYED)


class PanelFilter(ContributionFilter):
    """Filters of the panel: of one unit, one kind and one basis, since figures of several do not compare."""

    unit = OneChoiceFilter(label=_("Unit"), choices=Unit.choices, required=True, empty_label=None)
    kind = OneChoiceFilter(label=_("Kind"), choices=ContributionKind.choices, required=True, empty_label=None)
    basis = BasisFilter(label=_("Counted as; without it, deployed"), choices=Basis.choices)
    q: Any = None
    date: Any = None
    place: Any = None
    min: Any = None
    max: Any = None
    checked: Any = None
    sort: Any = None

    class Meta(ContributionFilter.Meta):
        pass
