"""The desk of the record, a file for each room of the public site."""

from . import command, contribution, costs, country, event, mandate, mission  # noqa: F401 - each registers its own
