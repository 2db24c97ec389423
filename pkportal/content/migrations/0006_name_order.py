"""The key by which names sort as people sort them, the same on any server, with ICU or without."""

from django.db import migrations

# letters without case and accents, and each number with leading zeros, so that 713 comes before 2795; in the collation
# C, or lower() and the order would depend on the server
NAME_ORDER = r"""
CREATE FUNCTION pk_name_order(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN value ~ '[0-9]' THEN
    regexp_replace(
        regexp_replace(lower(pk_unaccent(value) COLLATE "C"), '(?<![0-9])[0-9]{1,8}(?![0-9])', '00000000\&', 'g'),
        '0*([0-9]{9})(?![0-9])', '\1', 'g'
    )
ELSE lower(pk_unaccent(value) COLLATE "C") END
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0005_permanent_references")]
    operations = [migrations.RunSQL(NAME_ORDER, "DROP FUNCTION pk_name_order(text)")]
