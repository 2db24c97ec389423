"""Index the words of other names, by which search finds what they name."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('missions', '0008_references'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='countryname',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(models.Func(models.F('name'), function='pk_words', output_field=models.TextField()), config='english', weight=None), name='country_name_words'),
        ),
        migrations.AddIndex(
            model_name='missionname',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(models.Func(models.F('name'), function='pk_words', output_field=models.TextField()), config='english', weight=None), name='mission_name_words'),
        ),
    ]
