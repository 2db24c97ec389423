"""Admin of contributions, and of the stated totals they are checked against."""

from django.contrib import admin
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.models import Basis, Contribution, StatedTotal, ValueState, question_about
from missions.resources import ContributionResource, StatedTotalResource
from pkportal.editorial.asking import AskingForm
from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.checking import CheckableAdmin
from pkportal.editorial.many_at_once import ManyAtOnceAdmin

COMPARED = ["mission", "country", "kind", "unit", "location", "basis", "as_of", "quantity"]


class ContributionForm(AskingForm):
    """Form of a figure: nothing is deployed yet on a date to come, and a strange figure is asked about once."""

    def clean(self):
        """Refuse a deployed figure of a date to come, as the database does; ask about a figure that is strange."""
        values = super().clean()
        as_of = self.cleaned_data.get("as_of")
        if as_of and self.cleaned_data.get("basis") == Basis.DEPLOYED and as_of.first > timezone.localdate():
            self.add_error("as_of", _("Nobody is deployed yet on a future date: choose “authorised” or “pledged”."))
        is_new = not self.instance.pk or {*self.changed_data} & {*COMPARED}
        typed = {name: self.cleaned_data.get(name) for name in COMPARED}
        if is_new and not self.errors and not self.cleaned_data["doubt"] and None not in typed.values():
            message = _("%(question)s Save again if it is right as stated; if not, write why under “reason for doubt”.")
            question = question_about(Contribution(pk=self.instance.pk, **typed))
            self.ask("quantity", question, message, "far_from_neighbours")
        return values


@admin.register(Contribution)
class ContributionAdmin(ManyAtOnceAdmin, CheckableAdmin):
    """One figure of one source a row; two sources for one nation and date both stay."""

    form = ContributionForm
    resource_classes = [ContributionResource]
    list_display = ["mission", "country", "as_of", "figure", "kind", "basis", "source_code"]
    list_display_links = ["mission", "country"]
    list_filter = [
        "kind",
        "basis",
        "value_state",
        "unit",
        ("mission", UsedRecordsFilter),
        ("country", UsedRecordsFilter),
    ]
    list_select_related = ["mission", "country", "source"]
    ordering = ["-as_of", "mission_id", "country_id", "kind", "pk"]  # an index has this order
    search_fields = [
        "mission__name",
        "mission__acronym",
        "mission__code",
        "country__name",
        "country__iso3",
        "location",
        "note",
        "source__code",
        "source__title",
        "as_of",
    ]
    search_help_text = _("Mission, country, location, note, source or date: 1999, 1999-06")
    kept_for_next = shared_fields = ["mission", "kind", "as_of", "basis", "value_state", "unit", "source"]
    row_fields, row_answers = ["country", "quantity", "location", "note"], ["answered"]
    fieldsets = [
        (None, {"fields": [("mission", "country"), ("kind", "location")]}),
        (
            _("Figure"),
            {
                "fields": [("value_state", "quantity", "unit"), ("as_of", "basis"), "note", "answered"],
                "description": _(
                    "One row is one stated figure. For “up to 400” enter 400 with the precision “up to”; people "
                    "authorised or pledged are not deployed. The date is as exact as its source: 2017 or 2017-02."
                ),
            },
        ),
        (_("Source"), {"fields": ["source", "doubt"]}),
    ]

    @admin.display(description=_("figure"), ordering="quantity")
    def figure(self, record):
        """Return the figure with its unit and how exactly it is stated."""
        state = "" if record.value_state == ValueState.EXACT else record.get_value_state_display()
        return f"{state} {intcomma(record.quantity)} {record.get_unit_display()}".strip()

    @admin.display(description=_("source"), ordering="source__code")
    def source_code(self, record):
        """Return the code of the source, which is shorter than its title."""
        return record.source.code


@admin.register(StatedTotal)
class StatedTotalAdmin(CheckableAdmin):
    """The strength of whole missions as stated."""

    resource_classes = [StatedTotalResource]
    list_display = ["mission", "as_of", "total", "troops", "police", "observers", "source"]
    list_filter = [("mission", UsedRecordsFilter)]
    list_select_related = ["mission", "source"]
    search_fields = ["mission__name", "mission__acronym", "mission__code", "source__code", "source__title", "as_of"]
    search_help_text = _("Mission, source or date")
    kept_for_next = ["mission", "value_state", "source"]
    fieldsets = [
        (None, {"fields": [("mission", "as_of")]}),
        (
            _("Figures"),
            {
                "fields": [("value_state", "total"), ("troops", "police", "observers")],
                "description": _("As the source states them, even where its parts do not add up to its total."),
            },
        ),
        (_("Source"), {"fields": ["source"]}),
    ]
