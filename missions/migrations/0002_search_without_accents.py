"""The columns of words, made again from letters without accents: no PostgreSQL before 17 can alter one."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import pkportal.reading.folding
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pkportal', '0002_fold'),
        ('missions', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='command', name='command_search'),
        migrations.RemoveField(model_name='command', name='search'),
        migrations.AddField(
            model_name='command',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('name')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('place')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='command', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='command_search')),
        migrations.RemoveIndex(model_name='country', name='country_search'),
        migrations.RemoveField(model_name='country', name='search'),
        migrations.AddField(
            model_name='country',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('name')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('region')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='country', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='country_search')),
        migrations.RemoveIndex(model_name='event', name='event_search'),
        migrations.RemoveField(model_name='event', name='search'),
        migrations.AddField(
            model_name='event',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('title')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('text')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='event', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='event_search')),
        migrations.RemoveIndex(model_name='mandate', name='mandate_search'),
        migrations.RemoveField(model_name='mandate', name='search'),
        migrations.AddField(
            model_name='mandate',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('symbol')), pkportal.reading.folding.Folded(models.F('title')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('authorises')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='mandate', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='mandate_search')),
        migrations.RemoveIndex(model_name='mission', name='mission_search'),
        migrations.RemoveField(model_name='mission', name='search'),
        migrations.AddField(
            model_name='mission',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('name')), pkportal.reading.folding.Folded(models.F('acronym')), pkportal.reading.folding.Folded(models.F('operation_names')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('summary')), pkportal.reading.folding.Folded(models.F('outcome')), pkportal.reading.folding.Folded(models.F('legal_basis')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='mission', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='mission_search')),
    ]
