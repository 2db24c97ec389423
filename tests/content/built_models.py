"""Models that a test builds to break one contract, and what the checks say of them."""

from django.db import models

from pkportal.content.models import Publishable
from pkportal.content.pages import HasPage, Page, ResultFields


def text_field(**options):
    return models.CharField(max_length=20, **options)


def foreign_key(model, **options):
    return models.ForeignKey(model, models.CASCADE, related_name="+", **options)


def build(*bases, name="Vehicle", **attributes):
    """Return a model that keeps every contract of its bases, unless the attributes of a test break one."""
    valid = {"__module__": "missions.models", "key_fields": ["code"], "code": text_field(unique=True)}
    valid |= {"name": text_field(), "reference_prefix": name.upper()}
    if any(issubclass(base, HasPage) for base in bases):
        valid |= {"page": Page("mission", key="code"), "result_fields": ResultFields(title="name", text="code")}
    return type(name, bases, valid | attributes)


def operation_model():
    return build(Publishable, name="Operation")


def messages(model):
    return [error.msg for error in model.check()]
