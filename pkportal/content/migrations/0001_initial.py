"""The domain of partial dates, and the functions that generated columns are made of."""

from django.db import migrations

PARTIAL_DATE = r"""
CREATE DOMAIN pk_date AS text COLLATE "C" CHECK (
    VALUE IS NULL OR VALUE ~ '^\d{4}(-\d\d(-\d\d)?)?$'
    AND make_date(
        substr(VALUE, 1, 4)::int,
        coalesce(nullif(substr(VALUE, 6, 2), ''), '1')::int,
        coalesce(nullif(substr(VALUE, 9, 2), ''), '1')::int
    ) IS NOT NULL
)
"""

# any value as text, the same whatever the session's settings: what the digest of a checked record is made of
TEXT = """
CREATE FUNCTION pk_text(value anyelement) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET datestyle = 'ISO' AS $$ SELECT coalesce(value::text, '') $$
"""

# a text without its accents, as `unaccent` in pkportal/content/unaccent.py; ASCII has as many bytes as letters
UNACCENT = r"""
CREATE FUNCTION pk_unaccent(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN octet_length(value) = char_length(value) THEN value ELSE
    translate(
        normalize(regexp_replace(normalize(value, NFD), '[\u0300-\u036f]+', '', 'g'), NFC),
        'øØđĐłŁıħĦŧŦ', 'oOdDlLihHtT'
    )
END
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(PARTIAL_DATE, "DROP DOMAIN pk_date"),
        migrations.RunSQL(TEXT, "DROP FUNCTION pk_text"),
        migrations.RunSQL(UNACCENT, "DROP FUNCTION pk_unaccent(text)"),
    ]
