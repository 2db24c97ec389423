"""Releases: the whole public record as one file, described, checksummed, and the same for the same record."""

import csv
import hashlib
import io
import json
import re
import sqlite3
from contextlib import closing
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from missions.models import Contribution, Mission
from pkportal.changes.models import ChangeSet, ReviewState
from pkportal.exchange.registry import resources_by_name
from pkportal.website.models import Release
from tests import make
from tests.website.test_data_page import make_one_of_every_model

pytestmark = pytest.mark.django_db
VERSIONED = {"CHANGES.md", "CITATION.cff", "README.md", "SHA256SUMS", "datapackage.json", "metadata.json"}


def released(notes="", verbosity=0):
    """Make a release, and return it with its files by name."""
    call_command("release", notes=notes, verbosity=verbosity)
    release = Release.objects.first()
    with ZipFile(io.BytesIO(b"".join(release.blocks()))) as archive:
        return release, {name: archive.read(name) for name in archive.namelist()}


def rows_in(files, name):
    """Return the rows of a CSV file of a release."""
    return [*csv.DictReader(io.StringIO(files[name].decode(), newline=""))]


def remove_record():
    """Empty all tables of the record."""
    tables = ", ".join(resource._meta.model._meta.db_table for resource in resources_by_name().values())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} CASCADE")


READ = {
    "string": str,
    "list": lambda cell: cell.split(";"),
    "integer": int,
    "number": float,
    "boolean": {"yes": True, "no": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def broken_cells(field, cells):
    """Yield the cells of a column that are not as Table Schema describes them; a blank one is a missing value."""
    rules = field.get("constraints", {})
    for cell in cells:
        if cell == "":
            if rules.get("required"):
                yield cell
            continue
        READ[field["type"]](cell)
        if not re.fullmatch(rules.get("pattern", ".*"), cell, re.DOTALL) or cell not in rules.get("enum", [cell]):
            yield cell
    given = [cell for cell in cells if cell]
    if rules.get("unique") and len({*given}) < len(given):
        yield "twice"


def values_of(rows, names):
    """Return the values of some columns of each row that has them all."""
    values = [tuple(row[name] for name in names) for row in rows]
    return [value for value in values if all(value)]


def test_every_file_is_as_the_data_package_and_the_checksums_say():
    # the program frictionless finds it valid, too; it needs libraries that we do not install for a test
    make_one_of_every_model()
    make.event(mission=make.mission(code="never-shown"))
    release, files = released()
    package = json.loads(files["datapackage.json"])
    tables = {it["name"]: rows_in(files, it["path"]) for it in package["resources"]}

    assert {*tables} == {*resources_by_name(), "code_lists"}
    for described in package["resources"]:
        schema, rows = described["schema"], tables[described["name"]]
        data = files[described["path"]]
        assert (described["bytes"], described["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        assert [*rows[0]] == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            assert [*broken_cells(field, [row[field["name"]] for row in rows])] == [], field
        for key in [schema["primaryKey"], *schema.get("uniqueKeys", [])]:
            assert len({*values_of(rows, key)}) == len(values_of(rows, key))
        for key in schema.get("foreignKeys", []):
            target = key["reference"]
            assert {*values_of(rows, key["fields"])} <= {*values_of(tables[target["resource"]], target["fields"])}
    assert b"never-shown" not in b"".join(files.values())
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    assert release.sha256 == hashlib.sha256(b"".join(release.blocks())).hexdigest()


def test_same_record_gives_the_same_bytes_but_for_version_and_date(capsys):
    make_one_of_every_model()
    first, files = released()
    second, files_again = released(verbosity=1)

    assert (first.version, second.version) == tuple(f"{first.day.year}.{first.day.month}.{number}" for number in (1, 2))
    assert {name for name in files if files[name] != files_again[name]} <= VERSIONED
    package, package_again = (json.loads(it["datapackage.json"]) for it in (files, files_again))
    assert {name for name in package if package[name] != package_again[name]} == {"id", "version"}
    assert "No row of any table differs." in files_again["CHANGES.md"].decode()
    output = capsys.readouterr().out
    assert "missions: 1 rows\n" in output
    assert "no drafts, no records that are unpublished or withdrawn, no history" in output
    assert "manage.py backup keeps those too" in output


def test_sqlite_file_joins_tables_and_has_real_types():
    mission = make.published_mission(code="first-mission", sources=[make.source(code="one"), make.source(code="two")])
    make.contribution(mission=mission, country=make.country(iso3="ITA", name="Italy"), quantity=120, note="=1+1")
    make.published_lesson(dotmlpfi=["doctrine", "training"])
    _release, files = released()
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(files["record.sqlite"])
        joined = database.execute(
            "SELECT countries.name, missions.code, quantity, note FROM contributions "
            "JOIN countries ON country = countries.iso3 JOIN missions ON mission = missions.code"
        )
        assert joined.fetchall() == [("Italy", "first-mission", 120, "=1+1")]
        links = database.execute("SELECT mission, sources FROM missions_sources ORDER BY 2")
        assert links.fetchall() == [("first-mission", "one"), ("first-mission", "two")]
        areas = database.execute("SELECT dotmlpfi FROM lessons_dotmlpfi ORDER BY 1")
        assert areas.fetchall() == [("doctrine",), ("training",)]
        label = "SELECT label, definition FROM code_lists WHERE \"table\" = 'lessons' AND code = 'lesson-learned'"
        ((name, definition),) = database.execute(label)
        assert name == "lesson learned"
        assert definition.startswith("A lesson for which a source shows")
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        types = {name: kind for _place, name, kind, *_rest in database.execute("PRAGMA table_info(missions)")}
        assert (types["peak_strength"], types["latitude"], types["start_date"]) == ("INTEGER", "REAL", "TEXT")


def test_release_loads_into_an_empty_portal_identically(tmp_path, capsys):
    make_one_of_every_model()
    call_command("dump", tmp_path / "before", verbosity=0)
    make.contribution(mission=make.mission(name="Draft"))
    _release, files = released()
    bundle = tmp_path / "release.zip"
    bundle.write_bytes(b"".join(Release.objects.get().blocks()))
    remove_record()
    call_command("load", bundle)

    assert "from a release come public rows alone" in capsys.readouterr().out
    call_command("dump", tmp_path / "after", verbosity=0)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "after").iterdir()}
    # of what is open to all, the country and the source of the draft are in the release too
    same = kept.keys() - {"countries.csv", "sources.csv"}
    assert {name: kept[name] for name in same} == {name: (tmp_path / "before" / name).read_bytes() for name in same}
    _again, files_again = released()
    assert {name for name in files if files[name] != files_again[name]} <= VERSIONED


def test_damaged_release_is_not_loaded(tmp_path):
    make.published_mission(name="As released")
    released()
    data = b"".join(Release.objects.get().blocks())
    with ZipFile(io.BytesIO(data)) as archive, ZipFile(tmp_path / "changed.zip", "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace(b"As released", b"As I like it"))
    (tmp_path / "short.zip").write_bytes(data[: len(data) // 2])

    with pytest.raises(CommandError, match=r"missions.csv in .*changed.zip is not as it was released"):
        call_command("load", tmp_path / "changed.zip")
    with pytest.raises(CommandError, match=r"short.zip is not a zip file"):
        call_command("load", tmp_path / "short.zip")
    with ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("README.md", "Nothing.")
        other.writestr("columns.csv", "name\nquantity\n")
        other.writestr("rows.csv", "name\nquantity\n")
    with pytest.raises(CommandError, match=r"other.zip has no CSV file of a table at its top"):
        call_command("load", tmp_path / "other.zip")
    assert Mission.objects.get().name == "As released"


def noted(mission, note):
    """Let a major change of a mission be told to readers."""
    return ChangeSet.objects.create(
        root_kind="missions.mission",
        root_reference=mission.reference,
        title=mission.name,
        state=ReviewState.PUBLISHED,
        published_at="2026-11-22T09:30:00Z",
        is_major=True,
        public_note=note,
    )


def test_notes_count_what_came_changed_and_went_and_repeat_what_readers_were_told(client):
    mission, withdrawn = make.published_mission(name="First"), make.published_mission()
    changed, gone = make.contribution(mission=mission), make.contribution(mission=mission)
    make.contribution(mission=withdrawn)
    noted(mission, "Told before.")
    released("The first.")
    make.contribution(mission=mission, country=changed.country)
    Contribution.objects.filter(pk=changed.pk).update(quantity=7)
    gone.delete()
    make.withdrawn(withdrawn)
    noted(mission, "Its end was corrected.")
    noted(make.mission(), "Nobody knows of it.")
    release, files = released()

    assert release.counts["contributions"] == [2, 1, 1, 2]
    assert release.counts["missions"] == [1, 0, 0, 1]
    notes = files["CHANGES.md"].decode()
    assert "| Contributions | 1 | 1 | 2 |" in notes
    assert "* 22 November 2026, First: Its end was corrected." in notes
    assert "Told before." not in notes
    assert "Nobody knows" not in notes
    page = client.get("/data/").text
    assert "Contributions: 1 added, 1 changed, 2 removed" in " ".join(page.split())
    assert "Its end was corrected." in page
    assert "The first." in page


def test_data_page_lists_the_releases_which_can_be_downloaded_for_ever(client):
    assert "No release has been made yet." in client.get("/data/").text
    make.published_mission()
    release, _files = released()
    released()

    page = client.get("/data/")
    assert page.text.index(f'href="{release.path.replace(".1.zip", ".2.zip")}"') < page.text.index(release.path)
    assert release.sha256 in page.text
    assert 'aria-label="All releases, the newest first"' in page.text  # unlike the section that it is in
    (described,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    assert json.loads(described)["distribution"]["contentUrl"].endswith(".2.zip")
    file = client.get(release.path)
    assert hashlib.sha256(b"".join(file.streaming_content)).hexdigest() == release.sha256
    assert file["Content-Disposition"] == f'attachment; filename="peacekeeping-record-{release.version}.zip"'
    assert client.get(release.path, headers={"If-None-Match": file["ETag"]}).status_code == 304
    assert client.get("/data/releases/1999.1.1.zip").status_code == 404
    assert client.get(f"{release.path}?a=b").status_code == 400
    assert client.post(release.path).status_code == 405
