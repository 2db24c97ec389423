"""Make the columns of search words anew: what a text says, whichever way it is written."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0004_search_words'),
        ('lessons', '0003_public_indexes'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='challenge',
            name='challenge_search',
        ),
        migrations.RemoveField(
            model_name='challenge',
            name='search',
        ),
        migrations.AddField(
            model_name='challenge',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('title'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('text'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='challenge',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='challenge_search'),
        ),
        migrations.RemoveIndex(
            model_name='lesson',
            name='lesson_search',
        ),
        migrations.RemoveField(
            model_name='lesson',
            name='search',
        ),
        migrations.AddField(
            model_name='lesson',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('title'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('observation'), function='pk_words', output_field=models.TextField()), models.Func(models.F('discussion'), function='pk_words', output_field=models.TextField()), models.Func(models.F('conclusion'), function='pk_words', output_field=models.TextField()), models.Func(models.F('recommendation'), function='pk_words', output_field=models.TextField()), models.Func(models.F('applies_when'), function='pk_words', output_field=models.TextField()), models.Func(models.F('does_not_apply_when'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('number'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='lesson',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='lesson_search'),
        ),
        migrations.RemoveIndex(
            model_name='theme',
            name='theme_search',
        ),
        migrations.RemoveField(
            model_name='theme',
            name='search',
        ),
        migrations.AddField(
            model_name='theme',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('name'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('description'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('code'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='theme',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='theme_search'),
        ),
        migrations.RemoveIndex(
            model_name='topic',
            name='topic_search',
        ),
        migrations.RemoveField(
            model_name='topic',
            name='search',
        ),
        migrations.AddField(
            model_name='topic',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('title'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('summary'), function='pk_words', output_field=models.TextField()), models.Func(models.F('text'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('code'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='topic',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='topic_search'),
        ),
    ]
