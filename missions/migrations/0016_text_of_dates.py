"""The dates of a cost share are part of its check by the function that gives the text of a date."""

from django.db import migrations, models
from django.db.models.functions import MD5, Concat


def text(name):
    """Return a column as text."""
    return models.Func(models.F(name), function="pk_text", output_field=models.TextField())


COLUMNS = ["country_id", "period_from", "period_to", "share", "source_id"]
PARTS = [part for name in COLUMNS for part in (text(name), models.Value("\x1f"))]
IS_CHECKED = models.GeneratedField(
    db_persist=True,
    expression=models.Case(
        models.When(models.Q(checked_digest=MD5(Concat(*PARTS, output_field=models.TextField()))), then=models.Value(True)),
        default=models.Value(False),
    ),
    output_field=models.BooleanField(verbose_name="checked"),
    verbose_name="checked",
)


class Migration(migrations.Migration):
    dependencies = [("missions", "0015_withdrawal"), ("content", "0008_plain_rows")]
    operations = [
        migrations.RemoveField("costshare", "is_checked"),
        migrations.AddField("costshare", "is_checked", IS_CHECKED),
    ]
