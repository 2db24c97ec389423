"""Make the columns of search words anew: what a text says, whichever way it is written."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0004_search_words'),
        ('equipment', '0002_kept_counts'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='equipment',
            name='equipment_search',
        ),
        migrations.RemoveField(
            model_name='equipment',
            name='search',
        ),
        migrations.AddField(
            model_name='equipment',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('name'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('note'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='equipment',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='equipment_search'),
        ),
    ]
