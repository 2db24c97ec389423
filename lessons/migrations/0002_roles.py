"""The groups of the desk, when the permissions they are given can exist."""

from django.db import migrations

from pkportal.publishing import roles


def grant(apps, schema_editor):
    """Make the groups."""
    roles.grant(schema_editor.connection.alias)


def revoke(apps, schema_editor):
    """Remove the groups and nothing else."""
    roles.revoke(schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ("lessons", "0001_initial"),
        ("missions", "0001_initial"),
        ("sourcing", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, revoke)]
