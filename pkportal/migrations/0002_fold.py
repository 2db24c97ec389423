"""The function that takes the accents from a text, of which the columns of words are made."""

from django.db import migrations

from pkportal.reading.folding import DROP_FOLD_SQL, FOLD_SQL


class Migration(migrations.Migration):
    dependencies = [("pkportal", "0001_functions")]
    operations = [migrations.RunSQL(FOLD_SQL, DROP_FOLD_SQL)]
