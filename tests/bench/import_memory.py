"""Memory of imports: how much more a file of many rows takes than one of a single row, each in a process of its own.

A file is loaded as the command does it, and staged as the admin does it, from the bytes that the database keeps.
"""

import os
import subprocess
import sys

from django.contrib.auth.models import User
from django.db import connection

from missions.models import Contribution
from pkportal.changes.import_steps import keep_file
from tests.served import ROOT

# the most that getrusage knows of is that of the process that started this one
MEASURED = (
    "import django, re, sys; django.setup(); from django.core.management import call_command;"
    "call_command(*sys.argv[1:], verbosity=0);"
    "print(int(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1]) / 1024)"
)
PIECE = 64 * 1024  # bytes, as an upload is kept


def memory(folder, url, write_rows, numbers):
    """Print how much more memory files of many rows take than the first."""
    connection.settings_dict["NAME"] = url.rpartition("dbname=")[2].partition("&")[0]
    editor = User.objects.create_superuser("memory")
    for way in ["load", "stage"]:
        used = []
        for number in numbers:
            path = folder / way / str(number) / "contributions.csv"
            path.parent.mkdir(parents=True)
            write_rows(path, number)
            arguments = ["load", str(path), "--dry-run"] if way == "load" else kept_file(path, editor)
            used.append(most_memory(arguments, url))
            print(f"{way}, {number} rows: {used[-1] - used[0]:.1f} MB over one row (at most 16)", flush=True)
    connection.close()


def kept_file(path, editor):
    """Keep a file as the admin does, and return the command of the process that stages it."""
    with path.open("rb") as file:
        imported = keep_file(Contribution, path.name, iter(lambda: file.read(PIECE), b""), editor)
    return ["do_long_work", imported._meta.label_lower, str(imported.pk)]


def most_memory(arguments, url):
    """Return the most megabytes that a command has had."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        check=True,
    )
    return float(done.stdout)
