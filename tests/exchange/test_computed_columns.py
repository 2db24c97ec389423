"""Columns that are computed for public files: when what goes on was last stated, and what a grade means."""

import pytest
from django.core.management import call_command

from missions.models import Mission
from tests import make
from tests.files import rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    """Make a mission that goes on, with a command and a holder without an end, and one of each that is over."""
    force = make.published_mission(code="mfor", start_date="2009")
    make.published_mission(code="over", start_date="2009", end_date="2014", state="completed")
    make.event(mission=force, date="2013-05")
    command = make.command(mission=force, code="hq", active_from="2009-02")
    make.command(mission=force, code="closed", active_from="2009", active_to="2012")
    make.appointment(command=command, person="Open", from_date="2010", sources=[make.source(published="2012-11")])
    make.appointment(command=command, person="Ended", from_date="2009", to_date="2010")
    return force


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_files_say_when_what_goes_on_was_last_stated(client, force, ending):
    stated = {
        name: {row[key]: row["last_stated"] or "" for row in rows_of(client.get(f"/data/{name}.{ending}"))}
        for name, key in [("missions", "code"), ("commands", "code"), ("appointments", "person")]
    }

    assert stated == {
        "missions": {"mfor": "2013-05", "over": ""},
        "commands": {"hq": "2012-11", "closed": ""},
        "appointments": {"Open": "2012-11", "Ended": ""},
    }
    assert rows_of(client.get(f"/missions.{ending}?status=ongoing"))[0]["last_stated"] == "2013-05"


def test_file_of_sources_says_what_each_grade_means(client):
    make.source(code="act", grade="A")
    make.source(code="none", grade="")

    meanings = {row["code"]: row["grade_in_words"] for row in rows_of(client.get("/sources.csv"))}

    assert meanings == {"act": "primary legal or official text", "none": ""}


def test_public_file_is_loaded_as_it_is_and_the_dump_has_only_what_is_stored(client, force, tmp_path):
    file = tmp_path / "missions.csv"
    file.write_bytes(b"".join(client.get("/missions.csv")))

    call_command("load", str(file), verbosity=0)
    call_command("dump", str(tmp_path), verbosity=0)

    assert "last_stated" not in file.read_text()
    assert Mission.objects.get(code="mfor").start_date == "2009"
