
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lessons', '0003_theme_check'),
        ('missions', '0001_initial'),
        ('sourcing', '0001_initial'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='lesson',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^PK-L-[0-9]{4,}$')), name='lesson_number_is_one', violation_error_message="A lesson's number is like PK-L-0042."),
        ),
    ]
