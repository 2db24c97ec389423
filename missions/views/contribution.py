"""The contributions: every stated figure of what a nation gave."""

from functools import cache

from django.urls import reverse
from django.utils.html import escape

from missions.filters import ContributionFilter
from missions.models import Basis, Contribution, ContributionKind, Unit, ValueState
from missions.rows import ContributionRows
from pkportal.reading.lists import FilteredList

CODES = {"kind": ContributionKind, "basis": Basis, "value_state": ValueState}


class ContributionList(FilteredList):
    """The stated figures, narrowed by what the visitor asks."""

    filterset_class = ContributionFilter
    rows = ContributionRows

    def get_queryset(self):
        """List the figures of missions that the public may read, the latest first."""
        return Contribution.objects.published().latest_first()

    def get_paginator(self, queryset, *args, **kwargs):
        """Read plain rows: four records a row, made and thrown away, cost more than reading them."""
        paginator = super().get_paginator(queryset.for_rows(), *args, **kwargs)
        paginator.count = queryset.count()  # without the tables that only the rows of a page need
        return paginator

    def get_context_data(self, **kwargs):
        """Add the figures as the page shows them."""
        context = super().get_context_data(**kwargs)
        return {**context, "figures": shown(context["page_obj"])}


def shown(rows):
    """Give each row words for its codes and addresses for what it names; what rows share is made once a page."""
    words = {name: {code: escape(str(label)) for code, label in codes.choices} for name, codes in CODES.items()}
    words["value_state"][ValueState.EXACT] = ""
    address = cache(lambda page, code: escape(reverse(page, args=[code])))
    name = cache(escape)
    unit = cache(lambda unit, one: escape(str(Unit(unit).after(1 if one else 2))))
    date = cache(lambda as_of: escape(as_of.in_words))
    for row in rows:
        yield {
            **row,
            **{field: known[row[field]] for field, known in words.items()},
            "country": name(row["country__name"]),
            "mission": name(row["mission__acronym"] or row["mission__name"]),
            "source": name(row["source__title"]),
            "country_address": address("country", row["country__iso3"]),
            "mission_address": address("mission", row["mission__code"]),
            "source_address": address("source", row["source__code"]),
            "unit": unit(row["unit"], row["quantity"] == 1),
            "date": date(row["as_of"]),
            "quantity": f"{row['quantity']:,}",
        }
