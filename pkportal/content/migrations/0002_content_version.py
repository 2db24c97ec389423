"""The content version: a number that changes in the same transaction as any record.

Writers only insert, so none waits for another. The version is the sum over what a snapshot sees: it counts the content
transactions that have committed. A sequence would move before the commit, and ``max(id)`` would miss a writer that
began first and committed last.
"""

from django.db import migrations

# lease_seconds: for how long a server may rely on a version that it read while no writer was at work
TABLES = """
CREATE TABLE pk_content_change (
    number bigint NOT NULL DEFAULT 1,
    locked_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_threshold = 100, autovacuum_vacuum_scale_factor = 0);
INSERT INTO pk_content_change DEFAULT VALUES;
CREATE TABLE pk_content_lease (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    lease_seconds float NOT NULL DEFAULT 0.1
);
INSERT INTO pk_content_lease DEFAULT VALUES;
CREATE FUNCTION pk_content_version() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT sum(number)::bigint FROM pk_content_change);
"""

# Once a transaction. A setting of the transaction remembers it; a savepoint that is rolled back forgets both it and the
# row. Everybody sees the lock at once, before the commit.
CHANGED = """
CREATE FUNCTION pk_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('pk.content_changed_by', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        PERFORM set_config('pk.content_changed_by', pg_current_xact_id()::text, true);
        PERFORM pg_advisory_xact_lock_shared(8021949);
        INSERT INTO pk_content_change DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $$
"""

# A content transaction commits only after every lease that was given before its lock has ended.
FENCE = """
CREATE FUNCTION pk_wait_for_leases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_sleep(
        (SELECT lease_seconds FROM pk_content_lease) - extract(epoch FROM clock_timestamp() - NEW.locked_at)::float
    );
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pk_wait_for_leases AFTER INSERT ON pk_content_change
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pk_wait_for_leases()
"""

# Many rows become one with the same sum, so nobody's version changes.
FOLD = """
CREATE FUNCTION pk_fold_content_changes() RETURNS void LANGUAGE sql AS $$
    WITH folded AS (
        DELETE FROM pk_content_change
        WHERE ctid IN (SELECT ctid FROM pk_content_change FOR UPDATE SKIP LOCKED)
        RETURNING number
    )
    INSERT INTO pk_content_change (number, locked_at)
    SELECT sum(number), 'epoch' FROM folded HAVING count(*) > 0
$$
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]
    operations = [
        migrations.RunSQL(
            TABLES,
            "DROP FUNCTION pk_content_version; DROP TABLE pk_content_lease; DROP TABLE pk_content_change",
        ),
        migrations.RunSQL(CHANGED, "DROP FUNCTION pk_content_changed() CASCADE"),
        migrations.RunSQL(FENCE, "DROP FUNCTION pk_wait_for_leases() CASCADE"),
        migrations.RunSQL(FOLD, "DROP FUNCTION pk_fold_content_changes()"),
    ]
