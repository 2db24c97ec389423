"""Sums of figures as a list of them asks for them: it has counted their units, bases, kinds and dates before."""

from missions.models import sum_by_country

COLUMNS = {"units": "unit", "bases": "basis", "kinds": "kind"}


def values_of(figures):
    rows = [*figures]
    values = {key: {getattr(row, column) for row in rows} for key, column in COLUMNS.items()}
    return values, len({row.as_of for row in rows})


def sum_of(figures):
    return sum_by_country(figures, *values_of(figures))
