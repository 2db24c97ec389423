"""The columns of words, made again from letters without accents: no PostgreSQL before 17 can alter one."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import pkportal.reading.folding
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pkportal', '0002_fold'),
        ('sourcing', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='source', name='source_search'),
        migrations.RemoveField(model_name='source', name='search'),
        migrations.AddField(
            model_name='source',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('title')), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(pkportal.reading.folding.Folded(models.F('publisher')), pkportal.reading.folding.Folded(models.F('authors')), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(model_name='source', index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='source_search')),
    ]
