"""Make the columns of search words anew: what a text says, whichever way it is written."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0004_search_words'),
        ('missions', '0006_other_names'),
        ('sources', '0004_search_words'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='contribution',
            name='contribution_words',
        ),
        migrations.RemoveIndex(
            model_name='appointment',
            name='appointment_search',
        ),
        migrations.RemoveField(
            model_name='appointment',
            name='search',
        ),
        migrations.AddField(
            model_name='appointment',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('person'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('rank'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('from_date'), function='pk_words', output_field=models.TextField()), models.Func(models.F('to_date'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='appointment',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='appointment_search'),
        ),
        migrations.RemoveIndex(
            model_name='command',
            name='command_search',
        ),
        migrations.RemoveField(
            model_name='command',
            name='search',
        ),
        migrations.AddField(
            model_name='command',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('name'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('place'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('code'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='command',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='command_search'),
        ),
        migrations.RemoveIndex(
            model_name='country',
            name='country_search',
        ),
        migrations.RemoveField(
            model_name='country',
            name='search',
        ),
        migrations.AddField(
            model_name='country',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('name'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('region'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('iso3'), function='pk_words', output_field=models.TextField()), models.Func(models.F('iso2'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='country',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='country_search'),
        ),
        migrations.RemoveIndex(
            model_name='event',
            name='event_search',
        ),
        migrations.RemoveField(
            model_name='event',
            name='search',
        ),
        migrations.AddField(
            model_name='event',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('title'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('text'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('date'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='event',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='event_search'),
        ),
        migrations.RemoveIndex(
            model_name='mandate',
            name='mandate_search',
        ),
        migrations.RemoveField(
            model_name='mandate',
            name='search',
        ),
        migrations.AddField(
            model_name='mandate',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('symbol'), function='pk_words', output_field=models.TextField()), models.Func(models.F('title'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('authorises'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('code'), function='pk_words', output_field=models.TextField()), models.Func(models.F('kind'), function='pk_words', output_field=models.TextField()), models.Func(models.F('adopted'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='mandate_search'),
        ),
        migrations.RemoveIndex(
            model_name='mission',
            name='mission_search',
        ),
        migrations.RemoveField(
            model_name='mission',
            name='search',
        ),
        migrations.AddField(
            model_name='mission',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('name'), function='pk_words', output_field=models.TextField()), models.Func(models.F('acronym'), function='pk_words', output_field=models.TextField()), models.Func(models.F('operation_names'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('summary'), function='pk_words', output_field=models.TextField()), models.Func(models.F('outcome'), function='pk_words', output_field=models.TextField()), models.Func(models.F('legal_basis'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('code'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='mission',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='mission_search'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(models.Func(models.F('location'), function='pk_words', output_field=models.TextField()), models.Func(models.F('note'), function='pk_words', output_field=models.TextField()), config='english', weight=None), name='contribution_words'),
        ),
    ]
