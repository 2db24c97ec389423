"""The columns of words, made again from letters without accents: no PostgreSQL before 17 can alter one."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import pkportal.reading.folding
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pkportal', '0002_fold'),
        ('lessons', '0004_lesson_number'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='challenge', name='challenge_search'),
        migrations.RemoveField(model_name='challenge', name='search'),
        migrations.AddField(
            model_name='challenge',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('title')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('text')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='challenge', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='challenge_search')),
        migrations.RemoveIndex(model_name='lesson', name='lesson_search'),
        migrations.RemoveField(model_name='lesson', name='search'),
        migrations.AddField(
            model_name='lesson',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('title')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('observation')), pkportal.reading.folding.Folded(models.F('discussion')), pkportal.reading.folding.Folded(models.F('conclusion')), pkportal.reading.folding.Folded(models.F('recommendation')), pkportal.reading.folding.Folded(models.F('applies_when')), pkportal.reading.folding.Folded(models.F('does_not_apply_when')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='lesson', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='lesson_search')),
        migrations.RemoveIndex(model_name='theme', name='theme_search'),
        migrations.RemoveField(model_name='theme', name='search'),
        migrations.AddField(
            model_name='theme',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('name')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('description')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='theme', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='theme_search')),
        migrations.RemoveIndex(model_name='topic', name='topic_search'),
        migrations.RemoveField(model_name='topic', name='search'),
        migrations.AddField(
            model_name='topic',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('title')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('summary')), pkportal.reading.folding.Folded(models.F('text')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='topic', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='topic_search')),
    ]
