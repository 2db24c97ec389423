"""The words of a text as search reads them, as ``search_words`` in pkportal/content/words.py."""

from django.db import migrations

# patterns and what takes their place, in order; what is found between two words becomes a space
RULES = [
    (r"\[@[^\[\]]*\]", r"' '"),
    (r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)", r"' '"),
    (r"[*`~]", r"''"),
    (r"(?<![0-9])([12][0-9]{3})-0?([1-9]|1[0-2])-0?([1-9]|[12][0-9]|3[01])(?![0-9])", r"E'\\3 \x01\\2 \\1'"),
    (r"(?<![0-9])([12][0-9]{3})-(?:0([1-9])|(1[0-2]))(?![0-9-])", r"E'\x01\\2\\3 \\1'"),
    (r"(?<![0-9./])0?([1-9]|[12][0-9]|3[01])[./]0?([1-9]|1[0-2])[./]([12][0-9]{3})(?![0-9])", r"E'\\1 \x01\\2 \\3'"),
    (r"(?<![0-9./])0?([1-9]|1[0-2])/(1[3-9]|2[0-9]|3[01])/([12][0-9]{3})(?![0-9])", r"E'\\2 \x01\\1 \\3'"),
    (r"(?<=[0-9])[,''\u2019\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))", r"''"),
    (r"(?<=[^A-Za-z0-9][A-Za-z])\.(?=[A-Za-z](?![A-Za-z0-9]))", r"''"),
    (r"(?<![A-Za-z0-9-])([A-Za-z]{1,3})[-\u2010\u2011]([0-9]{1,3})(?![0-9])", r"'\1\2'"),
    (r"([0-9])(?:s|st|nd|rd|th)(?![A-Za-z0-9])", r"'\1'"),
    (r"([A-Za-z]{4})([0-9])", r"'\1 \2'"),
    (r"([A-Za-z]{3})([0-9]{4})", r"'\1 \2'"),
    (r"[!-/:-@\[-^_`{-~\u00a0-\u00bf\u2000-\u206f]", r"' '"),
]
MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
MONTHS += ["August", "September", "October", "November", "December"]

expression = r"' ' || pk_unaccent(translate(value, E'\x01', ' ')) || ' '"
for pattern, replacement in RULES:
    expression = f"regexp_replace({expression}, '{pattern}', {replacement}, 'g')"
for number in range(12, 0, -1):
    expression = rf"replace({expression}, E'\x01{number}', '{MONTHS[number - 1]}')"
WORDS = f"""
CREATE FUNCTION pk_words(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN value ~ '^[A-Za-z ]*$' THEN value ELSE {expression} END
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0003_count_changes")]
    operations = [migrations.RunSQL(WORDS, "DROP FUNCTION pk_words(text)")]
