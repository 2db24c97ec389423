"""A function that makes a valid piece of equipment."""

from tests import make
from tests.equipment.models import Equipment


def equipment(code="", **fields):
    """Make equipment of a published mission, unless there is a mission in the fields."""
    code = code or f"equipment-{next(make.numbers)}"
    make.of_mission(fields)
    return make.made(Equipment, fields, code=code, name=f"Vehicle {code}", quantity=12, date="1999-06")
