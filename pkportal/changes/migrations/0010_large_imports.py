from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('changes', '0009_contexts_of_imports'),
    ]

    operations = [
        migrations.RemoveField('importedfile', 'rows_of'),
        migrations.AddField('importedfile', 'thousandths_done', models.IntegerField(default=0)),
        migrations.AlterField(
            model_name='importedfile',
            name='state',
            field=models.CharField(choices=[('sending', 'is being sent'), ('asking', 'waits for an answer'), ('staging', 'is being read'), ('staged', 'waits for confirmation'), ('applying', 'is being stored'), ('applied', 'stored'), ('proposed', 'waits for review'), ('refused', 'refused'), ('cancelled', 'thrown away'), ('undone', 'undone'), ('broken_off', 'broken off')], default='staging', max_length=10, verbose_name='state'),
        ),
    ]
