"""The contributions: every stated figure of what a nation gave."""

from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from missions.filters import ContributionFilter
from missions.models import Basis, Contribution, ContributionKind, NoSum, Unit, ValueState, sum_by_country
from missions.resources import ContributionResource
from pkportal.charts.scales import bar_lengths
from pkportal.website.lists import FilteredList, url_prefix

CODES = {"kind": ContributionKind, "basis": Basis, "value_state": ValueState}


class ContributionList(FilteredList):
    """The stated figures, narrowed by what the visitor asks."""

    filterset_class = ContributionFilter
    rows = ContributionResource
    nouns = (_("figure"), _("figures"))

    def get_queryset(self):
        """List the figures of missions that the public may read, the latest first."""
        return Contribution.objects.published().latest_first()

    def get_paginator(self, queryset, *args, **kwargs):
        """Read plain rows: four records a row, made and thrown away, cost more than reading them."""
        return super().get_paginator(queryset.for_rows(), *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Add the figures as the page shows them, and what they come to, which is asked for only if it is shown."""
        context = super().get_context_data(**kwargs)
        return {**context, "figures": present_contributions(context["page_obj"]), "sums": self.sums}

    def sums(self):
        """Give the sum of each nation with its bar, or a ``reason`` why there is none, with links to what has one."""
        added = sum_by_country(self.filterset.narrowed()) if self.facets.total else []
        if not isinstance(added, NoSum):
            long = bar_lengths([bar.quantity for bar in added])
            return {
                "bars": [
                    (bar, length, self.address(self.other(country=bar.iso3)))
                    for bar, length in zip(added, long, strict=True)
                ],
                "total": sum(bar.quantity for bar in added),
            }
        ways = [
            (way, self.address(self.other(**{"from": None, "to": None, **way.answers}))) for way in added.selections
        ]
        return {"reason": added.reason, "ways": ways}


def present_contributions(rows):
    """Give each row words for its codes and addresses for what it names; what rows share is escaped once a page."""
    words = {name: {code: escape(str(label)) for code, label in codes.choices} for name, codes in CODES.items()}
    words["value_state"][ValueState.EXACT] = ""
    words["kind"] = {code: escape(capfirst(label)) for code, label in ContributionKind.choices}
    countries, missions, sources = (url_prefix(page) for page in ["country", "mission", "source"])
    name = cache(escape)
    address = cache(lambda at, code: escape(f"{at}{code}/"))
    unit = cache(lambda unit, one: escape(str(Unit(unit).after(1 if one else 2))))
    date = cache(lambda as_of: escape(as_of.in_words))
    for row in rows:
        yield {
            **row,
            **{field: known[row[field]] for field, known in words.items()},
            "country": name(row["country__name"]),
            "mission": name(row["mission__acronym"] or row["mission__name"]),
            "source": name(row["source__title"]),
            "location": name(row["location"]),
            "note": name(row["note"]),
            "as_of": name(row["as_of"]),
            "country_address": address(countries, row["country__iso3"]),
            "mission_address": address(missions, row["mission__code"]),
            "source_address": address(sources, row["source__code"]),
            "unit": unit(row["unit"], row["quantity"] == 1),
            "date": date(row["as_of"]),
            "quantity": SafeString(f"{row['quantity']:,}"),
        }
