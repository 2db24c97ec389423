"""What the codes of missions, mandates, events and contributions mean, in the words of the site or of a named text."""

from django.utils.translation import gettext_lazy as _

from pkportal.website.code_meanings import CodeMeanings

from ..models.command import Level
from ..models.contribution_terms import Basis, ContributionKind, Unit, ValueState
from ..models.country import Partnership
from ..models.event import EventKind
from ..models.mandate import MEANINGS, Availability, Chapter, MandateKind
from ..models.name import CountryNameKind, MissionNameKind
from ..models.objective import Met
from ..models.terms import MissionType, Region, State

MISSION_MEANINGS: CodeMeanings = {
    MissionType: {
        MissionType.PEACEKEEPING: _(
            "It preserves peace where fighting has halted and helps that agreements are kept, with the consent of the "
            "main parties (as in NATO doctrine AJP-3.4.1)."
        ),
        MissionType.PEACE_ENFORCEMENT: _(
            "It maintains or restores peace by force where consent is missing or uncertain (as in NATO doctrine "
            "AJP-3.4.1)."
        ),
        MissionType.CONFLICT_PREVENTION: _(
            "It acts before there is violence, by warning, diplomacy or presence (as in NATO doctrine AJP-3.4.1)."
        ),
        MissionType.COUNTER_TERRORISM: _("It acts against terrorism or protects from it."),
        MissionType.MARITIME_SECURITY: _("It watches or protects traffic at sea, or enforces an embargo there."),
        MissionType.AIR_POLICING: _("It watches airspace, or keeps it closed to aircraft that are not allowed there."),
        MissionType.TRAINING: _("It trains and advises the forces or the institutions of a state."),
        MissionType.SUPPORT: _("It helps a state or another organisation with what that one does itself."),
        MissionType.RELIEF: _("It brings help to people after a disaster or in a war."),
        MissionType.COLLECTIVE_DEFENCE: _("It protects the territory, the airspace or the waters of an ally."),
    },
    Region: {
        Region.BALKANS_ADRIATIC: _("The mission worked in the Western Balkans and on the Adriatic Sea."),
        Region.BALKANS_CENTRAL_EUROPE: _("The mission worked in the Western Balkans and in Central Europe."),
        Region.EURO_ATLANTIC: _("The mission worked in several member and partner states of NATO."),
        Region.MIDDLE_EAST_MEDITERRANEAN: _("The mission worked in the Middle East or the Eastern Mediterranean."),
        Region.HORN_OF_AFRICA: _("The mission worked off the Horn of Africa and in the Indian Ocean."),
        Region.FORMER_SOVIET_UNION: _("The mission worked in states that were republics of the Soviet Union."),
    },
    State: {
        State.ONGOING: _("It has not ended."),
        State.COMPLETED: _("It has ended, on the end date."),
        State.END_UNKNOWN: _("It has ended; the day is not on record."),
        State.TRANSFORMED: _("It went on as another mission, which is among its successors."),
        State.NOT_ESTABLISHED: _("It was set up under no name of its own, or never as a mission."),
    },
    MissionNameKind: {
        MissionNameKind.OFFICIAL: _("What NATO calls the mission."),
        MissionNameKind.OPERATION: _("The name of an operation, such as its code name."),
        MissionNameKind.ACRONYM: _("The initial letters of a name."),
        MissionNameKind.POPULAR: _("A name that others use, or another spelling."),
        MissionNameKind.FORMER: _("A name that the mission had earlier."),
        MissionNameKind.FRENCH: _("The name in French, the other official language of NATO."),
    },
    CountryNameKind: {
        CountryNameKind.OFFICIAL: _("The full name of the state."),
        CountryNameKind.SHORT: _("A shorter name or an abbreviation in use."),
        CountryNameKind.FORMER: _("A name that the state had earlier, or of a state that came before it."),
        CountryNameKind.ADJECTIVE: _("What belongs to the nation: Italian, of Italy."),
        CountryNameKind.FRENCH: _("The usual name in French."),
        CountryNameKind.FRENCH_OFFICIAL: _("The full name in French."),
        CountryNameKind.OWN_LANGUAGE: _("The usual name in a language of the nation."),
        CountryNameKind.OTHER_LANGUAGE: _("The usual name in German, Spanish, Italian or French."),
        CountryNameKind.COW: _("The number of the state in the lists of the research project Correlates of War."),
        CountryNameKind.GLEDITSCH_WARD: _("The number in the list of independent states by Gleditsch and Ward."),
        CountryNameKind.M49: _("The number in the standard M49 of the statistics division of the United Nations."),
        CountryNameKind.OTHER_CODE: _("A code that another list or data set has for the nation."),
    },
    Partnership: {
        Partnership.NONE: _("No such framework is on record."),
        Partnership.PFP: _("Partners in Europe and the former Soviet Union, since 1994."),
        Partnership.MD: _("Partners on the southern and eastern shores of the Mediterranean, since 1994."),
        Partnership.ICI: _("Partners in the Gulf, since the summit in Istanbul in 2004."),
        Partnership.GLOBAL: _("A partner in another part of the world, each with a programme of its own."),
    },
    Met: {
        Met.MET: _("A source says that it was reached."),
        Met.PARTLY: _("A source says that only part of it was reached."),
        Met.NOT: _("A source says that it was not reached."),
    },
    MandateKind: MEANINGS,
    Chapter: {
        Chapter.NONE: _("No chapter is named, or the instrument is no resolution."),
        Chapter.VI: _("Pacific settlement of disputes."),
        Chapter.VII: _("Action on threats to the peace, breaches of the peace and acts of aggression."),
        Chapter.VIII: _("Regional arrangements."),
    },
    Availability: {
        Availability.TEXT: _("The text can be read by everybody."),
        Availability.EXISTENCE: _("An official source says that it exists; its text is not public."),
        Availability.REPORTED: _("Others report it; neither its text nor an official word of it is public."),
    },
    Level: {
        Level.STRATEGIC: _("It commands all operations of the Alliance, under its political bodies."),
        Level.OPERATIONAL: _("It plans and leads campaigns, between the strategic command and the forces."),
        Level.TACTICAL: _("It leads forces on the spot: in a theatre, a region, a brigade or a ship."),
    },
    EventKind: {
        EventKind.MANDATE: _("A mission was allowed, ordered, extended or changed by a document."),
        EventKind.DEPLOYMENT: _("Forces arrived, or more of them were sent."),
        EventKind.TRANSFER: _("Command of a force or a mission passed to another."),
        EventKind.INCIDENT: _("Something happened that was not planned, such as an attack or an accident."),
        EventKind.POLITICAL: _("Politicians or diplomats met, asked, decided or declared something."),
        EventKind.DRAWDOWN: _("Forces were reduced, or it was decided."),
        EventKind.END: _("The mission ended."),
    },
    ContributionKind: {
        ContributionKind.TROOPS: _("Soldiers of all services, where a source does not say what for."),
        ContributionKind.TRAINING: _("Trainers and training teams."),
        ContributionKind.POLICE: _("Police officers, civilian and military advisers, reconstruction teams."),
        ContributionKind.AIRCRAFT: _("Aircraft that fight or patrol, what they flew, and those who belong to them."),
        ContributionKind.SHIPS: _("Ships, and those who belong to them."),
        ContributionKind.SURVEILLANCE: _("What collects information: aircraft, sensors, analysts."),
        ContributionKind.TRANSPORT: _("What carries people and goods, by air, sea or land."),
        ContributionKind.LOGISTICS: _("What keeps a force supplied and working, such as tankers and engineers."),
        ContributionKind.MEDICAL: _("Hospitals, ambulances and those who work in them."),
        ContributionKind.FACILITIES: _("Bases and other places, and forces of others that a nation hosts."),
        ContributionKind.FINANCIAL: _("Money that was given or spent."),
    },
    Basis: {
        Basis.DEPLOYED: _("Counted where the mission worked, on the date of the figure."),
        Basis.AUTHORISED: _("Allowed by a parliament or a government; not all of it need have been sent."),
        Basis.PLEDGED: _("Promised; not all of it need have been sent."),
        Basis.PEAK: _("The largest number that a source names for the mission, at one time."),
        Basis.ROTATION: _("All who served over several rotations together; more than were there at one time."),
        Basis.DELIVERED: _("What was done or spent over a period in all, such as flights or money."),
    },
    ValueState: {
        ValueState.EXACT: _("The source states just this number."),
        ValueState.ABOUT: _("The source states a round number, or says “about”."),
        ValueState.AT_LEAST: _("The source says that it was this number or more."),
        ValueState.UP_TO: _("The source says that it was this number or less."),
        ValueState.ESTIMATED: _("The source estimates it, or it was calculated from what the source states."),
    },
    Unit: {
        Unit.PERSONNEL: _("People."),
        Unit.TEAMS: _("Groups of people that are counted as one, such as reconstruction teams."),
        Unit.AIRCRAFT: _("Aeroplanes and helicopters, with or without a crew."),
        Unit.SHIPS: _("Ships and submarines."),
        Unit.SORTIES: _("Flights, each of one aircraft."),
        Unit.BATTERIES: _("Units of air defence, each with several launchers."),
        Unit.EUR: _("Euros, as the source states them."),
        Unit.USD: _("Dollars of the United States, as the source states them."),
    },
}
