"""Rows that look like records are counted by kind, seen by kind, and answered all at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from missions.models import Event
from tests import make

pytestmark = pytest.mark.django_db
DAYS = range(1, 8)
FILE = "mission,date,kind,title,text\n" + "".join(f"ufor,1999-06,deployment,Arrival {day},Seen again\n" for day in DAYS)


@pytest.fixture
def mission():
    mission = make.mission(code="ufor")
    for day in DAYS:
        make.event(mission=mission, date=f"1999-06-{day:02}", kind="deployment", title=f"Arrival {day}")
    return mission


def test_near_misses_of_a_kind_have_one_summary_and_are_read_as_their_records_by_one_answer(
    mission, admin_as, data_manager
):
    registrar = admin_as(data_manager)
    page = registrar.upload(Event, SimpleUploadedFile("events.csv", f"{FILE}ufor,2001,deployment,Other,\n".encode()))
    address = page.request["PATH_INFO"]
    assert "7 rows look like records that are there, and differ only in how exactly date is known." in " ".join(
        page.text.split()
    )
    shown = registrar.client.get(address, {"show": "near date"})
    assert [shown_row.row.number for shown_row in shown.context["rows"]] == [*range(2, 9)]

    page = registrar.client.post(f"{address}near/", {"near.date": "same"}, follow=True)
    assert "were read as that record" in page.text
    imported = page.context["imported"]
    assert (imported.rows_new, imported.rows_changed, imported.near_misses) == (1, 7, [])
    registrar.confirm(Event, page)

    assert (Event.objects.count(), Event.objects.filter(text="Seen again", date="1999-06-03").count()) == (8, 1)


def test_load_says_it_in_one_line_and_takes_the_answer(mission, tmp_path, capsys):
    file = tmp_path / "events.csv"
    file.write_text(FILE)

    call_command("load", file, "--dry-run")
    output = capsys.readouterr().out
    assert "7 look like records that are there, and differ only in how exactly date is known (--same 'date')" in output
    assert "It looks like" not in output

    call_command("load", file, "--same", "date")
    assert "0 new, 7 changed" in capsys.readouterr().out
