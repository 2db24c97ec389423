"""The contributions: every stated figure of what a nation gave."""

from collections.abc import Iterable

from django.db.models import F
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from missions.filters import ContributionFilter
from missions.models import (
    Basis,
    Contribution,
    ContributionKind,
    Mission,
    NoSum,
    Unit,
    ValueState,
    sum_by_country,
    then_and_now,
)
from missions.resources import ContributionResource
from pkportal.charts.scales import bar_lengths
from pkportal.content.queries import IsAmong, keys_of
from pkportal.sources.models import Grade
from pkportal.website.lists import FilteredList
from pkportal.website.presenters import (
    ListColumn,
    escape,
    present_values,
    text_column,
    url_column,
)

SHORT_SOURCE = 30  # letters: two lines of a narrow column
SHORT_WORDS = {
    ContributionKind.SURVEILLANCE: _("surveillance"),
    ContributionKind.FACILITIES: _("host-nation support"),
    Basis.DELIVERED: _("over a period"),
    ValueState.ESTIMATED: _("estimated"),
}

CONTRIBUTION_COLUMNS = {
    "country": text_column("country__name"),
    "called": ListColumn(
        ("country_then", "country__name"), lambda names: escape(then_and_now(*names)) if names[0] else ""
    ),
    "then": text_column("short_then"),
    "country_address": url_column("country__iso3", "country"),
    "mission": ListColumn(("mission__acronym", "mission__name"), lambda names: escape(next(filter(None, names)))),
    "mission_address": url_column("mission__code", "mission"),
    "location": text_column("location"),
    "value_state": ListColumn(("value_state",), lambda code: escape(short_words(ValueState(code), "before"))),
    "quantity": ListColumn(("quantity",), lambda number: SafeString(f"{number:,}")),
    "unit": ListColumn(("unit", "quantity"), lambda counted: unit_name(*counted)),
    "kind": ListColumn(("kind",), lambda code: escape(capfirst(short_words(ContributionKind(code), "label")))),
    "basis": ListColumn(("basis",), lambda code: escape(short_words(Basis(code), "label"))),
    "note": text_column("note"),
    "doubt": text_column("doubt"),
    "as_of": text_column("as_of"),
    "date": ListColumn(("as_of",), lambda date: escape(date.in_short)),
    "source": ListColumn(("source__short_title", "source__title"), lambda titles: short_source(*titles)),
    "grade": ListColumn(("source__grade",), lambda letter: escape(Grade(letter).short if letter else "")),
    "source_address": url_column("source__code", "source"),
}


def unit_name(unit: str, quantity: int) -> SafeString:
    """Return the name of a unit as it follows a number, as safe HTML."""
    return escape(Unit(unit).noun_for(quantity))


def only_unit(rows: Iterable[dict]) -> str:
    """Return the name of the unit that all rows share, or nothing where they have several."""
    units = {row["unit"] for row in rows}
    return str(Unit(units.pop()).label) if len(units) == 1 else ""


def short_source(short_title: str, title: str) -> SafeString:
    """Return the short title of a source, or else the beginning of its title, as safe HTML."""
    return escape(short_title or Truncator(title).chars(SHORT_SOURCE))


def short_words(choice: ContributionKind | Basis | ValueState, long: str) -> str:
    """Return the words for a choice that leave a row of the list two lines, or else those in an attribute of it.

    They are not broken: a cell of two of them has at most two lines.
    """
    return str(SHORT_WORDS.get(choice) or getattr(choice, long)).replace(" ", "\N{NO-BREAK SPACE}")


class ContributionList(FilteredList):
    """List of contributions: one stated figure a row."""

    filterset_class = ContributionFilter
    resource = ContributionResource
    nouns = (_("figure"), _("figures"))

    def get_queryset(self):
        """Return the figures of public missions, the latest first; facets read all of them, without a join."""
        return Contribution.objects.filter(IsAmong(F("mission"), keys_of(Mission.objects.published()))).latest_first()

    def load_rows(self, queryset):
        """Load dicts: making four model instances for each row would cost more than reading the values."""
        return queryset.list_values()

    def get_context_data(self, **kwargs):
        """Add the rows of the page, and a function for their sum, which costs queries only where it is shown."""
        context = super().get_context_data(**kwargs)
        rows = context["page_obj"]
        figures = present_values(rows, CONTRIBUTION_COLUMNS)
        grades = sorted({Grade(row["source__grade"]) for row in rows if row["source__grade"]})
        return {**context, "figures": figures, "unit": only_unit(rows), "grades": grades, "sums": self.sums}

    def values(self):
        """Return the units, bases and kinds of the selected figures, as the facets have counted them."""
        names = {"units": "unit", "bases": "basis", "kinds": "kind"}
        return {key: self.selected_codes(name) for key, name in names.items()}

    def selected_codes(self, name):
        """Return those values of a filter that selected figures have."""
        chosen = self.filterset.chosen(name)
        return {code for code in self.facets.counts[name] if chosen.selects(code)}

    def sums(self):
        """Return the sum of each nation with its bar, or a ``reason`` why there is none and links that have one."""
        dates = self.facets.different.get("date") or len(self.selected_codes("date"))
        added = sum_by_country(self.filterset.qs, self.values(), dates) if self.facets.total else []
        if isinstance(added, NoSum):
            links = [
                (selection, self.address(self.query_with(**{"from": None, "to": None, **selection.filters})))
                for selection in added.selections
            ]
            return {"reason": added.reason, "selections": links}
        lengths = bar_lengths([nation.quantity for nation in added])
        return {
            "bars": [
                (nation, length, self.address(self.query_with(country=nation.iso3)))
                for nation, length in zip(added, lengths, strict=True)
            ],
            "total": sum(nation.quantity for nation in added),
        }
