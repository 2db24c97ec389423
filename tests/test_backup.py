"""Backup and restore: everything that the database holds comes back, and nothing is ever half restored."""

import contextlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from missions.models import Mission
from pkportal.changes.import_steps import keep_file
from pkportal.embedded.programs import program_of_wheel
from pkportal.management.backups import backup_name
from pkportal.management.commands.backup import Command as BackupCommand
from pkportal.management.commands.dump import Command as DumpCommand
from tests import databases, make

PASSWORD = "correct horse battery"  # noqa: S105 - of a test


@contextlib.contextmanager
def database(template):
    """Use a copy of another database for a while."""
    name = f"{connection.settings_dict['NAME']}_backup"
    connection.close()
    databases.copied(name, template)
    try:
        with databases.used(name):
            yield
    finally:
        databases.dropped(name)


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """Use a portal with a record, an account and a history."""
    with django_db_blocker.unblock(), database(connection.settings_dict["NAME"]):
        mission = make.published_mission(name="Before")
        Mission.objects.update(name="After “Žižek”\ta;b")
        make.contribution(mission=mission)
        make.published_lesson()
        editor = get_user_model().objects.create_user("editor", password=PASSWORD, is_staff=True)
        editor.groups.set([1])
        keep_file(Mission, "missions.csv", [b"code\nkfor\n"], editor)
        yield


@pytest.fixture(scope="module")
def backup(portal, tmp_path_factory):
    """Make one backup for all tests that read it."""
    folder = tmp_path_factory.mktemp("backups")
    call_command("backup", folder, verbosity=0)
    (path,) = folder.iterdir()
    return path


@pytest.fixture
def fresh(portal):
    """Use an empty database."""
    with database("template0"):
        yield


LEFT_OUT = {"django_session"}


def everything():
    """Return every row of every table as text, but sessions."""
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT row::text FROM {table} row ORDER BY 1")  # noqa: S608 - our own table
            rows[table] = cursor.fetchall()
        return {table: lines for table, lines in rows.items() if table not in LEFT_OUT}


def dumped(folder):
    call_command("dump", folder, verbosity=0)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def tables():
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def test_restored_portal_has_the_same_record_history_and_passwords(portal, backup, tmp_path, client, capsys):
    before, files = everything(), dumped(tmp_path / "before")
    client.login(username="editor", password=PASSWORD)

    with database("template0"):
        call_command("restore", backup)

        assert everything() == before
        assert dumped(tmp_path / "after") == files
        assert [*Mission.objects.get().history.order_by("pgh_id").values_list("name", flat=True)][0] == "Before"
        assert client.get("/admin/").status_code == 302  # a backup holds no sessions
        assert client.login(username="editor", password=PASSWORD)
        Mission.objects.update(name="Later")
        assert Mission.objects.get().history.latest("pgh_id").name == "Later"
    assert "Everybody must sign in again" in capsys.readouterr().out


def test_backup_is_named_for_its_moment_and_only_its_owner_reads_it(backup):
    moment = re.search(r"_backup-(\d{4}-\d\d-\d\dT\d{6}Z)\.dump$", backup.name)[1]

    assert timedelta() <= datetime.now(UTC) - datetime.strptime(f"{moment}+00:00", "%Y-%m-%dT%H%M%SZ%z")
    assert backup.stat().st_mode & 0o777 == 0o600


def test_old_backups_of_this_database_are_removed_and_nothing_else(portal, tmp_path, capsys):
    name, now = connection.settings_dict["NAME"], datetime.now(UTC)
    old, young = (backup_name(name, now - timedelta(days=days)) for days in (31, 29))
    others = [backup_name("other", now - timedelta(days=400)), f"{name}-notes.dump", "notes.txt"]
    for file in [old, young, f"{old}.part", *others]:
        (tmp_path / file).touch()

    call_command("backup", tmp_path, "--keep", "30d")

    kept = {path.name for path in tmp_path.iterdir()}
    assert len(kept) == 5
    assert kept > {young, *others}
    assert capsys.readouterr().out.count("Removed") == 2


@pytest.mark.parametrize("age", ["30", "d", "0d", "-1d", "1y", "999999d", "½d"])
def test_age_that_cannot_be_understood_is_refused(tmp_path, age):
    with pytest.raises(CommandError, match="is not an age"):
        call_command("backup", tmp_path, f"--keep={age}")


@pytest.mark.parametrize(
    ("folder", "message"), [("", "no folder “”"), ("nowhere", "no folder “nowhere”"), ("/proc", "cannot be written")]
)
def test_folder_that_cannot_be_written_to_is_refused(portal, folder, message):
    with pytest.raises(CommandError, match=message):
        call_command("backup", folder)


def test_failed_backup_leaves_no_file(portal, tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    (tmp_path / "pg_dump").write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 99.1" && exit\nexit 1'
    )
    (tmp_path / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    folder = tmp_path / "backups"
    folder.mkdir()

    with pytest.raises(CommandError, match="pg_dump failed"):
        call_command("backup", folder)

    assert [*folder.iterdir()] == []


def test_database_that_is_not_empty_is_refused_with_instructions_and_not_changed(portal, backup):
    before = everything()

    with pytest.raises(CommandError, match=r"is not empty.* manage.py down, and give .* another name; then"):
        call_command("restore", backup)

    assert everything() == before


def truncated(content):
    return content[:-100]


def damaged(content):
    return content[:-150] + bytes(50) + content[-100:]


@pytest.mark.parametrize("spoil", [truncated, damaged])
def test_damaged_backup_restores_nothing(backup, fresh, tmp_path, spoil):
    (tmp_path / "spoilt.dump").write_bytes(spoil(backup.read_bytes()))

    with pytest.raises(CommandError, match="pg_restore failed"):
        call_command("restore", tmp_path / "spoilt.dump")

    assert tables() == []


@pytest.mark.parametrize("content", [b"", b"code,title\n", b"PGDMP"])
def test_file_that_is_no_backup_is_refused(fresh, tmp_path, content):
    (tmp_path / "file").write_bytes(content)

    with pytest.raises(CommandError, match="pg_restore failed"):
        call_command("restore", tmp_path / "file")


def test_missing_file_and_folder_are_refused(tmp_path):
    for path in [tmp_path / "missing.dump", tmp_path]:
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("restore", path)


def written(folder):
    """Return a backup of the database in use."""
    call_command("backup", folder, verbosity=0)
    return next(folder.glob("*.dump"))


def run_sql(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_backup_of_something_else_is_refused(fresh, tmp_path):
    run_sql("CREATE TABLE accounts (id int)")
    backup = written(tmp_path)
    run_sql("DROP TABLE accounts")

    with pytest.raises(CommandError, match="not of a portal"):
        call_command("restore", backup)


def test_backup_of_a_newer_version_is_refused(portal, tmp_path):
    with database(connection.settings_dict["NAME"]):
        run_sql("INSERT INTO django_migrations VALUES (999, 'missions', '9999_later', now())")
        newer = written(tmp_path)

    with database("template0"):
        with pytest.raises(CommandError, match=r"newer version.*missions\.9999_later"):
            call_command("restore", newer)
        assert tables() == []


def test_backup_of_an_older_version_is_migrated(portal, tmp_path):
    with database(connection.settings_dict["NAME"]):
        run_sql(f"DROP TABLE {', '.join(table for table in tables() if table.startswith('equipment_'))}")
        run_sql("DELETE FROM django_migrations WHERE app = 'equipment'")
        older = written(tmp_path)

    with database("template0"):
        call_command("restore", older, verbosity=0)

        assert "equipment_equipment" in tables()


@pytest.mark.parametrize(
    ("version", "message"), [(None, "pg_dump is not on PATH"), ("pg_dump (PostgreSQL) 14.2", "is of PostgreSQL 14 and")]
)
def test_programs_that_are_missing_or_older_than_another_server_are_named(
    portal, tmp_path, monkeypatch, version, message
):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setenv("PATH", str(tmp_path))
    if version:
        (tmp_path / "pg_dump").write_text(f"#!/bin/sh\necho '{version}'")
        (tmp_path / "pg_dump").chmod(0o755)

    with pytest.raises(CommandError, match=f"{message}.* Install the client programs of PostgreSQL"):
        call_command("backup", tmp_path)


def test_another_server_is_backed_up_with_the_programs_on_path(portal, tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setenv("PATH", str(program_of_wheel("pg_dump").parent))

    call_command("backup", tmp_path, verbosity=0)

    assert len([*tmp_path.glob("*.dump")]) == 1


def test_program_gets_what_was_configured_and_the_password_where_others_cannot_read_it(portal, tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "geheim")
    monkeypatch.setenv("PATH", str(tmp_path))
    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\necho "$* $PGPASSWORD" > "$0.got"\necho "pg_dump (PostgreSQL) 99"')
    program.chmod(0o755)

    call_command("backup", tmp_path, verbosity=0)

    arguments, last = (tmp_path / "pg_dump.got").read_text().strip().rsplit(" ", 1)
    assert last == "geheim"
    assert "geheim" not in arguments
    names = conninfo_to_dict(arguments.split("--dbname=")[1])
    assert {*names} == {"dbname", "user", "host", "port", "client_encoding"}


def test_dump_says_what_it_does_not_carry(db, tmp_path, capsys):
    call_command("dump", tmp_path)

    words = "who checked a record and against what, are not in these files: manage.py backup"
    assert words in capsys.readouterr().out
    assert words in " ".join(DumpCommand.help.split())


def test_backup_says_what_it_does_not_keep(portal, tmp_path, capsys):
    call_command("backup", tmp_path)

    assert "Not in it: sessions" in capsys.readouterr().out
    assert "SECRET_KEY" in BackupCommand.help
