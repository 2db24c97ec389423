"""Resources of the record: the file of each model."""

from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from pkportal.exchange.cells.qualifiers import Qualifier, Sense
from pkportal.exchange.checkable import CheckableResource
from pkportal.exchange.columns import ComputedColumn
from pkportal.exchange.resource import PUBLICATION_COLUMNS, PublishableResource, Resource
from pkportal.exchange.widgets import PartialDateWidget

from .models import (
    Appointment,
    Command,
    Contribution,
    CostShare,
    Country,
    CountryName,
    Event,
    Fatality,
    Mandate,
    Mission,
    MissionName,
    Objective,
    State,
    StatedTotal,
    ValueState,
    questions_about,
)
from .models.evidence import APPOINTMENT_EVIDENCE, COMMAND_EVIDENCE, MISSION_EVIDENCE, newest_date


def last_stated(evidence, start, **goes_on):
    """Return the column that says, of records that meet a condition, when it was last stated that they go on."""
    meaning = _("Where no end is known: the newest date, not after today, for which the record has evidence of it")
    return ComputedColumn(
        "last_stated", meaning, lambda: Case(When(**goes_on, then=newest_date(evidence, start))), PartialDateWidget()
    )


def stated_in(column):
    """Return where words beside a number belong, such as “about”: in the column of its precision."""
    choices = {
        Sense.ABOUT: ValueState.ABOUT,
        Sense.AT_LEAST: ValueState.AT_LEAST,
        Sense.UP_TO: ValueState.UP_TO,
        Sense.ESTIMATED: ValueState.ESTIMATED,
    }
    return Qualifier(column, choices)


class CountryResource(Resource):
    """One country a row."""

    name = "countries"

    class Meta:
        model = Country
        fields = ["iso3", "iso2", "name", "region", "joined_on", "partnership"]


class CountryNameResource(Resource):
    """One other name of a country a row."""

    name = "country_names"

    class Meta:
        model = CountryName
        fields = ["country", "name", "kind", "from_date", "to_date", "note"]


class MissionResource(PublishableResource, CheckableResource):
    """One mission a row; its objectives have a file of their own."""

    name = "missions"
    computed_columns = [last_stated(MISSION_EVIDENCE, "start_date", state=State.ONGOING, end_date__isnull=True)]

    class Meta:
        model = Mission
        fields = [
            "code",
            "name",
            "acronym",
            "operation_names",
            "type",
            "region",
            "host_countries",
            "start_date",
            "end_date",
            "under_nato_from",
            "state",
            "summary",
            "legal_basis",
            "lead_command",
            "peak_strength",
            "peak_strength_date",
            "predecessors",
            "outcome",
            "latitude",
            "longitude",
            "sources",
            "ai_assisted",
            "checked",
            *PUBLICATION_COLUMNS,
        ]


class MissionNameResource(Resource):
    """One other name of a mission a row."""

    name = "mission_names"

    class Meta:
        model = MissionName
        fields = ["mission", "name", "kind", "from_date", "to_date", "note"]


class ObjectiveResource(CheckableResource):
    """One objective of one mission a row."""

    name = "objectives"

    class Meta:
        model = Objective
        fields = ["mission", "order", "text", "met", "met_source", "ai_assisted", "checked"]


class MandateResource(CheckableResource):
    """One mandate of one mission a row."""

    name = "mandates"

    class Meta:
        model = Mandate
        fields = [
            "code",
            "mission",
            "kind",
            "symbol",
            "title",
            "adopted",
            "chapter",
            "authorises",
            "expires",
            "derives_from",
            "availability",
            "sources",
            "ai_assisted",
            "checked",
        ]


class CommandResource(CheckableResource):
    """One command a row; its parent may come in a later row."""

    name = "commands"
    computed_columns = [last_stated(COMMAND_EVIDENCE, "active_from", active_to__isnull=True)]

    class Meta:
        model = Command
        fields = [
            "code",
            "name",
            "level",
            "parent",
            "mission",
            "place",
            "country",
            "active_from",
            "active_to",
            "sources",
            "checked",
        ]


class AppointmentResource(CheckableResource):
    """One person's time at the head of one command a row."""

    name = "appointments"
    computed_columns = [last_stated(APPOINTMENT_EVIDENCE, "from_date", to_date__isnull=True)]

    class Meta:
        model = Appointment
        fields = ["command", "person", "rank", "country", "from_date", "to_date", "sources", "checked"]


class EventResource(CheckableResource):
    """One event a row."""

    name = "events"

    class Meta:
        model = Event
        fields = ["mission", "date", "kind", "title", "text", "sources", "ai_assisted", "checked"]


class ContributionResource(CheckableResource):
    """One stated figure a row."""

    name = "contributions"
    qualifiers = {"quantity": stated_in("value_state")}
    other_names = {
        "mission": ["operation"],
        "country": ["nation", "contributing nation", "troop contributor", "contributor", "contributing country", "geo"]
        + ["ref area", "land", "staat", "pays", "pais", "paese", "panstwo", "zeme", "orszag", "ulke"],
        "location": ["place"],
        "as_of": ["date", "year", "time", "time period", "as at", "period", "stand", "datum", "fecha", "tarih"],
        "quantity": ["number", "strength", "personnel", "obs value", "value"],
        "note": ["notes", "remark", "remarks", "comment", "comments"],
    }

    class Meta:
        model = Contribution
        fields = [
            "mission",
            "country",
            "kind",
            "location",
            "as_of",
            "basis",
            "value_state",
            "quantity",
            "unit",
            "note",
            "doubt",
            "source",
            "checked",
        ]

    questions_about = staticmethod(questions_about)


class StatedTotalResource(CheckableResource):
    """One stated strength of a whole mission a row."""

    name = "stated_totals"
    qualifiers = {"total": stated_in("value_state")}

    class Meta:
        model = StatedTotal
        fields = ["mission", "as_of", "troops", "police", "observers", "value_state", "total", "source", "checked"]


class FatalityResource(CheckableResource):
    """One nation's count of deaths to a date a row."""

    name = "fatalities"

    class Meta:
        model = Fatality
        fields = ["mission", "country", "as_of", "cumulative", "scope", "source", "checked"]


class CostShareResource(CheckableResource):
    """One nation's share in a period a row."""

    name = "cost_shares"

    class Meta:
        model = CostShare
        fields = ["country", "period_from", "period_to", "share", "source", "checked"]
