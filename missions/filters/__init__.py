"""What a visitor may ask of the lists of the record, a file a list."""

from .contribution import ContributionFilter
from .country import CountryFilter
from .mandate import MandateFilter
from .mission import MissionFilter
from .period import OnDate

__all__ = ["ContributionFilter", "CountryFilter", "MandateFilter", "MissionFilter", "OnDate"]
