"""Permanent references: EV-0123 is given by a sequence of its kind, one sequence for each prefix.

A sequence never goes back, so a reference is not given twice, not after its record was deleted either.
"""

from django.db import migrations

GIVE = """
CREATE FUNCTION pk_reference_sequence(prefix text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN 'pk_reference_' || lower(replace(prefix, '-', '_'));

CREATE FUNCTION pk_reference(prefix text, digits integer, number bigint) RETURNS text LANGUAGE sql IMMUTABLE
RETURN prefix || '-' || lpad(number::text, greatest(digits, length(number::text)), '0');

CREATE FUNCTION pk_next_reference(prefix text, digits integer) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF to_regclass(pk_reference_sequence(prefix)) IS NULL THEN  -- the first row of a table that is new
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', pk_reference_sequence(prefix));
    END IF;
    RETURN pk_reference(prefix, digits, nextval(pk_reference_sequence(prefix)::regclass));
END $$
"""

# A file may bring references that were given elsewhere: the next one comes after the highest. ALTER SEQUENCE keeps
# others from taking a number between the question and the answer.
KEEP = """
CREATE FUNCTION pk_keep_references() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sequence regclass := pk_reference_sequence(TG_ARGV[0])::regclass;
    highest bigint := (SELECT max(substring(reference FROM '[0-9]+$')::bigint) FROM new_rows);
BEGIN
    IF highest > coalesce(pg_sequence_last_value(sequence), 0) THEN
        EXECUTE format('ALTER SEQUENCE %s NO CYCLE', sequence);
        PERFORM setval(sequence, greatest(highest, coalesce(pg_sequence_last_value(sequence), 0)));
    END IF;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0004_search_words")]
    operations = [
        migrations.RunSQL(
            GIVE,
            "DROP FUNCTION pk_next_reference; DROP FUNCTION pk_reference; DROP FUNCTION pk_reference_sequence",
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION pk_keep_references() CASCADE"),
    ]
