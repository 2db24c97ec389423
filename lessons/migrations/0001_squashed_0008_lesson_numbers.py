"""The tables of a new database in one step; a database of an earlier version takes the migrations this replaces."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import pkportal.content.dates
import pkportal.content.permanent_references
import pkportal.sources.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('lessons', '0001_initial'), ('lessons', '0002_list_indexes'), ('lessons', '0003_public_indexes'), ('lessons', '0004_search_words'), ('lessons', '0005_references'), ('lessons', '0006_plain_labels'), ('lessons', '0007_name_order'), ('lessons', '0008_lesson_numbers')]

    initial = True

    dependencies = [
        ('content', '0007_plausible_dates'),
        ('missions', '0001_squashed_0013_names_in_order'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('sources', '0008_name_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_digest', models.CharField(blank=True, db_default='', default='', editable=False, max_length=32)),
                ('ai_assisted', models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('family', models.CharField(choices=[('asymmetric', 'asymmetric threats and insurgency'), ('operational', 'logistics and operational limits'), ('political', 'political and legal limits'), ('practice', 'practice and people')], max_length=12, verbose_name='group')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('is_checked', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('checked_digest', django.db.models.functions.text.MD5(django.db.models.functions.text.Concat(models.Func(models.F('name'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('family'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('description'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), output_field=models.TextField())))), then=models.Value(True)), default=models.Value(False)), output_field=models.BooleanField(verbose_name='checked'), verbose_name='checked')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('name'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('description'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('code'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
            ],
            options={
                'verbose_name': 'theme',
                'verbose_name_plural': 'themes',
                'ordering': ['name__name_order'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='theme_search')],
            },
        ),
        pkportal.content.permanent_references.AddReference(
            model_name='theme',
            name='reference',
            field=pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, max_length=20, prefix='TH', unique=True, verbose_name='reference'),
            order=['code'],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_themehistory" ("ai_assisted", "checked_digest", "code", "description", "family", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") SELECT new_values."ai_assisted", new_values."checked_digest", new_values."code", new_values."description", new_values."family", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2468f19cb17fd818cc53661de92215f35bd948e0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4af92', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_themehistory" ("ai_assisted", "checked_digest", "code", "description", "family", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") SELECT new_values."ai_assisted", new_values."checked_digest", new_values."code", new_values."description", new_values."family", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reference" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."ai_assisted" IS DISTINCT FROM (new_values."ai_assisted") OR old_values."checked_digest" IS DISTINCT FROM (new_values."checked_digest") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."family" IS DISTINCT FROM (new_values."family") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."reference" IS DISTINCT FROM (new_values."reference")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1928c912fb7270aac7bd96e43c11d4f60b4ac1f9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_41ccb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='lessons_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_themehistory" ("ai_assisted", "checked_digest", "code", "description", "family", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference") SELECT old_values."ai_assisted", old_values."checked_digest", old_values."code", old_values."description", old_values."family", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='29a59fc17bc7162f6d8aef45127f91238aa30e0b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_78661', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_theme', when='AFTER')),
        ),
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_digest', models.CharField(blank=True, db_default='', default='', editable=False, max_length=32)),
                ('ai_assisted', models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('text', pkportal.sources.fields.MarkdownField(verbose_name='text')),
                ('is_checked', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('checked_digest', django.db.models.functions.text.MD5(django.db.models.functions.text.Concat(models.Func(models.F('mission_id'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('theme_id'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('title'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('text'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), output_field=models.TextField())))), then=models.Value(True)), default=models.Value(False)), output_field=models.BooleanField(verbose_name='checked'), verbose_name='checked')),
                ('cited', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('text'), models.Value('\n'), output_field=models.TextField()), function='pk_cited', output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('title'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('text'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('mission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='challenges', to='missions.mission', verbose_name='mission')),
                ('sources', models.ManyToManyField(blank=True, related_name='%(class)ss', to='sources.source', verbose_name='sources')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='lessons.theme', verbose_name='theme')),
            ],
            options={
                'verbose_name': 'challenge',
                'verbose_name_plural': 'challenges',
                'ordering': ['mission__code', 'title__name_order'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='challenge_search'), django.contrib.postgres.indexes.GinIndex(fields=['cited'], name='challenge_cited')],
                'constraints': [models.UniqueConstraint(fields=('mission', 'title'), name='challenge_key')],
            },
        ),
        pkportal.content.permanent_references.AddReference(
            model_name='challenge',
            name='reference',
            field=pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, max_length=20, prefix='CH', unique=True, verbose_name='reference'),
            order=['mission__code', 'title'],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challenge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_challengehistory" ("ai_assisted", "checked_digest", "id", "mission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "text", "theme_id", "title") SELECT new_values."ai_assisted", new_values."checked_digest", new_values."id", new_values."mission_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference", new_values."text", new_values."theme_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='14396177b2468fc8c7e2b33b9ce317616299c488', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6d713', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_challenge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challenge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_challengehistory" ("ai_assisted", "checked_digest", "id", "mission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "text", "theme_id", "title") SELECT new_values."ai_assisted", new_values."checked_digest", new_values."id", new_values."mission_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reference", new_values."text", new_values."theme_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."ai_assisted" IS DISTINCT FROM (new_values."ai_assisted") OR old_values."checked_digest" IS DISTINCT FROM (new_values."checked_digest") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."mission_id" IS DISTINCT FROM (new_values."mission_id") OR old_values."reference" IS DISTINCT FROM (new_values."reference") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."theme_id" IS DISTINCT FROM (new_values."theme_id") OR old_values."title" IS DISTINCT FROM (new_values."title")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6d8e00f64e082973ca70da2cd1c5243cf9616b6d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_10ee7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='lessons_challenge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challenge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_challengehistory" ("ai_assisted", "checked_digest", "id", "mission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "text", "theme_id", "title") SELECT old_values."ai_assisted", old_values."checked_digest", old_values."id", old_values."mission_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference", old_values."text", old_values."theme_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5432062aec03d21a068b2e2bc760ba25bc6f0576', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_262f9', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_challenge', when='AFTER')),
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], db_default='draft', default='draft', max_length=9, verbose_name='status')),
                ('published_at', models.DateTimeField(blank=True, help_text='A time in the future keeps a published record hidden until then.', null=True, verbose_name='published at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('checked_digest', models.CharField(blank=True, db_default='', default='', editable=False, max_length=32)),
                ('ai_assisted', models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted')),
                ('number', pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, help_text='For example PK-L-0042. It is given when the lesson is saved, and never used again.', max_length=12, prefix='PK-L', unique=True, validators=[django.core.validators.RegexValidator('^PK-L-[0-9]{4,}\\Z', "A lesson's number is like PK-L-0042.")], verbose_name='number')),
                ('title', models.CharField(help_text='Write it as a rule, not as a subject.', max_length=120, verbose_name='title')),
                ('kind', models.CharField(choices=[('issue', 'issue for improvement'), ('best-practice', 'best practice')], default='issue', max_length=14, verbose_name='kind')),
                ('maturity', models.CharField(choices=[('observation', 'observation'), ('lesson-identified', 'lesson identified'), ('lesson-learned', 'lesson learned'), ('best-practice', 'best practice')], default='observation', max_length=18, verbose_name='stage')),
                ('maturity_as_of', pkportal.content.dates.PartialDateField(blank=True, null=True, verbose_name='date of the stage')),
                ('observation', pkportal.sources.fields.MarkdownField(verbose_name='observation')),
                ('discussion', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='discussion')),
                ('conclusion', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='conclusion')),
                ('recommendation', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='recommendation')),
                ('applies_when', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='applies when')),
                ('does_not_apply_when', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='does not apply when')),
                ('dotmlpfi', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('doctrine', 'doctrine'), ('organisation', 'organisation'), ('training', 'training'), ('materiel', 'materiel'), ('leadership', 'leadership and education'), ('personnel', 'personnel'), ('facilities', 'facilities'), ('interoperability', 'interoperability')], max_length=16), blank=True, default=list, size=None, verbose_name='capability areas (DOTMLPFI)')),
                ('reference', models.GeneratedField(db_persist=True, expression=models.F('number'), output_field=models.CharField(max_length=12, verbose_name='reference'), unique=True)),
                ('is_checked', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('checked_digest', django.db.models.functions.text.MD5(django.db.models.functions.text.Concat(models.Func(models.F('title'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('kind'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('maturity'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('maturity_source_id'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('observation'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('discussion'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('conclusion'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('recommendation'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('applies_when'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('does_not_apply_when'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), output_field=models.TextField())))), then=models.Value(True)), default=models.Value(False)), output_field=models.BooleanField(verbose_name='checked'), verbose_name='checked')),
                ('cited', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('observation'), models.Value('\n'), models.F('discussion'), models.Value('\n'), models.F('conclusion'), models.Value('\n'), models.F('recommendation'), models.Value('\n'), models.F('applies_when'), models.Value('\n'), models.F('does_not_apply_when'), models.Value('\n'), output_field=models.TextField()), function='pk_cited', output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('title'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('observation'), function='pk_words', output_field=models.TextField()), models.Func(models.F('discussion'), function='pk_words', output_field=models.TextField()), models.Func(models.F('conclusion'), function='pk_words', output_field=models.TextField()), models.Func(models.F('recommendation'), function='pk_words', output_field=models.TextField()), models.Func(models.F('applies_when'), function='pk_words', output_field=models.TextField()), models.Func(models.F('does_not_apply_when'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('number'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('maturity_source', models.ForeignKey(blank=True, help_text='The source that shows this stage; a lesson learned must have one.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proved_lessons', to='sources.source', verbose_name='proof of the stage')),
                ('missions', models.ManyToManyField(blank=True, related_name='lessons', to='missions.mission', verbose_name='missions')),
                ('recurrence_of', models.ManyToManyField(blank=True, related_name='recurs_in', to='lessons.lesson', verbose_name='recurrence of')),
                ('sources', models.ManyToManyField(blank=True, related_name='%(class)ss', to='sources.source', verbose_name='sources')),
                ('themes', models.ManyToManyField(blank=True, related_name='lessons', to='lessons.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'lesson',
                'verbose_name_plural': 'lessons',
                'ordering': ['number'],
                'abstract': False,
                'default_permissions': ['add', 'change', 'delete', 'view', 'publish'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='lesson_search'), django.contrib.postgres.indexes.GinIndex(fields=['cited'], name='lesson_cited'), models.Index(models.Func(models.F('title'), function='pk_name_order', output_field=models.TextField(), template='(%(function)s(%(expressions)s) COLLATE "C")'), models.F('id'), name='lesson_by_title'), models.Index(condition=models.Q(('is_checked', True)), fields=['-published_at', '-number'], name='lesson_newest_checked'), models.Index(condition=models.Q(('status', 'published')), fields=['id', 'published_at'], name='lesson_public'), models.Index(fields=['maturity', 'kind', 'is_checked', 'dotmlpfi', 'status', 'published_at', 'id'], name='lesson_facets')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='lesson_published_has_date', violation_error_message='A published record says when it was published.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', False), _connector='OR'), name='lesson_withdrawn_has_date', violation_error_message='A withdrawn record says when it was withdrawn.'), models.CheckConstraint(condition=models.Q(('number__regex', '^PK-L-[0-9]{4,}$')), name='lesson_number_is_one', violation_error_message="A lesson's number is like PK-L-0042."), models.CheckConstraint(condition=models.Q(models.Q(('maturity', 'lesson-learned'), _negated=True), ('maturity_source__isnull', False), _connector='OR'), name='lesson_learned_has_proof', violation_error_message='A lesson learned needs the source that shows it.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lesson',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonhistory" ("ai_assisted", "applies_when", "checked_digest", "conclusion", "discussion", "does_not_apply_when", "dotmlpfi", "id", "kind", "maturity", "maturity_as_of", "maturity_source_id", "number", "observation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "recommendation", "status", "title", "withdrawn_at") SELECT new_values."ai_assisted", new_values."applies_when", new_values."checked_digest", new_values."conclusion", new_values."discussion", new_values."does_not_apply_when", new_values."dotmlpfi", new_values."id", new_values."kind", new_values."maturity", new_values."maturity_as_of", new_values."maturity_source_id", new_values."number", new_values."observation", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."recommendation", new_values."status", new_values."title", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='74727c5d6e59f07b565bab36450206512e0baaaa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cb183', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_lesson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lesson',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonhistory" ("ai_assisted", "applies_when", "checked_digest", "conclusion", "discussion", "does_not_apply_when", "dotmlpfi", "id", "kind", "maturity", "maturity_as_of", "maturity_source_id", "number", "observation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "recommendation", "status", "title", "withdrawn_at") SELECT new_values."ai_assisted", new_values."applies_when", new_values."checked_digest", new_values."conclusion", new_values."discussion", new_values."does_not_apply_when", new_values."dotmlpfi", new_values."id", new_values."kind", new_values."maturity", new_values."maturity_as_of", new_values."maturity_source_id", new_values."number", new_values."observation", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."recommendation", new_values."status", new_values."title", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."ai_assisted" IS DISTINCT FROM (new_values."ai_assisted") OR old_values."applies_when" IS DISTINCT FROM (new_values."applies_when") OR old_values."checked_digest" IS DISTINCT FROM (new_values."checked_digest") OR old_values."conclusion" IS DISTINCT FROM (new_values."conclusion") OR old_values."discussion" IS DISTINCT FROM (new_values."discussion") OR old_values."does_not_apply_when" IS DISTINCT FROM (new_values."does_not_apply_when") OR old_values."dotmlpfi" IS DISTINCT FROM (new_values."dotmlpfi") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."maturity" IS DISTINCT FROM (new_values."maturity") OR old_values."maturity_as_of" IS DISTINCT FROM (new_values."maturity_as_of") OR old_values."maturity_source_id" IS DISTINCT FROM (new_values."maturity_source_id") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."observation" IS DISTINCT FROM (new_values."observation") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."recommendation" IS DISTINCT FROM (new_values."recommendation") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."withdrawn_at" IS DISTINCT FROM (new_values."withdrawn_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d37ca06f3bc663b0a42420b19bf178f7a0a33086', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6db5b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='lessons_lesson', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lesson',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonhistory" ("ai_assisted", "applies_when", "checked_digest", "conclusion", "discussion", "does_not_apply_when", "dotmlpfi", "id", "kind", "maturity", "maturity_as_of", "maturity_source_id", "number", "observation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "recommendation", "status", "title", "withdrawn_at") SELECT old_values."ai_assisted", old_values."applies_when", old_values."checked_digest", old_values."conclusion", old_values."discussion", old_values."does_not_apply_when", old_values."dotmlpfi", old_values."id", old_values."kind", old_values."maturity", old_values."maturity_as_of", old_values."maturity_source_id", old_values."number", old_values."observation", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."recommendation", old_values."status", old_values."title", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fc92ffb8ed1ea0a2262311de1bbd1efe5d215bff', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_288ee', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_lesson', when='AFTER')),
        ),
        migrations.CreateModel(
            name='ThemeHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, max_length=20, prefix='TH', verbose_name='reference')),
                ('checked_digest', models.CharField(blank=True, db_default='', default='', editable=False, max_length=32)),
                ('ai_assisted', models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted')),
                ('code', models.SlugField(db_index=False, max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('family', models.CharField(choices=[('asymmetric', 'asymmetric threats and insurgency'), ('operational', 'logistics and operational limits'), ('political', 'political and legal limits'), ('practice', 'practice and people')], max_length=12, verbose_name='group')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='lessons.theme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChallengeHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, max_length=20, prefix='CH', verbose_name='reference')),
                ('checked_digest', models.CharField(blank=True, db_default='', default='', editable=False, max_length=32)),
                ('ai_assisted', models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('text', pkportal.sources.fields.MarkdownField(verbose_name='text')),
                ('mission', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='missions.mission', verbose_name='mission')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='lessons.challenge')),
                ('theme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.theme', verbose_name='theme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChallengeSourcesHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('challenge', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.challenge')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('source', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChallengeSources',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('lessons.challenge_sources',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challengesources',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_challengesourceshistory" ("challenge_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "source_id") SELECT new_values."challenge_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."source_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3f3b77f6623c00fbc94ed807a9b1869601f7bd59', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a956a', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_challenge_sources', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='challengesources',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_challengesourceshistory" ("challenge_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "source_id") SELECT old_values."challenge_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."source_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cc3d7ea9594ad6fdb989f32cacefe3ad53e1d211', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a45de', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_challenge_sources', when='AFTER')),
        ),
        migrations.CreateModel(
            name='LessonHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], db_default='draft', default='draft', max_length=9, verbose_name='status')),
                ('published_at', models.DateTimeField(blank=True, help_text='A time in the future keeps a published record hidden until then.', null=True, verbose_name='published at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('checked_digest', models.CharField(blank=True, db_default='', default='', editable=False, max_length=32)),
                ('ai_assisted', models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted')),
                ('number', pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, help_text='For example PK-L-0042. It is given when the lesson is saved, and never used again.', max_length=12, prefix='PK-L', validators=[django.core.validators.RegexValidator('^PK-L-[0-9]{4,}\\Z', "A lesson's number is like PK-L-0042.")], verbose_name='number')),
                ('title', models.CharField(help_text='Write it as a rule, not as a subject.', max_length=120, verbose_name='title')),
                ('kind', models.CharField(choices=[('issue', 'issue for improvement'), ('best-practice', 'best practice')], default='issue', max_length=14, verbose_name='kind')),
                ('maturity', models.CharField(choices=[('observation', 'observation'), ('lesson-identified', 'lesson identified'), ('lesson-learned', 'lesson learned'), ('best-practice', 'best practice')], default='observation', max_length=18, verbose_name='stage')),
                ('maturity_as_of', pkportal.content.dates.PartialDateField(blank=True, null=True, verbose_name='date of the stage')),
                ('observation', pkportal.sources.fields.MarkdownField(verbose_name='observation')),
                ('discussion', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='discussion')),
                ('conclusion', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='conclusion')),
                ('recommendation', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='recommendation')),
                ('applies_when', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='applies when')),
                ('does_not_apply_when', pkportal.sources.fields.MarkdownField(blank=True, verbose_name='does not apply when')),
                ('dotmlpfi', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('doctrine', 'doctrine'), ('organisation', 'organisation'), ('training', 'training'), ('materiel', 'materiel'), ('leadership', 'leadership and education'), ('personnel', 'personnel'), ('facilities', 'facilities'), ('interoperability', 'interoperability')], max_length=16), blank=True, default=list, size=None, verbose_name='capability areas (DOTMLPFI)')),
                ('maturity_source', models.ForeignKey(blank=True, db_constraint=False, help_text='The source that shows this stage; a lesson learned must have one.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source', verbose_name='proof of the stage')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='lessons.lesson')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LessonMissionsHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('lesson', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.lesson')),
                ('mission', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='missions.mission')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LessonRecurrenceOfHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('from_lesson', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.lesson')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('to_lesson', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.lesson')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LessonSourcesHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('lesson', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.lesson')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('source', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LessonThemesHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('lesson', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.lesson')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('theme', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.theme')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RemedialAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('text', models.CharField(max_length=400, verbose_name='text')),
                ('action_body', models.CharField(blank=True, max_length=120, verbose_name='responsible body')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('tasked', 'tasked'), ('in-progress', 'in progress'), ('implemented', 'implemented'), ('cancelled', 'cancelled')], default='proposed', max_length=12, verbose_name='status')),
                ('due', pkportal.content.dates.PartialDateField(blank=True, null=True, verbose_name='due on')),
                ('done', pkportal.content.dates.PartialDateField(blank=True, null=True, verbose_name='done on')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remedial_actions', to='lessons.lesson', verbose_name='lesson')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedial_actions', to='sources.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'remedial action',
                'verbose_name_plural': 'remedial actions',
                'ordering': ['lesson__number', 'order'],
                'constraints': [models.UniqueConstraint(fields=('lesson', 'order'), name='remedial_action_key')],
            },
        ),
        pkportal.content.permanent_references.AddReference(
            model_name='remedialaction',
            name='reference',
            field=pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, max_length=20, prefix='ACT', unique=True, verbose_name='reference'),
            order=['lesson__number', 'order'],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remedialaction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_remedialactionhistory" ("action_body", "done", "due", "id", "lesson_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "source_id", "status", "text") SELECT new_values."action_body", new_values."done", new_values."due", new_values."id", new_values."lesson_id", new_values."order", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference", new_values."source_id", new_values."status", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2ed1ed0b70f1253ffff27fb2685d4f927a1cd7a8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ced83', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_remedialaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remedialaction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_remedialactionhistory" ("action_body", "done", "due", "id", "lesson_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "source_id", "status", "text") SELECT new_values."action_body", new_values."done", new_values."due", new_values."id", new_values."lesson_id", new_values."order", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reference", new_values."source_id", new_values."status", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b13ecd9cb5b1427c17fb40e9e081c65b9623bc34', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_656dd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='lessons_remedialaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remedialaction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_remedialactionhistory" ("action_body", "done", "due", "id", "lesson_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "source_id", "status", "text") SELECT old_values."action_body", old_values."done", old_values."due", old_values."id", old_values."lesson_id", old_values."order", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference", old_values."source_id", old_values."status", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='640d6f02b3c3dd1a591a3d371d68b0861173ba87', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_92bcf', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_remedialaction', when='AFTER')),
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], db_default='draft', default='draft', max_length=9, verbose_name='status')),
                ('published_at', models.DateTimeField(blank=True, help_text='A time in the future keeps a published record hidden until then.', null=True, verbose_name='published at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('checked_digest', models.CharField(blank=True, db_default='', default='', editable=False, max_length=32)),
                ('ai_assisted', models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('title', models.CharField(max_length=120, unique=True, verbose_name='title')),
                ('summary', models.CharField(max_length=300, verbose_name='summary')),
                ('text', pkportal.sources.fields.MarkdownField(verbose_name='text')),
                ('is_checked', models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('checked_digest', django.db.models.functions.text.MD5(django.db.models.functions.text.Concat(models.Func(models.F('title'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('summary'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('text'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), output_field=models.TextField())))), then=models.Value(True)), default=models.Value(False)), output_field=models.BooleanField(verbose_name='checked'), verbose_name='checked')),
                ('cited', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('text'), models.Value('\n'), output_field=models.TextField()), function='pk_cited', output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func(models.F('title'), function='pk_words', output_field=models.TextField()), config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('summary'), function='pk_words', output_field=models.TextField()), models.Func(models.F('text'), function='pk_words', output_field=models.TextField()), config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector(models.Func(models.F('code'), function='pk_words', output_field=models.TextField()), config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('lessons', models.ManyToManyField(blank=True, related_name='topics', to='lessons.lesson', verbose_name='lessons')),
                ('missions', models.ManyToManyField(blank=True, related_name='topics', to='missions.mission', verbose_name='missions')),
                ('related', models.ManyToManyField(blank=True, related_name='+', to='lessons.topic', verbose_name='related topics')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['order', 'code'],
                'abstract': False,
                'default_permissions': ['add', 'change', 'delete', 'view', 'publish'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='topic_search'), django.contrib.postgres.indexes.GinIndex(fields=['cited'], name='topic_cited')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='topic_published_has_date', violation_error_message='A published record says when it was published.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', False), _connector='OR'), name='topic_withdrawn_has_date', violation_error_message='A withdrawn record says when it was withdrawn.')],
            },
        ),
        pkportal.content.permanent_references.AddReference(
            model_name='topic',
            name='reference',
            field=pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, max_length=20, prefix='TOP', unique=True, verbose_name='reference'),
            order=['code'],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topichistory" ("ai_assisted", "checked_digest", "code", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reference", "status", "summary", "text", "title", "withdrawn_at") SELECT new_values."ai_assisted", new_values."checked_digest", new_values."code", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."reference", new_values."status", new_values."summary", new_values."text", new_values."title", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='39cbe3d1b8a935fc892e4bbbcc546e06ff8924db', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_35b18', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topichistory" ("ai_assisted", "checked_digest", "code", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reference", "status", "summary", "text", "title", "withdrawn_at") SELECT new_values."ai_assisted", new_values."checked_digest", new_values."code", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."reference", new_values."status", new_values."summary", new_values."text", new_values."title", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."ai_assisted" IS DISTINCT FROM (new_values."ai_assisted") OR old_values."checked_digest" IS DISTINCT FROM (new_values."checked_digest") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."order" IS DISTINCT FROM (new_values."order") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."reference" IS DISTINCT FROM (new_values."reference") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."summary" IS DISTINCT FROM (new_values."summary") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."withdrawn_at" IS DISTINCT FROM (new_values."withdrawn_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='32f334e328d6ffb055a071a3f3a93a0a2d37774f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c366d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='lessons_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topichistory" ("ai_assisted", "checked_digest", "code", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reference", "status", "summary", "text", "title", "withdrawn_at") SELECT old_values."ai_assisted", old_values."checked_digest", old_values."code", old_values."id", old_values."order", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."reference", old_values."status", old_values."summary", old_values."text", old_values."title", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e735d7ceea9699a8eaf75f8571ce4efccb418a00', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_73d8f', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_topic', when='AFTER')),
        ),
        migrations.CreateModel(
            name='LessonMissions',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('lessons.lesson_missions',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonmissions',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonmissionshistory" ("id", "lesson_id", "mission_id", "pgh_context_id", "pgh_created_at", "pgh_label") SELECT new_values."id", new_values."lesson_id", new_values."mission_id", _pgh_attached_context.value, NOW(), \'insert\' FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='336cf463e3e6d327fd3f1eee66a731befbee4fd3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_743d0', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_lesson_missions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonmissions',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonmissionshistory" ("id", "lesson_id", "mission_id", "pgh_context_id", "pgh_created_at", "pgh_label") SELECT old_values."id", old_values."lesson_id", old_values."mission_id", _pgh_attached_context.value, NOW(), \'delete\' FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='275cc3964db07c383d5bbaacef64053c1cf2cf7c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4a8aa', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_lesson_missions', when='AFTER')),
        ),
        migrations.CreateModel(
            name='LessonRecurrenceOf',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('lessons.lesson_recurrence_of',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonrecurrenceof',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonrecurrenceofhistory" ("from_lesson_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "to_lesson_id") SELECT new_values."from_lesson_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."to_lesson_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='29eb654ed72d4fd82fa2e4c8eec9a3a118286943', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7944a', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_lesson_recurrence_of', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonrecurrenceof',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonrecurrenceofhistory" ("from_lesson_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "to_lesson_id") SELECT old_values."from_lesson_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."to_lesson_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='961730f5df8ff88df22283ee6606c6bb0fbbaec1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a8bf8', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_lesson_recurrence_of', when='AFTER')),
        ),
        migrations.CreateModel(
            name='LessonSources',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('lessons.lesson_sources',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonsources',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonsourceshistory" ("id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "source_id") SELECT new_values."id", new_values."lesson_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."source_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a2179c546c0fdafa416b00db9953a3581e0ab432', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dbfa9', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_lesson_sources', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonsources',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonsourceshistory" ("id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "source_id") SELECT old_values."id", old_values."lesson_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."source_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='615c404edfe34b44291ebb3b916b6107bb9155e6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a1d64', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_lesson_sources', when='AFTER')),
        ),
        migrations.CreateModel(
            name='LessonThemes',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('lessons.lesson_themes',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonthemes',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonthemeshistory" ("id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "theme_id") SELECT new_values."id", new_values."lesson_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."theme_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f02fab59d1b3925f846c3ed7f02a72654ad6afed', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d7742', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_lesson_themes', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lessonthemes',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_lessonthemeshistory" ("id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "theme_id") SELECT old_values."id", old_values."lesson_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."theme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3f5933283d5b8e5acadec8b66da04eb4a720588d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fab46', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_lesson_themes', when='AFTER')),
        ),
        migrations.CreateModel(
            name='RemedialActionHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, max_length=20, prefix='ACT', verbose_name='reference')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('text', models.CharField(max_length=400, verbose_name='text')),
                ('action_body', models.CharField(blank=True, max_length=120, verbose_name='responsible body')),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('tasked', 'tasked'), ('in-progress', 'in progress'), ('implemented', 'implemented'), ('cancelled', 'cancelled')], default='proposed', max_length=12, verbose_name='status')),
                ('due', pkportal.content.dates.PartialDateField(blank=True, null=True, verbose_name='due on')),
                ('done', pkportal.content.dates.PartialDateField(blank=True, null=True, verbose_name='done on')),
                ('lesson', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.lesson', verbose_name='lesson')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='lessons.remedialaction')),
                ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source', verbose_name='source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TopicHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, max_length=20, prefix='TOP', verbose_name='reference')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], db_default='draft', default='draft', max_length=9, verbose_name='status')),
                ('published_at', models.DateTimeField(blank=True, help_text='A time in the future keeps a published record hidden until then.', null=True, verbose_name='published at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('checked_digest', models.CharField(blank=True, db_default='', default='', editable=False, max_length=32)),
                ('ai_assisted', models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted')),
                ('code', models.SlugField(db_index=False, max_length=60, verbose_name='code')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('summary', models.CharField(max_length=300, verbose_name='summary')),
                ('text', pkportal.sources.fields.MarkdownField(verbose_name='text')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='lessons.topic')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TopicLessonsHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('lesson', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.lesson')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('topic', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.topic')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TopicMissionsHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('mission', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='missions.mission')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('topic', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.topic')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TopicRelatedHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('from_topic', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.topic')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('to_topic', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='lessons.topic')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TopicLessons',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('lessons.topic_lessons',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topiclessons',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topiclessonshistory" ("id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "topic_id") SELECT new_values."id", new_values."lesson_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."topic_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3a8821309fcf5a6c3ac7f8bd2dbb816931f06b9e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c741b', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_topic_lessons', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topiclessons',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topiclessonshistory" ("id", "lesson_id", "pgh_context_id", "pgh_created_at", "pgh_label", "topic_id") SELECT old_values."id", old_values."lesson_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."topic_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3e33b0907a5d636dff8b5056e9ad4d9975e8680e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7644e', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_topic_lessons', when='AFTER')),
        ),
        migrations.CreateModel(
            name='TopicMissions',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('lessons.topic_missions',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topicmissions',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topicmissionshistory" ("id", "mission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "topic_id") SELECT new_values."id", new_values."mission_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."topic_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eb6319114a21aa2451baa212c1105f8b01835144', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a1db9', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_topic_missions', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topicmissions',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topicmissionshistory" ("id", "mission_id", "pgh_context_id", "pgh_created_at", "pgh_label", "topic_id") SELECT old_values."id", old_values."mission_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."topic_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='01b6e2f4a86ee016daed26443034f02e9b5b497c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_33fe7', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_topic_missions', when='AFTER')),
        ),
        migrations.CreateModel(
            name='TopicRelated',
            fields=[
            ],
            options={
                'proxy': True,
            },
            bases=('lessons.topic_related',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topicrelated',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topicrelatedhistory" ("from_topic_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "to_topic_id") SELECT new_values."from_topic_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."to_topic_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='30f2d4798b5584c83cfb51646dcf75f49c2eabe6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7d166', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_topic_related', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topicrelated',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_topicrelatedhistory" ("from_topic_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "to_topic_id") SELECT old_values."from_topic_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."to_topic_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fae2e247184b1f9e3b9d34ce36233f63579fa24f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_21e72', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_topic_related', when='AFTER')),
        ),
    ]
