"""The file of equipment."""

from pkportal.exchange.columns import CheckedColumn
from pkportal.exchange.resource import Resource

from .models import Equipment


class EquipmentResource(Resource):
    """One piece of equipment a row."""

    name = "equipment"
    checked = CheckedColumn()

    class Meta(Resource.Meta):
        model = Equipment
        fields = ["code", "name", "mission", "quantity", "date", "note", "sources", "checked"]
