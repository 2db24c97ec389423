from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('website', '0006_release_history'),
    ]

    operations = [
        migrations.RenameField(model_name='release', old_name='history_begins', new_name='made_at'),
        migrations.AddField(
            model_name='release',
            name='unseen_history',
            field=models.JSONField(default=dict),  # releases that are there are compared with all that has a history
        ),
    ]
