from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("missions", "0002_list_indexes")]

    operations = [
        migrations.RemoveIndex(model_name="contribution", name="missions_co_mission_5f4a72_idx"),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                fields=["mission", "as_of", "country", "value_state", "is_checked"], name="contribution_counts"
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["country", "mission", "as_of", "value_state"], name="contribution_nations"),
        ),
    ]
