from datetime import UTC, datetime

from django.db import migrations, models

EVER = datetime(1970, 1, 1, tzinfo=UTC)  # releases that are there are compared with all rows


class Migration(migrations.Migration):

    dependencies = [
        ('website', '0005_releases'),
    ]

    operations = [
        migrations.AddField(
            model_name='release',
            name='history_begins',
            field=models.DateTimeField(default=EVER),
            preserve_default=False,
        ),
    ]
