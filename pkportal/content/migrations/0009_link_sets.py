"""The trigger function of kept sets of links: it adds to each set what a statement links, and takes out what it unlinks.

Its arguments are the table of sets, and the columns of the links: that of the rows and that of what they are linked
with. A set is changed as it is when nobody else changes it, and not as the statement has seen it.
"""

from django.db import migrations

# After TRUNCATE nobody else can read or change the links, so all sets are seen and deleted.
LINK_CHANGES = """
CREATE FUNCTION pk_link_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changes text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT *, 1 AS weight FROM new_rows'
        WHEN 'DELETE' THEN 'SELECT *, -1 AS weight FROM old_rows'
        WHEN 'UPDATE' THEN 'SELECT *, 1 AS weight FROM new_rows UNION ALL SELECT *, -1 FROM old_rows'
    END;
    net text := format(
        'SELECT %1$I AS owner, %2$I AS other, sum(weight) AS weight FROM (%3$s) AS changes '
        'GROUP BY 1, 2 HAVING sum(weight) <> 0',
        TG_ARGV[1], TG_ARGV[2], changes
    );
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('DELETE FROM %I', TG_ARGV[0]);
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format(
            'UPDATE %1$I AS kept SET others = ARRAY('
            '    SELECT unnest(kept.others) EXCEPT SELECT unnest(gone.others) ORDER BY 1'
            ') FROM ('
            '    SELECT owner, array_agg(other) AS others FROM (%2$s) AS net WHERE weight < 0 GROUP BY 1'
            ') AS gone WHERE kept.owner = gone.owner',
            TG_ARGV[0], net
        );
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format(
            'INSERT INTO %1$I AS kept (owner, others) '
            'SELECT owner, array_agg(other ORDER BY other) FROM (%2$s) AS net WHERE weight > 0 GROUP BY 1 ORDER BY 1 '
            'ON CONFLICT (owner) DO UPDATE '
            'SET others = ARRAY(SELECT unnest(kept.others || excluded.others) ORDER BY 1)',
            TG_ARGV[0], net
        );
    END IF;
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format(
            'DELETE FROM %1$I WHERE others = ''{}'' AND owner IN (SELECT owner FROM (%2$s) AS net)', TG_ARGV[0], net
        );
    END IF;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0008_plain_rows")]
    operations = [migrations.RunSQL(LINK_CHANGES, "DROP FUNCTION pk_link_changes() CASCADE")]
