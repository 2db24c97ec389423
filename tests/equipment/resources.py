"""The file of equipment."""

from pkportal.exchange.checkable import CheckableResource

from .models import Equipment


class EquipmentResource(CheckableResource):
    """One piece of equipment a row."""

    name = "equipment"

    class Meta:
        model = Equipment
        fields = ["code", "name", "mission", "quantity", "date", "note", "sources", "checked"]
