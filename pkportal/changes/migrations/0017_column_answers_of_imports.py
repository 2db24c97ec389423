"""What a person said of all of a column is kept in one field, for any kind of question."""

from django.db import migrations, models

TOGETHER = """
UPDATE changes_importedfile SET column_answers = jsonb_build_object(
    'order', day_orders, 'year_part', year_parts, 'counting', counting
) WHERE day_orders <> '{}' OR year_parts <> '{}' OR counting <> '{}'
"""
APART = """
UPDATE changes_importedfile SET
    day_orders = coalesce(column_answers -> 'order', '{}'),
    year_parts = coalesce(column_answers -> 'year_part', '{}'),
    counting = coalesce(column_answers -> 'counting', '{}')
"""


class Migration(migrations.Migration):
    """Adds the field, fills it from the three that it replaces, and removes these."""

    dependencies = [("changes", "0016_year_parts_of_imports")]

    operations = [
        migrations.AddField("importedfile", "column_answers", models.JSONField(default=dict)),
        migrations.RunSQL(TOGETHER, APART),
        migrations.RemoveField("importedfile", "day_orders"),
        migrations.RemoveField("importedfile", "year_parts"),
        migrations.RemoveField("importedfile", "counting"),
    ]
