"""Measure files of lists on databases of two sizes: ``.venv/bin/python -m tests.bench.exporting M L``.

The rate of a file is compared with that of ``COPY`` of the same columns of the same rows in the same order, without
the guards of a file: in one run, one after the other, on one connection. The first byte is that of the response, with
all that is asked of the database before it. Memory is what the process holds more than before, at most.

On two busy cores, at M: CSV 60 to 79 %, of lessons 61 to 108 %, first byte 1 to 8 ms; XLSX takes 2.3 times as long as
CSV, JSON 1.7 times, and no format holds more than 1 MB. Served, a file of 343 MB (L, all columns) held 4 to 6 MB.
"""

import argparse
import os
import time
from collections.abc import Iterable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
django.setup()

from django.db import connection  # noqa: E402 - Django first
from django.db.models import QuerySet  # noqa: E402
from django.http import QueryDict  # noqa: E402

from lessons.views.lesson_list import LessonList  # noqa: E402
from missions.resources import ContributionResource  # noqa: E402
from missions.views.contribution import ContributionList  # noqa: E402
from pkportal.exchange.columns import ExportResource  # noqa: E402
from pkportal.exchange.copy_out import select_sql  # noqa: E402
from pkportal.exchange.exporting import FORMATS, columns_of, export_response  # noqa: E402
from pkportal.website.lists import FilteredList  # noqa: E402
from tests.bench.grow import grow  # noqa: E402
from tests.databases import used  # noqa: E402

QUERIES = {
    ContributionList: ["", "mission=kfor", "country=ITA&kind=troops", "sort=country", "mission=isaf&sort=-quantity"],
    LessonList: ["", "theme=adaptability-planning"],
}
TIMES = 3
SAMPLED = 200  # blocks between two looks at the memory


def selected(view: type[FilteredList], query: str) -> QuerySet:
    """Return the rows of a list for a query."""
    return view.filterset_class(data=QueryDict(query), queryset=view().get_queryset()).qs


def copied_seconds(resource: type[ExportResource], records: QuerySet, is_explained: bool) -> float:
    """Return how long ``COPY`` takes for the same columns of the same rows, as the database has them."""
    columns = columns_of(resource, public=True, is_explained=is_explained)
    statement = f"COPY ({select_sql(columns, records, True, '*')}) TO STDOUT (FORMAT csv)"
    start = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(statement) as lines:
        assert sum(map(len, lines))
    return time.perf_counter() - start


def exported_seconds(
    resource: type[ExportResource], records: QuerySet, file_format: str, is_explained: bool
) -> tuple[float, float]:
    """Return how long a file takes, and when its first byte comes."""
    start = time.perf_counter()
    response = export_response(resource, records, file_format, "bench", is_explained=is_explained)
    blocks = iter(response.streaming_content)
    next(blocks)
    first = time.perf_counter() - start
    assert sum(map(len, blocks))
    return time.perf_counter() - start, first


def private_megabytes() -> float:
    """Return the memory that only this process has, by the kernel's count."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1024


def held(blocks: Iterable[bytes]) -> float:
    """Return how many megabytes the process holds more than before while a file is made, at most."""
    before, most = private_megabytes(), 0.0
    for number, _block in enumerate(blocks):
        if number % SAMPLED == 0:
            most = max(most, private_megabytes() - before)
    return most


def measure(size: str) -> None:
    """Print a line for each format, then one for each query and set of columns."""
    for file_format in FORMATS:
        response = export_response(ContributionResource, selected(ContributionList, ""), file_format, "bench")
        more = held(response.streaming_content)
        seconds, first = exported_seconds(ContributionResource, selected(ContributionList, ""), file_format, False)
        print(
            f"{size} {file_format:<6} {seconds:6.2f} s, first byte {1000 * first:5.0f} ms, +{more:.1f} MB (at most 5)"
        )
    for view, queries in QUERIES.items():
        for query in queries:
            for is_explained in [False, True]:
                compare(size, view, query, is_explained)


def compare(size: str, view: type[FilteredList], query: str, is_explained: bool) -> None:
    """Print how the file of a list compares with ``COPY``."""
    resource, records = view.resource, selected(view, query)
    assert resource
    runs = [
        (copied_seconds(resource, records, is_explained), *exported_seconds(resource, records, "csv", is_explained))
        for _ in range(TIMES)
    ]
    copy, file, first = map(min, zip(*runs, strict=True))
    columns = "all columns" if is_explained else "stored columns"
    print(
        f"{size} CSV {resource.name:<14}{query or 'all rows':<28}{columns:<15}{copy / file:5.0%} of COPY "
        f"(at least 50 %), first byte {1000 * first:3.0f} ms (at most 50), {file:.2f} s"
    )


def main():
    """Measure the sizes that were asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", default=["M", "L"])
    for size in parser.parse_args().sizes:
        with used(grow(size)):
            measure(size)


if __name__ == "__main__":
    main()
