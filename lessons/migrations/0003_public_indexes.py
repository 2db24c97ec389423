from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lessons", "0002_list_indexes")]

    operations = [
        migrations.AddIndex(
            model_name="lesson",
            index=models.Index(
                condition=models.Q(("is_checked", True)),
                fields=["-published_at", "-number"],
                name="lesson_newest_checked",
            ),
        ),
        migrations.AddIndex(
            model_name="lesson",
            index=models.Index(
                condition=models.Q(("status", "published")), fields=["id", "published_at"], name="lesson_public"
            ),
        ),
    ]
