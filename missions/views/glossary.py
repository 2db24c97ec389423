"""The acronyms of missions, for the glossary."""

from collections.abc import Iterator

from missions.models import Mission
from pkportal.website.definitions import Definition


def mission_acronyms() -> Iterator[Definition]:
    """Yield the acronym of each mission with its name and the address of its page."""
    for mission in Mission.objects.published().exclude(acronym="").only("code", "name", "acronym"):
        yield Definition(mission.acronym, stands_for=mission.name, address=mission.get_absolute_url())
