"""The trigger function of kept counts: it adds what a statement changes to the tables that are its arguments.

The arguments are pairs: a table of counts, and its columns. A statement that changes no counted column adds nothing.
"""

from django.db import migrations

# After TRUNCATE nobody else can read or change the rows, so all counts are seen and deleted. To truncate them would
# fail where one TRUNCATE names both tables.
COUNT_CHANGES = """
CREATE FUNCTION pk_count_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    at integer;
    changes text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT *, 1 AS weight FROM new_rows'
        WHEN 'DELETE' THEN 'SELECT *, -1 AS weight FROM old_rows'
        WHEN 'UPDATE' THEN 'SELECT *, 1 AS weight FROM new_rows UNION ALL SELECT *, -1 FROM old_rows'
    END;
BEGIN
    FOR at IN 0 .. TG_NARGS - 1 BY 2 LOOP
        IF TG_OP = 'TRUNCATE' THEN
            EXECUTE format('DELETE FROM %I', TG_ARGV[at]);
        ELSE
            EXECUTE format(
                'INSERT INTO %1$I (%2$s, number) SELECT %2$s, sum(weight) FROM (%3$s) AS changes '
                'GROUP BY %2$s HAVING sum(weight) <> 0',
                TG_ARGV[at], TG_ARGV[at + 1], changes
            );
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0002_content_version")]
    operations = [migrations.RunSQL(COUNT_CHANGES, "DROP FUNCTION pk_count_changes() CASCADE")]
