"""The smallest valid piece of equipment."""

from tests import make
from tests.equipment.models import Equipment


def equipment(code="leopard", **fields):
    """Make equipment of a published mission, unless the test names another."""
    make.of_mission(fields)
    return make.made(Equipment, fields, code=code, name=f"Vehicle {code}", quantity=12, date="1999-06")
