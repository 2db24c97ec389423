"""Make databases of the record as it may grow: ``.venv/bin/python -m tests.bench.grow S M L``.

S is the record, M has 100,000 contributions and 20,000 lessons more, L 1,000,000 and 100,000. New rows mix columns of
the record's own rows: all missions, nations, sources, kinds and years occur as often as they do there, and texts have
its words. The same statements give the same rows. No history is kept of the filling, as triggers are off for it.
"""

import argparse
import os
from typing import NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection  # noqa: E402

from lessons.models import Lesson  # noqa: E402
from missions.models import Contribution  # noqa: E402
from pkportal.content.kept_counts import correct_counts  # noqa: E402
from pkportal.content.link_sets import correct_link_sets  # noqa: E402
from tests.databases import copied, used  # noqa: E402


class Growth(NamedTuple):
    """How many rows a database has more than the record."""

    contributions: int
    lessons: int


SIZES = {"S": Growth(0, 0), "M": Growth(100_000, 20_000), "L": Growth(1_000_000, 100_000)}

# The number of a row and of one of its parts choose a row of the record: `old` has these, numbered from 0.
CHOSEN = "(hashint8extended(n, {part}) & 9223372036854775807) %% (SELECT count(*) FROM {table} WHERE id <= %(last)s)"

CONTRIBUTIONS = """
    WITH old AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY id) - 1 AS place, * FROM missions_contribution WHERE id <= %(last)s
    ), new AS (
        SELECT n, a.mission_id, b.country_id, a.kind, a.location, a.basis, a.value_state, a.unit, a.note, c.source_id,
            a.checked_digest,
            greatest(1, (a.quantity * (50 + hashint8extended(n, 4) & 127) / 100)::bigint) AS quantity,
            left(left(a.as_of, 4) || to_char(1 + (hashint8extended(n, 5) & 65535) %% 12, '"-"FM00')
                || to_char(1 + (hashint8extended(n, 6) & 65535) %% 28, '"-"FM00'), length(a.as_of))::pk_date AS as_of
        FROM generate_series(%(first)s::bigint, %(until)s::bigint) AS n
        JOIN old AS a ON a.place = {a} JOIN old AS b ON b.place = {b} JOIN old AS c ON c.place = {c}
    )
    INSERT INTO missions_contribution (mission_id, country_id, kind, location, as_of, basis, value_state, quantity,
        unit, note, source_id, checked_digest)
    SELECT mission_id, country_id, kind, location, as_of, basis, value_state, quantity, unit, note, source_id,
        CASE WHEN checked_digest <> '' THEN {digest} ELSE '' END
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY mission_id, country_id, kind, unit, location, as_of, basis, source_id ORDER BY n
        ) AS same FROM new
    ) AS numbered WHERE same = 1 AND NOT EXISTS (
        SELECT FROM missions_contribution c
        WHERE (c.mission_id, c.country_id, c.kind, c.unit, c.location, c.as_of, c.basis, c.source_id)
            = (numbered.mission_id, numbered.country_id, numbered.kind, numbered.unit, numbered.location,
               numbered.as_of, numbered.basis, numbered.source_id)
    ) ORDER BY n
"""

LESSONS = """
    INSERT INTO lessons_lesson (number, title, kind, maturity, maturity_source_id, maturity_as_of, observation,
        discussion, conclusion, recommendation, applies_when, does_not_apply_when, dotmlpfi, ai_assisted, status,
        published_at)
    SELECT 'PK-L-' || to_char(n, 'FM000000'), left(a.title || ', and ' || lower(b.title), 120), a.kind, a.maturity,
        a.maturity_source_id, a.maturity_as_of, a.observation, b.discussion, c.conclusion, b.recommendation,
        a.applies_when, a.does_not_apply_when, a.dotmlpfi, a.ai_assisted, a.status, a.published_at
    FROM generate_series(%(first)s::bigint, %(until)s::bigint) AS n
    JOIN old AS a ON a.place = {a} JOIN old AS b ON b.place = {b} JOIN old AS c ON c.place = {c}
"""

LINKS = """
    INSERT INTO lessons_lesson_{links} (lesson_id, {column})
    SELECT new.id, link.{column}
    FROM generate_series(%(first)s::bigint, %(until)s::bigint) AS n
    JOIN old ON old.place = {chosen} JOIN lessons_lesson_{links} AS link ON link.lesson_id = old.id
    JOIN lessons_lesson AS new ON new.number = 'PK-L-' || to_char(n, 'FM000000')
"""

NUMBERED_LESSONS = """
    CREATE TEMPORARY TABLE old AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS place, * FROM lessons_lesson WHERE id <= %(last)s
"""


def database_name(size):
    """Return the name of the database of one size."""
    return f"{connection.settings_dict['NAME']}_bench_{size.lower()}"


def grow(size):
    """Make the database of one size, or leave it as it is if there is one; return its name."""
    name = database_name(size)
    with connection._nodb_cursor() as server:
        server.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        if server.fetchone() == ("complete",):
            return name
    copied(name, "template0" if size == "S" else grow("S"))
    with used(name):
        if size == "S":
            call_command("migrate", verbosity=0)
            call_command("load", "fixtures", verbosity=0)
        else:
            fill(SIZES[size])
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
            cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS 'complete'")
    return name


def fill(growth):
    """Add rows, and write no history of them."""
    tables = ["missions_contribution", "lessons_lesson", *(f"lessons_lesson_{it}" for it in ["missions", "themes"])]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        add_contributions(cursor, growth.contributions)
        add_lessons(cursor, growth.lessons)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    correct_link_sets()
    correct_counts()


def add_contributions(cursor, number):
    """Add contributions; those whose natural key is there already are left out, and others made for them."""
    digest = " || ".join(f"pk_text({name}) || chr(31)" for name in Contribution.checked_fields)
    chosen = {part: CHOSEN.format(part=at, table="missions_contribution") for at, part in enumerate("abc")}
    statement = CONTRIBUTIONS.format(digest=f"md5({digest})", **chosen)
    last, first = Contribution.objects.order_by("pk").last().pk, 0
    while number:
        cursor.execute(statement, {"last": last, "first": first, "until": first + number - 1})
        first, number = first + number, number - cursor.rowcount


def add_lessons(cursor, number):
    """Add lessons, with the missions of the one and the themes of the other lesson that they are mixed of."""
    chosen = {part: CHOSEN.format(part=at, table="lessons_lesson") for at, part in enumerate("abc")}
    first = 100_000  # above all numbers of the record
    bounds = {"last": Lesson.objects.order_by("pk").last().pk, "first": first, "until": first + number - 1}
    cursor.execute(NUMBERED_LESSONS, bounds)
    cursor.execute(LESSONS.format(**chosen), bounds)
    for links, column, part in [("missions", "mission_id", "a"), ("themes", "theme_id", "b")]:
        cursor.execute(LINKS.format(links=links, column=column, chosen=chosen[part]), bounds)
    cursor.execute("DROP TABLE old")


def main():
    """Make the databases that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", choices=SIZES, metavar="S|M|L")
    for size in parser.parse_args().sizes:
        print(f"{size}: database {grow(size)}")


if __name__ == "__main__":
    main()
