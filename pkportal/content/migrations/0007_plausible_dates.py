"""Partial dates are plausible: a year from 1900 to thirty years from now, in every column of every model."""

from django.db import migrations

# the bound only ever moves on, so that a date once accepted stays so; dates stored before are left as they are
PLAUSIBLE = """
ALTER DOMAIN pk_date ADD CONSTRAINT pk_date_is_plausible CHECK (
    VALUE IS NULL OR substr(VALUE, 1, 4)::int BETWEEN 1900 AND extract(year FROM current_date) + 30
) NOT VALID
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0006_name_order")]
    operations = [migrations.RunSQL(PLAUSIBLE, "ALTER DOMAIN pk_date DROP CONSTRAINT pk_date_is_plausible")]
