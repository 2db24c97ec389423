"""Make the columns of search words anew: what a text says, whichever way it is written."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0004_search_words'),
        ('sources', '0003_other_names'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='source',
            name='source_search',
        ),
        migrations.RemoveField(
            model_name='source',
            name='search',
        ),
        migrations.AddField(
            model_name='source',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('title'), function='pk_words', output_field=models.TextField()), models.Func(models.F('short_title'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('publisher'), function='pk_words', output_field=models.TextField()), models.Func(models.F('authors'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('code'), function='pk_words', output_field=models.TextField()), models.Func(models.F('published'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='source',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='source_search'),
        ),
    ]
