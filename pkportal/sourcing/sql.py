"""The citations of a text as PostgreSQL finds them, for the generated columns ``cited``."""

from .citations import BRACKET, NAMED

# Odd backslashes before a bracket take its meaning away, as in Markdown. What PostgreSQL does not know is code:
# it also lists what stands in a code span, so it may list more than the page shows, never less.
# A new grammar needs a migration that runs this again and one that rewrites the columns made with it.
CITED_SQL = rf"""
CREATE OR REPLACE FUNCTION pk_cited(body text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT DISTINCT named[1] COLLATE "C"
    FROM regexp_matches(regexp_replace(body, '\r\n?', E'\n', 'g'), '(?<!\\)(?:\\\\)*{BRACKET}', 'g') AS bracket,
        regexp_matches(bracket[1], '{NAMED}', 'g') AS named
    ORDER BY 1
)
"""  # noqa: S608 - made of our own patterns only

DROP_CITED_SQL = "DROP FUNCTION IF EXISTS pk_cited(text)"
