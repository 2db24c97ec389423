"""Measure what history adds to a bulk insert: ``python -m tests.bench.history``, on the configured database.

10,000 contributions are inserted with history and without, in turn, in a transaction that is taken back: as one
statement of the database, and by ``bulk_create``. Processor time is counted, of Python and of the server process.
Reached on two shared cores: 1.0 and 1.1 times.
"""

from tests.bench.mission import connection, processor_seconds  # first: it sets Django up

from django.db import transaction  # isort: skip

from missions.models import Contribution  # isort: skip

ROWS = 10_000
TIMES = 5
MOST = 1.6
HISTORY_TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_%%'"


def new_rows():
    """Return contributions that are not stored: those of the record, each at many places."""
    known = [*Contribution.objects.order_by("pk")[:500]]
    fields = [
        field.attname
        for field in Contribution._meta.concrete_fields
        if not field.generated and field.name not in {"id", "reference"}
    ]
    for number in range(ROWS):
        values = {name: getattr(known[number % len(known)], name) for name in fields}
        yield Contribution(**{**values, "location": f"Place {number}"})


def by_bulk_create(rows):
    """Insert the rows by Django."""
    Contribution.objects.bulk_create(rows, batch_size=1000)


def by_statement(rows):
    """Insert the rows from a table beside, by one statement."""
    fields = [field for field in Contribution._meta.concrete_fields if not field.generated and not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = Contribution._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM rows_of_the_bench")  # noqa: S608


def seconds(insert, rows, has_history):
    """Return how long an insert takes; nothing of it stays."""
    with transaction.atomic():
        if not has_history:
            with connection.cursor() as cursor:
                cursor.execute(HISTORY_TRIGGERS, [Contribution._meta.db_table])
                for (name,) in cursor.fetchall():
                    cursor.execute(f'ALTER TABLE {Contribution._meta.db_table} DISABLE TRIGGER "{name}"')
        begun = processor_seconds()
        insert(rows)
        taken = processor_seconds() - begun
        transaction.set_rollback(True)
    return taken


def keep_rows():
    """Store the rows in a table beside, with the references that the database gives them."""
    with transaction.atomic(), connection.cursor() as cursor:
        by_bulk_create([*new_rows()])
        table = Contribution._meta.db_table
        sql = f"SELECT * FROM {table} WHERE location LIKE 'Place %%'"  # noqa: S608
        cursor.execute(f"CREATE UNLOGGED TABLE rows_of_the_bench AS {sql}", [])
        cursor.execute(f"DELETE FROM {table} WHERE location LIKE 'Place %%'", [])  # noqa: S608


def main():
    """Measure both ways to insert."""
    keep_rows()
    try:
        for name, insert in [("one statement", by_statement), ("bulk_create", by_bulk_create)]:
            taken = {True: [], False: []}
            for _ in range(TIMES):
                for has_history, times in taken.items():
                    times.append(seconds(insert, [*new_rows()], has_history))
            ratio = min(taken[True]) / min(taken[False])
            print(f"{ROWS} rows by {name}, with history / without = {ratio:.2f} (at most {MOST})")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE rows_of_the_bench")


if __name__ == "__main__":
    main()
