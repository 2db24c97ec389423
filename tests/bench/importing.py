"""Measure imports: ``python -m tests.bench.importing`` prints seconds of CPU, of this process and of the database's.

The file has 100,000 new contributions. It is stored by a bare COPY into the same table, by django-import-export's
default flow (a part of the rows, as it takes minutes), and as ``load`` stores it; then it is loaded again unchanged,
with one bad row in a hundred, and 10,000 rows of it are previewed. Everything is taken back. ``--memory`` also
prints how much memory a load and a preview take (``import_memory.py``).
"""

import csv
import io
import itertools
import os
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
os.environ.setdefault("SITE_URL", "http://127.0.0.1")
django.setup()

import pghistory  # noqa: E402 - Django first
import tablib  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from import_export import fields, resources, widgets  # noqa: E402

from missions.models import Contribution, Country, Mission  # noqa: E402
from missions.resources import ContributionResource  # noqa: E402
from pkportal.exchange.loading import AS_IT_IS, load_file  # noqa: E402
from pkportal.exchange.progress import no_report  # noqa: E402
from pkportal.exchange.reading import TableRow  # noqa: E402
from pkportal.sources.models import Source  # noqa: E402
from tests.bench.import_memory import memory  # noqa: E402
from tests.databases import dropped  # noqa: E402
from tests.served import ROOT, database  # noqa: E402

ROWS, MANY_ROWS, PREVIEWED, STOCK_ROWS = 100_000, 1_000_000, 10_000, 1_000
COLUMNS = [
    "mission",
    "country",
    "kind",
    "location",
    "as_of",
    "basis",
    "value_state",
    "quantity",
    "unit",
    "note",
    "source",
]
TICKS = os.sysconf("SC_CLK_TCK")


def write_rows(path, number, bad_every=0):
    """Write a file of contributions that are not on record: those of the record, each at many places."""
    with (ROOT / "fixtures" / "contributions.csv").open(newline="", encoding="utf-8-sig") as known:
        rows = [*csv.DictReader(known)]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        for count, row in zip(range(number), itertools.cycle(rows), strict=False):
            is_bad = bad_every and count % bad_every == 0
            changed = {
                "location": f"{row['location']} Place {count // len(rows)}".strip(),
                **({"quantity": "many"} if is_bad else {}),
            }
            writer.writerow({**row, **changed})


def seconds_of_server():
    """Return the CPU time of the database's process that serves this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(times[11]) + int(times[12])) / TICKS


@contextmanager
def measured(name, seconds):
    """Add the CPU seconds of a block, of both processes, under a name."""
    server, own, wall = seconds_of_server(), time.process_time(), time.perf_counter()
    yield
    own, server = time.process_time() - own, seconds_of_server() - server
    seconds[name] = own + server
    print(f"{name}: {own:.2f} s here, {server:.2f} s in the database, {time.perf_counter() - wall:.2f} s", flush=True)


@contextmanager
def taken_back():
    """Take back whatever is stored inside."""
    with transaction.atomic(), pghistory.context(act="load"):
        yield
        transaction.set_rollback(True)


def bare_copy(path, seconds):
    """Copy the rows into the table itself, with its indexes, foreign keys and history."""
    codes = [
        dict(model.objects.values_list(key, "pk"))
        for model, key in [(Mission, "code"), (Country, "iso3"), (Source, "code")]
    ]
    with path.open(newline="") as file:
        _header, *rows = csv.reader(file)
    missions, countries, sources = codes
    lines = io.StringIO()
    csv.writer(lines).writerows([missions[it[0]], countries[it[1]], *it[2:10], sources[it[10]]] for it in rows)
    names = [f"{name}_id" if name in {"mission", "country", "source"} else name for name in COLUMNS]
    text = f"FORCE_NOT_NULL ({', '.join(['location', 'note'])})"
    with taken_back(), connection.cursor() as cursor, measured("bare COPY", seconds):
        with cursor.copy(f"COPY missions_contribution ({', '.join(names)}) FROM STDIN (FORMAT csv, {text})") as copy:
            copy.write(lines.getvalue())
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class StockResource(resources.ModelResource):
    """The resource as django-import-export's documentation would write it."""

    mission = fields.Field("mission", "mission", widget=widgets.ForeignKeyWidget(Mission, "code"))
    country = fields.Field("country", "country", widget=widgets.ForeignKeyWidget(Country, "iso3"))
    source = fields.Field("source", "source", widget=widgets.ForeignKeyWidget(Source, "code"))

    class Meta:
        model = Contribution
        fields = COLUMNS
        import_id_fields = ["mission", "country", "kind", "unit", "location", "as_of", "basis", "source"]


def stock(path, seconds):
    """Preview and store some rows as django-import-export does it by default."""
    with path.open(newline="") as file:
        header, *rows = itertools.islice(csv.reader(file), STOCK_ROWS + 1)
    with taken_back(), measured(f"django-import-export, {STOCK_ROWS} rows", seconds):
        for dry_run in [True, False]:
            StockResource().import_data(tablib.Dataset(*rows, headers=header), dry_run=dry_run, raise_errors=True)
    seconds["stock"] = seconds.pop(f"django-import-export, {STOCK_ROWS} rows") * ROWS / STOCK_ROWS


def ours(path, bad, seconds):
    """Load the file, load it again, and load one with bad rows."""
    with taken_back():
        with measured("load", seconds):
            assert load_file(path, ContributionResource, AS_IT_IS, no_report).counts.new == ROWS
        with measured("load unchanged", seconds):
            assert load_file(path, ContributionResource, AS_IT_IS, no_report).counts.unchanged == ROWS
    with taken_back(), measured("load, 1 % bad", seconds):
        assert load_file(bad, ContributionResource, AS_IT_IS, no_report).counts.refused == ROWS // 100


def preview(path, seconds):
    """Stage some rows, as the admin does before it shows them."""
    with path.open(newline="") as file:
        header, *rows = itertools.islice(csv.reader(file), PREVIEWED + 1)
    with taken_back(), measured(f"preview of {PREVIEWED} rows", seconds):
        ContributionResource().import_data(header, (TableRow(*it) for it in enumerate(rows, 2)))


def main():
    """Make a database of the record, and measure."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "importing_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    seconds = {}
    try:
        call_command("load", "fixtures", verbosity=0)
        with tempfile.TemporaryDirectory() as folder:
            path, bad = Path(folder) / "contributions.csv", Path(folder) / "bad" / "contributions.csv"
            bad.parent.mkdir()
            write_rows(path, ROWS)
            write_rows(bad, ROWS, bad_every=100)
            bare_copy(path, seconds)
            ours(path, bad, seconds)
            preview(path, seconds)
            stock(path, seconds)
            print(f"rate of a bare COPY: {seconds['bare COPY'] / seconds['load']:.0%} (at least 50 %)")
            print(f"django-import-export: {seconds['stock'] / seconds['load']:.0f} times as long (at least 150)")
            print(f"unchanged: {seconds['load'] / seconds['load unchanged']:.1f} times as fast (at least 5)")
            print(f"1 % bad: {seconds['load, 1 % bad'] / seconds['load']:.2f} of the time (at most 1)")
            if "--memory" in sys.argv:
                connection.close()
                with database("importing_bench_copy", "importing_bench") as url:
                    memory(Path(folder), url, write_rows, [1, ROWS, MANY_ROWS])
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        dropped("importing_bench")


if __name__ == "__main__":
    main()
