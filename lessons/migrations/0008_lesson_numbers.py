"""The number of a lesson is given by the database, as the references of other kinds are."""

import django.core.validators
import pkportal.content.permanent_references
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('lessons', "0007_name_order"),
    ]

    operations = [
        migrations.AlterField(
            model_name='lesson',
            name='number',
            field=pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, help_text='For example PK-L-0042. It is given when the lesson is saved, and never used again.', max_length=12, prefix='PK-L', unique=True, validators=[django.core.validators.RegexValidator('^PK-L-[0-9]{4,}\\Z', "A lesson's number is like PK-L-0042.")], verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='lessonhistory',
            name='number',
            field=pkportal.content.permanent_references.PermanentReferenceField(digits=4, editable=False, help_text='For example PK-L-0042. It is given when the lesson is saved, and never used again.', max_length=12, prefix='PK-L', validators=[django.core.validators.RegexValidator('^PK-L-[0-9]{4,}\\Z', "A lesson's number is like PK-L-0042.")], verbose_name='number'),
        ),
        # A new table has this check of the pattern, and none of the characters of a text that nobody writes.
        migrations.RunSQL(
            "ALTER TABLE lessons_lesson ADD CONSTRAINT lessons_lesson_number_check"
            " CHECK (number ~ '^PK-L-([0-9]{4}|[1-9][0-9]{4,})$')",
            "ALTER TABLE lessons_lesson DROP CONSTRAINT lessons_lesson_number_check",
        ),
        migrations.RunSQL(
            "ALTER TABLE lessons_lesson DROP CONSTRAINT IF EXISTS number_keeps_direction", migrations.RunSQL.noop
        ),
    ]
