
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lessons', '0002_roles'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='theme',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='theme',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='theme',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='theme',
            name='ai_assisted',
            field=models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted'),
        ),
        migrations.AddField(
            model_name='theme',
            name='checked_digest',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name='themehistory',
            name='checked_digest',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name='themehistory',
            name='ai_assisted',
            field=models.BooleanField(db_default=False, default=False, help_text='The text was drafted or compiled with the help of an AI system.', verbose_name='AI-assisted'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_themehistory" ("ai_assisted", "checked_digest", "code", "description", "family", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."ai_assisted", new_values."checked_digest", new_values."code", new_values."description", new_values."family", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f5b83ec7f14a2161fc502cd18071605d2c0f0fc0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4af92', referencing='REFERENCING NEW TABLE AS new_values ', table='lessons_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_themehistory" ("ai_assisted", "checked_digest", "code", "description", "family", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."ai_assisted", new_values."checked_digest", new_values."code", new_values."description", new_values."family", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."ai_assisted" IS DISTINCT FROM (new_values."ai_assisted") OR old_values."checked_digest" IS DISTINCT FROM (new_values."checked_digest") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."family" IS DISTINCT FROM (new_values."family") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6928ae76510b3501371f43a9fdc414ef981651a8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_41ccb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='lessons_theme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "lessons_themehistory" ("ai_assisted", "checked_digest", "code", "description", "family", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."ai_assisted", old_values."checked_digest", old_values."code", old_values."description", old_values."family", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c9979decae73ad1cfc8d98d25d70095b0b1d98b0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_78661', referencing='REFERENCING OLD TABLE AS old_values ', table='lessons_theme', when='AFTER')),
        ),
        migrations.AddField(
            model_name='theme',
            name='is_checked',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('checked_digest', django.db.models.functions.text.MD5(django.db.models.functions.text.Concat(models.Func(models.F('name'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('family'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), models.Func(models.F('description'), function='pk_text', output_field=models.TextField()), models.Value('\x1f'), output_field=models.TextField())))), then=models.Value(True)), default=models.Value(False)), output_field=models.BooleanField(verbose_name='checked'), verbose_name='checked'),
        ),
    ]
