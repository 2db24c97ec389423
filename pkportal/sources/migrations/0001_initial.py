import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import pkportal.content.dates
from django.db import migrations, models


# The codes that a text cites, made of the patterns in pkportal/sources/citations.py, for the generated columns `cited`.
# Odd backslashes before a bracket take its meaning away, as in Markdown. PostgreSQL does not know what is code: it also
# lists what is in a code span, so it may list more than the page shows, never less. A new grammar needs a migration that
# replaces the function and one that rewrites the columns made with it.
CITED = r"""
CREATE OR REPLACE FUNCTION pk_cited(body text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT named[1] COLLATE "C"
    FROM regexp_matches(regexp_replace(body, '\r\n?', E'\n', 'g'), '(?<!\\)(?:\\\\)*\[(@[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?\.*(?:(?=[ \t\u00a0\n,;])(?:[^\[\];\n]|\n(?![ \t]*\n)|;(?![ \t\u00a0]*(?:\n[ \t\u00a0>]*)?@))*)?(?:;[ \t\u00a0]*(?:\n[ \t\u00a0>]*)?@[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?\.*(?:(?=[ \t\u00a0\n,;])(?:[^\[\];\n]|\n(?![ \t]*\n)|;(?![ \t\u00a0]*(?:\n[ \t\u00a0>]*)?@))*)?)*)\]', 'g') AS bracket,
        regexp_matches(bracket[1], '(?:^|;[ \t\u00a0]*(?:\n[ \t\u00a0>]*)?)@([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?)', 'g') AS named
    ORDER BY 1
)
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('content', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(CITED, "DROP FUNCTION IF EXISTS pk_cited(text)"),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Names the source in texts: [@code].', max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9]', 'A code begins with a letter or a digit.')], verbose_name='code')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('publisher', models.CharField(blank=True, max_length=200, verbose_name='publisher')),
                ('authors', models.CharField(blank=True, max_length=300, verbose_name='authors')),
                ('published', pkportal.content.dates.PartialDateField(blank=True, null=True, verbose_name='published')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('kind', models.CharField(choices=[('resolution', 'Security Council resolution'), ('treaty', 'treaty'), ('official-page', 'official page'), ('report', 'report'), ('academic', 'academic work'), ('dataset', 'dataset'), ('news', 'news')], max_length=20, verbose_name='kind')),
                ('grade', models.CharField(blank=True, choices=[('A', 'primary legal or official text'), ('B', 'official statement or data sheet'), ('C', 'audit, inquiry or parliament'), ('D', 'peer-reviewed research'), ('E', 'research institute'), ('F', 'press'), ('G', 'tertiary: encyclopaedia or compilation'), ('X', 'AI-assisted and unverified: never the only support')], max_length=1, verbose_name='grade')),
                ('licence', models.CharField(blank=True, max_length=200, verbose_name='licence')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('title'), function='pk_unaccent', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('publisher'), function='pk_unaccent', output_field=models.TextField()), models.Func(models.F('authors'), function='pk_unaccent', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'ordering': ['code'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='source_search')],
            },
        ),
        migrations.CreateModel(
            name='SourceHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='sources.source')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('code', models.SlugField(db_index=False, help_text='Names the source in texts: [@code].', max_length=60, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9]', 'A code begins with a letter or a digit.')], verbose_name='code')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('publisher', models.CharField(blank=True, max_length=200, verbose_name='publisher')),
                ('authors', models.CharField(blank=True, max_length=300, verbose_name='authors')),
                ('published', pkportal.content.dates.PartialDateField(blank=True, null=True, verbose_name='published')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('kind', models.CharField(choices=[('resolution', 'Security Council resolution'), ('treaty', 'treaty'), ('official-page', 'official page'), ('report', 'report'), ('academic', 'academic work'), ('dataset', 'dataset'), ('news', 'news')], max_length=20, verbose_name='kind')),
                ('grade', models.CharField(blank=True, choices=[('A', 'primary legal or official text'), ('B', 'official statement or data sheet'), ('C', 'audit, inquiry or parliament'), ('D', 'peer-reviewed research'), ('E', 'research institute'), ('F', 'press'), ('G', 'tertiary: encyclopaedia or compilation'), ('X', 'AI-assisted and unverified: never the only support')], max_length=1, verbose_name='grade')),
                ('licence', models.CharField(blank=True, max_length=200, verbose_name='licence')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_sourcehistory" ("authors", "code", "grade", "id", "kind", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "publisher", "title", "url") SELECT new_values."authors", new_values."code", new_values."grade", new_values."id", new_values."kind", new_values."licence", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published", new_values."publisher", new_values."title", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eeb1c292537e93b4b33c44d576187aef21956119', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c3ed3', referencing='REFERENCING NEW TABLE AS new_values ', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_sourcehistory" ("authors", "code", "grade", "id", "kind", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "publisher", "title", "url") SELECT new_values."authors", new_values."code", new_values."grade", new_values."id", new_values."kind", new_values."licence", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published", new_values."publisher", new_values."title", new_values."url" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."authors" IS DISTINCT FROM (new_values."authors") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."grade" IS DISTINCT FROM (new_values."grade") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."licence" IS DISTINCT FROM (new_values."licence") OR old_values."published" IS DISTINCT FROM (new_values."published") OR old_values."publisher" IS DISTINCT FROM (new_values."publisher") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."url" IS DISTINCT FROM (new_values."url")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8d3c5d22ad0d3cc0a27c4a890d05f8b9f22ba9bd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e6185', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sources_sourcehistory" ("authors", "code", "grade", "id", "kind", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "publisher", "title", "url") SELECT old_values."authors", old_values."code", old_values."grade", old_values."id", old_values."kind", old_values."licence", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published", old_values."publisher", old_values."title", old_values."url" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='684a16e8d3a51f00ebee7070921c9e593534df87', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fde77', referencing='REFERENCING OLD TABLE AS old_values ', table='sources_source', when='AFTER')),
        ),
    ]
