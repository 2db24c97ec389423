"""The admin of equipment."""

from django.contrib import admin

from pkportal.editorial.change_list import UsedRecordsFilter
from pkportal.editorial.checking import CheckableAdmin

from .models import Equipment
from .resources import EquipmentResource


@admin.register(Equipment)
class EquipmentAdmin(CheckableAdmin):
    """What missions were equipped with."""

    resource_classes = [EquipmentResource]
    list_display = ["name", "mission", "quantity", "date"]
    list_filter = [("mission", UsedRecordsFilter)]
    list_select_related = ["mission"]
    search_fields = ["name", "code", "mission__name"]
    prepopulated_fields = {"code": ["name"]}
    fieldsets = [
        (None, {"fields": ["mission", ("name", "code"), ("quantity", "date")]}),
        ("Text", {"fields": ["note", "sources"]}),
    ]
