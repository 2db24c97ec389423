"""Functions that make the smallest valid records; a test passes the fields that matter to it.

``mission()`` is a draft, and ``published_mission()`` is public. Parts, such as a mandate, are public with their
mission, and make a published one if they are given none.
"""

import csv
from functools import cache
from itertools import count
from pathlib import Path

from django.utils import timezone

from lessons.models import Challenge, Lesson, RemedialAction, Theme, Topic
from missions.models import (
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
    StatedTotal,
)
from pkportal.sources.models import Source
from pkportal.website.models import Synonym

ROOT = Path(__file__).parent.parent
numbers = count(1)
FIRST_LESSON = 100_000  # tests write shorter numbers of lessons by hand
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def made(model, fields, **defaults):
    """Return a saved record that its model and the database accept; lists of records are for its many-to-many fields.

    Constraints are left to the database: ``full_clean`` would cost a query for each of them.
    """
    fields = defaults | fields
    many = {name: fields.pop(name) for name in [*fields] if model._meta.get_field(name).many_to_many}
    record = model(**fields)
    record.clean_fields(exclude=[field.name for field in model._meta.fields if field.is_relation])
    record.clean()
    record.save()
    for name, records in many.items():
        getattr(record, name).set(records)
    record.refresh_from_db()  # for the generated columns
    return record


def letters(number, size):
    """Return a number as a code of so many capital letters: 0 is AAA."""
    return "".join(LETTERS[number // 26**place % 26] for place in reversed(range(size)))


@cache
def codes_on_record():
    """Return the codes of all countries on record."""
    with (ROOT / "fixtures" / "countries.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row[name] for row in csv.DictReader(file) for name in ("iso3", "iso2")}


def country(**fields):
    """Make a country; its codes are of no country on record, as a test may write these itself."""
    number = next(it for it in numbers if not {letters(it, 3), letters(it, 2)} & codes_on_record())
    return made(
        Country,
        fields,
        iso3=letters(number, 3),
        iso2=letters(number, 2),
        name=f"Country {number:04}",
        region="Southern Europe",
    )


def source(**fields):
    """Make a source, an official page without an address."""
    number = next(numbers)
    return made(
        Source, fields, code=f"source-{number}", title=f"Source {number}", publisher="NATO", kind="official-page"
    )


def mission(**fields):
    """Make a draft of an ongoing mission, with a source."""
    number = next(numbers)
    defaults = {"type": "peacekeeping", "region": "western-balkans", "start_date": "1999-06-12", "state": "ongoing"}
    if "sources" not in fields:
        fields["sources"] = [source()]
    return made(
        Mission, fields, code=f"mission-{number}", name=f"Mission {number}", summary="It kept the peace.", **defaults
    )


def published(record):
    """Publish a record in which nothing is missing, as its change set does, and return it."""
    assert [*record.obstacles()] == []
    record.status, record.published_at = "published", record.published_at or timezone.now()
    record.save(update_fields=["status", "published_at"])
    return record


def withdrawn(record, reason="", moved_to=""):
    """Withdraw a record, and return it."""
    record.status, record.withdrawn_at = "withdrawn", timezone.now()
    record.withdrawal_reason, record.moved_to = reason, moved_to
    record.save(update_fields=["status", "withdrawn_at", "withdrawal_reason", "moved_to"])
    return record


def published_mission(**fields):
    """Make a published mission."""
    return published(mission(**fields))


def objective(**fields):
    """Make the next objective of a mission."""
    of_mission(fields)
    return made(Objective, fields, order=next(numbers), text="Keep the peace")


def mandate(**fields):
    """Make a mandate of a mission: a resolution."""
    number = next(numbers)
    of_mission(fields)
    return made(
        Mandate, fields, code=f"mandate-{number}", kind="unsc-resolution", symbol=f"S/RES/{number}", title="A presence"
    )


def command(**fields):
    """Make a standing command, or the command of a given mission."""
    number = next(numbers)
    return made(Command, fields, code=f"command-{number}", name=f"Command {number}", level="operational")


def appointment(**fields):
    """Make the appointment of a person to a command."""
    if not fields.get("command"):
        fields["command"] = command()
    return made(Appointment, fields, person=f"Person {next(numbers)}", rank="General")


def event(**fields):
    """Make an event of a mission."""
    of_mission(fields)
    return made(Event, fields, date="1999-06-12", kind="deployment", title=f"Event {next(numbers)}")


def country_name(**fields):
    """Make another name of a country."""
    in_country(fields)
    return made(CountryName, fields, name=f"Name {next(numbers)}", kind="short")


def mission_name(**fields):
    """Make another name of a mission."""
    of_mission(fields)
    return made(MissionName, fields, name=f"Operation {next(numbers)}", kind="operation")


def synonym(**fields):
    """Make a synonym."""
    return made(Synonym, fields, term=f"term {next(numbers)}", means="mission", kind="synonym")


def contribution(**fields):
    """Make a contribution of a hundred people."""
    of_mission(fields)
    in_country(fields)
    from_source(fields)
    return made(Contribution, fields, kind="troops", as_of="2017-02", quantity=100, unit="personnel")


def stated_total(**fields):
    """Make a stated total of a mission."""
    of_mission(fields)
    from_source(fields)
    return made(StatedTotal, fields, as_of="2017-02", total=4273)


def fatality(**fields):
    """Make a count of one nation's fatalities in a mission."""
    of_mission(fields)
    in_country(fields)
    from_source(fields)
    return made(Fatality, fields, as_of="2010", cumulative=3)


def cost_share(**fields):
    """Make a cost share of one nation."""
    in_country(fields)
    from_source(fields)
    return made(CostShare, fields, period_from="2016-01-01", period_to="2017-12-31", share="22.14")


def theme(**fields):
    """Make a theme."""
    number = next(numbers)
    return made(Theme, fields, code=f"theme-{number}", name=f"Theme {number}", family="operational")


def challenge(**fields):
    """Make a challenge of a mission, under a theme of its own."""
    of_mission(fields)
    if not fields.get("theme"):
        fields["theme"] = theme()
    return made(Challenge, fields, title=f"Challenge {next(numbers)}", text="It was hard.")


def lesson(**fields):
    """Make a draft of a lesson, with a conclusion and a source."""
    number = next(numbers)
    if "sources" not in fields:
        fields["sources"] = [source()]
    texts = {"observation": "Something was seen.", "conclusion": "Something follows."}
    return made(Lesson, fields, number=f"PK-L-{FIRST_LESSON + number}", title=f"Do this and not that {number}", **texts)


def published_lesson(**fields):
    """Make a published lesson."""
    return published(lesson(**fields))


def remedial_action(**fields):
    """Make the next remedial action of a lesson."""
    if not fields.get("lesson"):
        fields["lesson"] = published_lesson()
    from_source(fields)
    return made(RemedialAction, fields, order=next(numbers), text="Train for it")


def topic(**fields):
    """Make a draft of an article."""
    number = next(numbers)
    return made(
        Topic,
        fields,
        code=f"topic-{number}",
        title=f"Topic {number}",
        summary="An overview.",
        text="NATO kept the peace.",
    )


def published_topic(**fields):
    """Make a published article."""
    return published(topic(**fields))


def of_mission(fields):
    """Add a published mission to the fields if there is none."""
    if not fields.get("mission"):
        fields["mission"] = published_mission()


def in_country(fields):
    """Add a new country to the fields if there is none."""
    if not fields.get("country"):
        fields["country"] = country()


def from_source(fields):
    """Add a new source to the fields if there is none."""
    if not fields.get("source"):
        fields["source"] = source()
