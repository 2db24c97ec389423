"""The embedded PostgreSQL: started once, by whoever needs it, whatever happened to it before."""

import contextlib
import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, connections

from pkportal.embedded import Unavailable, server
from pkportal.embedded.accounts import account_for
from pkportal.embedded.cluster import Cluster
from pkportal.embedded.programs import BIN, NEEDED, copy, unpacked_wheel

ROOT = os.geteuid() == 0
HOUSE = Path(__file__).parents[2]
START = "import sys; from pkportal.embedded import server; server.start(sys.argv[1], 'pkportal')"


@contextlib.contextmanager
def lent(mode):
    """Lend a data directory under a name that a careless shell would trip over, and end what runs there."""
    parent = Path(tempfile.mkdtemp()).resolve()
    parent.chmod(mode)
    data_dir = parent / "données d'un $portail"
    yield data_dir
    server.stop(data_dir)
    if server.home(data_dir).parent != data_dir:
        shutil.rmtree(server.home(data_dir), ignore_errors=True)
    shutil.rmtree(parent)


@pytest.fixture
def data_dir():
    with lent(0o755) as data_dir:
        yield data_dir


@pytest.fixture
def closed_data_dir():
    with lent(0o700) as data_dir:
        yield data_dir


@pytest.fixture(scope="module")
def running():
    """Lend one server to all who only ask."""
    with lent(0o755) as data_dir:
        server.start(data_dir, "pkportal")
        yield data_dir


@pytest.fixture
def engine(data_dir, django_db_blocker):
    """Lend Django's side of a server of our own."""
    emptied = dict.fromkeys(["HOST", "PORT", "USER", "PASSWORD"], "")
    known = {"ENGINE": "pkportal.embedded", "NAME": "pkportal", "DATA_DIR": data_dir, "OPTIONS": {}}
    connections.settings["embedded"] = {**connections[DEFAULT_DB_ALIAS].settings_dict, **emptied, **known}
    with django_db_blocker.unblock():
        yield connections["embedded"]
        connections["embedded"].close()
    del connections["embedded"], connections.settings["embedded"]


def ask(connection, question, database="pkportal"):
    known = {key.lower(): value for key, value in connection.items()}
    with psycopg.connect(dbname=database, **known) as session:
        return session.execute(question).fetchone()


def kill(process):
    process.kill()
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        pass


def starting(data_dir):
    return subprocess.Popen([sys.executable, "-c", START, data_dir], cwd=HOUSE)


def test_first_use_makes_the_database(running):
    connection = server.start(running, "pkportal")

    assert server.is_running(running)
    assert ask(connection, "SELECT current_database(), current_setting('server_encoding')") == ("pkportal", "UTF8")
    assert ask(connection, "SELECT datlocale FROM pg_database WHERE datname = 'pkportal'") == ("C.UTF-8",)


def test_keeps_what_it_confirms_and_listens_to_its_own_user_alone(running):
    connection = server.start(running)

    assert ask(connection, "SELECT current_setting('fsync'), current_setting('listen_addresses')") == ("on", "")
    assert Path(connection["HOST"]).stat().st_mode & 0o777 == 0o700


def test_full_text_knows_letters_from_typographic_signs(running):
    words = ask(server.start(running), "SELECT to_tsvector('simple', '“Žižek”—KFOR')::text")

    assert words == ("'kfor':2 'žižek':1",)


def test_never_runs_as_root(running):
    assert Cluster(running).process().username() == ("nobody" if ROOT else getpass.getuser())


def test_four_processes_at_once_get_one_server(data_dir):
    four = [starting(data_dir) for _ in range(4)]

    assert [process.wait() for process in four] == [0, 0, 0, 0]
    assert (Cluster(data_dir).log.read_text()).count("starting PostgreSQL") == 1


def test_starts_again_after_it_was_killed(data_dir):
    server.start(data_dir, "pkportal")
    kill(Cluster(data_dir).process())

    assert not server.is_running(data_dir)
    assert ask(server.start(data_dir, "pkportal"), "SELECT 1") == (1,)


def test_starts_where_its_old_number_is_now_a_stranger_s(data_dir):
    server.start(data_dir)
    cluster = Cluster(data_dir)
    lines = cluster.pid_file_lines()
    server.stop(data_dir)
    other = {"user": "nobody"} if ROOT else {}
    with subprocess.Popen(["/bin/sleep", "1000"], **other) as stranger:
        (cluster.data / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]))

        assert not server.is_running(data_dir)
        assert not server.stop(data_dir)
        assert ask(server.start(data_dir), "SELECT 1", "postgres") == (1,)

        assert stranger.poll() is None
        stranger.kill()


def test_begins_again_where_the_first_beginning_was_killed(data_dir):
    first = starting(data_dir)
    cluster = data_dir / "cluster"
    while not [*cluster.glob("unfinished-*/PG_VERSION")] and first.poll() is None:
        pass
    for process in [psutil.Process(first.pid), *psutil.Process(first.pid).children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):  # initdb has children that live for a moment
            process.kill()
    first.wait()

    assert not (cluster / "data").exists()
    assert ask(server.start(data_dir, "pkportal"), "SELECT 1") == (1,)


def test_socket_stays_short_under_a_long_temporary_directory(data_dir, monkeypatch):
    long = data_dir.parent / ("long" * 30)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))

    connection = server.start(data_dir, "pkportal")

    assert not Path(connection["HOST"]).is_relative_to(long)
    assert ask(connection, "SELECT 1") == (1,)


def test_refuses_a_socket_directory_that_somebody_else_put_there(data_dir):
    host = Path(server.start(data_dir)["HOST"])
    server.stop(data_dir)
    if ROOT:
        host.mkdir()
        os.chown(host, 1, 1)
    else:
        host.symlink_to(data_dir)

    with pytest.raises(Unavailable, match="put something else there"):
        server.start(data_dir)

    assert not server.is_running(data_dir)
    host.rmdir() if ROOT else host.unlink()


def test_works_in_a_directory_closed_to_everybody_else(closed_data_dir, caplog):
    server.start(closed_data_dir, "pkportal")

    home = server.home(closed_data_dir)
    assert Path(Cluster(closed_data_dir).process().cwd()) == home / "data"
    assert (home.owner(), home.stat().st_mode & 0o777) == ("nobody" if ROOT else getpass.getuser(), 0o700)
    assert home.parent == (Path("/var/tmp") if ROOT else closed_data_dir)  # noqa: S108, where it promises to be
    assert [str(home) in message for message in caplog.messages] == ([True] if ROOT else [])


def test_finds_its_data_again_when_the_closed_directory_is_opened(closed_data_dir):
    server.start(closed_data_dir, "kept")
    server.stop(closed_data_dir)

    closed_data_dir.parent.chmod(0o755)

    assert ask(server.start(closed_data_dir), "SELECT current_database()", "kept") == ("kept",)


def test_a_copy_of_the_programs_is_whole(data_dir):
    wheel = unpacked_wheel()
    copied = data_dir.parent / "programs"

    copy(wheel, copied)

    account = account_for(data_dir)
    assert all(account.can_run(copied / wheel.name / BIN / program) for program in NEEDED)


def test_plain_user_hears_whose_database_it_is():
    if ROOT:
        os.seteuid(1)
    try:
        with pytest.raises(Unavailable, match="belongs to root"):
            account_for(Path("/"))
    finally:
        if ROOT:
            os.seteuid(0)


def test_stop_says_whether_there_was_anything_to_stop(data_dir):
    assert not server.stop(data_dir)
    assert not data_dir.exists()

    server.start(data_dir)

    assert [server.stop(data_dir), server.stop(data_dir)] == [True, False]
    assert not server.is_running(data_dir)


def test_engine_starts_the_server_and_starts_it_again_when_it_was_killed(engine, data_dir):
    with engine.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == ("pkportal",)

    kill(Cluster(data_dir).process())
    engine.close()

    with engine.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == ("pkportal",)


def test_django_makes_and_clones_its_own_test_databases(engine, data_dir):
    engine.settings_dict["TEST"]["NAME"] = None  # in parallel runs each process has a name of its own
    engine.creation._create_test_db(verbosity=0, autoclobber=True)
    engine.settings_dict["NAME"] = "test_pkportal"
    with engine.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == ("test_pkportal",)
    engine.creation.clone_test_db("1", verbosity=0)

    names = "SELECT array_agg(datname::text ORDER BY datname) FROM pg_database WHERE NOT datistemplate"
    assert ask(server.start(data_dir), names, "postgres") == (["postgres", "test_pkportal", "test_pkportal_1"],)
