"""The smallest valid records, a plain function each; what a test is about it says itself.

``mission()`` is a draft and ``published_mission()`` what the public may read. Parts, such as a mandate, are public with
the mission they are part of, and make a published one when they are given none.
"""

from itertools import count

from lessons.models import Challenge, Lesson, RemedialAction, Theme, Topic
from missions.models import (
    Appointment,
    Command,
    Contribution,
    CostShare,
    Country,
    Event,
    Fatality,
    Mandate,
    Mission,
    Objective,
    StatedTotal,
)
from pkportal.sources.models import Source

number = count(1)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def made(model, fields, **defaults):
    """Save a record that its model and the database accept; lists of records are for its many-to-many fields.

    Constraints are left to the database: ``full_clean`` would ask one query for each of them.
    """
    fields = defaults | fields
    many = {name: fields.pop(name) for name in [*fields] if model._meta.get_field(name).many_to_many}
    it = model(**fields)
    it.clean_fields(exclude=[field.name for field in model._meta.fields if field.is_relation])
    it.clean()
    it.save()
    for name, records in many.items():
        getattr(it, name).set(records)
    it.refresh_from_db()  # what the database computes
    return it


def letters(nth, size):
    """Give the nth code of so many capital letters."""
    return "".join(LETTERS[nth // 26**place % 26] for place in reversed(range(size)))


def country(**fields):
    """Make a country."""
    nth = next(number)
    return made(
        Country, fields, iso3=letters(nth, 3), iso2=letters(nth, 2), name=f"Country {nth:04}", region="Southern Europe"
    )


def source(**fields):
    """Make a source, an official page without an address."""
    nth = next(number)
    return made(Source, fields, code=f"source-{nth}", title=f"Source {nth}", publisher="NATO", kind="official-page")


def mission(**fields):
    """Make a draft of an ongoing mission, with a source."""
    nth = next(number)
    defaults = {"type": "peacekeeping", "region": "western-balkans", "start_date": "1999-06-12", "state": "ongoing"}
    if "sources" not in fields:
        fields["sources"] = [source()]
    return made(Mission, fields, code=f"mission-{nth}", name=f"Mission {nth}", summary="It kept the peace.", **defaults)


def published(it):
    """Publish a draft, as the desk would."""
    it.publish()
    return it


def published_mission(**fields):
    """Make a mission that the public may read."""
    return published(mission(**fields))


def objective(**fields):
    """Make the next aim of a mission."""
    of_mission(fields)
    return made(Objective, fields, order=next(number), text="Keep the peace")


def mandate(**fields):
    """Make a resolution of a mission."""
    nth = next(number)
    of_mission(fields)
    return made(
        Mandate, fields, code=f"mandate-{nth}", kind="unsc-resolution", symbol=f"S/RES/{nth}", title="A presence"
    )


def command(**fields):
    """Make a standing command, or a mission's if one is given."""
    nth = next(number)
    return made(Command, fields, code=f"command-{nth}", name=f"Command {nth}", level="operational")


def appointment(**fields):
    """Make one person's time at the head of a command."""
    if not fields.get("command"):
        fields["command"] = command()
    return made(Appointment, fields, person=f"Person {next(number)}", rank="General")


def event(**fields):
    """Make an event of a mission."""
    of_mission(fields)
    return made(Event, fields, date="1999-06-12", kind="deployment", title=f"Event {next(number)}")


def contribution(**fields):
    """Make one stated figure: a hundred people."""
    of_mission(fields)
    in_country(fields)
    from_source(fields)
    return made(Contribution, fields, kind="troops", as_of="2017-02", quantity=100, unit="personnel")


def stated_total(**fields):
    """Make the stated strength of a mission."""
    of_mission(fields)
    from_source(fields)
    return made(StatedTotal, fields, as_of="2017-02", total=4273)


def fatality(**fields):
    """Make one nation's count of deaths in a mission."""
    of_mission(fields)
    in_country(fields)
    from_source(fields)
    return made(Fatality, fields, as_of="2010", cumulative=3)


def cost_share(**fields):
    """Make one nation's share in common funding."""
    in_country(fields)
    from_source(fields)
    return made(CostShare, fields, period_from="2016-01-01", period_to="2017-12-31", share="22.14")


def theme(**fields):
    """Make a theme."""
    nth = next(number)
    return made(Theme, fields, code=f"theme-{nth}", name=f"Theme {nth}", family="operational")


def challenge(**fields):
    """Make what a mission found hard, under a theme of its own."""
    of_mission(fields)
    if not fields.get("theme"):
        fields["theme"] = theme()
    return made(Challenge, fields, title=f"Challenge {next(number)}", text="It was hard.")


def lesson(**fields):
    """Make a draft of a lesson, with a conclusion and a source."""
    nth = next(number)
    if "sources" not in fields:
        fields["sources"] = [source()]
    texts = {"observation": "Something was seen.", "conclusion": "Something follows."}
    return made(Lesson, fields, number=f"PK-L-{nth:04}", title=f"Do this and not that {nth}", **texts)


def published_lesson(**fields):
    """Make a lesson that the public may read."""
    return published(lesson(**fields))


def remedial_action(**fields):
    """Make the next thing to be done about a lesson."""
    if not fields.get("lesson"):
        fields["lesson"] = published_lesson()
    from_source(fields)
    return made(RemedialAction, fields, order=next(number), text="Train for it")


def topic(**fields):
    """Make a draft of an article."""
    nth = next(number)
    return made(
        Topic, fields, code=f"topic-{nth}", title=f"Topic {nth}", summary="An overview.", text="NATO kept the peace."
    )


def published_topic(**fields):
    """Make an article that the public may read."""
    return published(topic(**fields))


def of_mission(fields):
    """Make a part of a published mission unless the test names one."""
    if not fields.get("mission"):
        fields["mission"] = published_mission()


def in_country(fields):
    """Make a figure one of a new country unless the test names one."""
    if not fields.get("country"):
        fields["country"] = country()


def from_source(fields):
    """Take a figure from a new source unless the test names one."""
    if not fields.get("source"):
        fields["source"] = source()
