"""Data managers bring in files, which publishers publish: the group no longer publishes or deletes."""

from django.db import migrations

GRANTED_BEFORE = ("publish_", "delete_")


def take_rights(apps, schema_editor):
    """Take from the group what an earlier version granted it; accounts may be publishers too."""
    group = apps.get_model("auth", "Group").objects.filter(name="Data manager").first()
    if group:
        before = group.permissions.filter(codename__regex=f"^({'|'.join(GRANTED_BEFORE)})")
        group.permissions.remove(*before)


class Migration(migrations.Migration):
    dependencies = [("editorial", "0004_accounts"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(take_rights, migrations.RunPython.noop)]
