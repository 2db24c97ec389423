"""Equipment as a Django app."""

from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    """What missions were equipped with."""

    name = "tests.equipment"
    default_auto_field = "django.db.models.BigAutoField"
