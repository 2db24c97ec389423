"""The domain and the functions that columns of every room are made of."""

from django.db import migrations

from pkportal.dates import DOMAIN_SQL
from pkportal.sourcing.sql import CITED_SQL, DROP_CITED_SQL

TEXT_SQL = """
CREATE FUNCTION pk_text(value anyelement) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET datestyle = 'ISO' AS $$ SELECT coalesce(value::text, '') $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(DOMAIN_SQL, "DROP DOMAIN pk_date"),
        migrations.RunSQL(TEXT_SQL, "DROP FUNCTION pk_text"),
        migrations.RunSQL(CITED_SQL, DROP_CITED_SQL),
    ]
