"""Who may do what at the desk: three groups, with rights on every kind of content and on nothing else."""

from django.apps import apps
from django.contrib.auth.management import create_permissions

EDITOR = ["add", "change", "view"]
ROLES = {
    "Editor": EDITOR,
    "Publisher": [*EDITOR, "delete", "publish"],
    "Data manager": [*EDITOR, "delete", "publish"],
}


def content_models():
    """Find content by its contract: it names its natural key; Django's own accounts have a method of that name."""
    return [model for model in apps.get_models() if isinstance(getattr(model, "natural_key", None), list)]


def grant(using="default"):
    """Make the groups and give each its rights; done again, it adds what new kinds of content bring.

    A migration calls this, so that a new portal has its roles before it has its first account.
    """
    group_model, permission_model = apps.get_model("auth.Group"), apps.get_model("auth.Permission")
    content = content_models()
    for config in {apps.get_app_config(model._meta.app_label) for model in content}:
        create_permissions(config, verbosity=0, using=using)
    for name, acts in ROLES.items():
        group, _ = group_model.objects.using(using).get_or_create(name=name)
        for model in content:
            named = [f"{act}_{model._meta.model_name}" for act in acts if act in model._meta.default_permissions]
            own = {"content_type__app_label": model._meta.app_label, "codename__in": named}
            group.permissions.add(*permission_model.objects.using(using).filter(**own))


def revoke(using="default"):
    """Remove the groups, and with them the rights they gave."""
    apps.get_model("auth.Group").objects.using(using).filter(name__in=ROLES).delete()
