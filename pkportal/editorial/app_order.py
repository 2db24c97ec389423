"""The order in which the admin names apps: the subject first, then what it rests on, the review and the accounts."""

from django.apps import apps

from pkportal.content.models import Record
from pkportal.content.registry import models_with


def place_of(app_label: str) -> tuple[int, int]:
    """Return the place of an app in the list of all: by what it is about, then as the apps are installed."""
    labels = [config.label for config in apps.get_app_configs()]
    name = apps.get_app_config(app_label).name
    is_of_record = any(model._meta.app_label == app_label for model in models_with(Record))
    is_ours = name.startswith("pkportal.")
    return (is_ours if is_of_record else 2 if is_ours else 3), labels.index(app_label)
