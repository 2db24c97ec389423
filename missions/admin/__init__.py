"""Admin of the record, one file for each section of the public site."""

from . import command, contribution, costs, country, event, mandate, mission  # noqa: F401 - each registers its own
