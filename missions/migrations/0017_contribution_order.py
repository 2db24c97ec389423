
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("missions", "0016_text_of_dates"),
        ("sources", "0008_name_order"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="contribution",
            name="contribution_largest",
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                models.Case(models.When(then=models.Value(0), unit="personnel"), default=models.Value(1)),
                models.OrderBy(models.F("quantity"), descending=True),
                models.F("id"),
                include=("mission", "unit"),
                name="contribution_largest",
            ),
        ),
    ]
