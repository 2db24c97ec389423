"""Progress in the terminal: a line on a terminal, and nothing in a file."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from pkportal.exchange import progress, progress_line
from pkportal.exchange.staging import inserting
from tests import make


class Terminal(StringIO):
    """An output that people look at."""

    def isatty(self):
        return True


@pytest.mark.django_db
@pytest.mark.parametrize(("output", "is_shown"), [(Terminal(), True), (StringIO(), False)], ids=["terminal", "file"])
def test_loading_shows_rows_and_rate_on_a_terminal_alone(tmp_path, monkeypatch, output, is_shown):
    monkeypatch.setattr(progress, "ROWS_A_REPORT", 2)
    make.mission(code="ufor")
    file = tmp_path / "events.csv"
    rows = [f"ufor,1999-06-{day:02},deployment,Arrival {day}\n" for day in range(1, 9)]
    file.write_text("mission,date,kind,title\n" + "".join(rows))

    call_command("load", file, stdout=StringIO(), stderr=output)

    lines = output.getvalue().split(progress_line.CLEAR)
    if is_shown:
        assert re.fullmatch(r"events.csv: reading, \d+%, 2 rows, [0-9,]+ a second.*", lines[1])
        assert lines[-1] == ""
    else:
        assert output.getvalue() == ""


@pytest.mark.django_db
def test_loading_counts_rows_while_one_statement_inserts_them(tmp_path, monkeypatch):
    monkeypatch.setattr(inserting, "WATCH_SECONDS", 0.01)
    monkeypatch.setattr(inserting, "FEWEST_WATCHED", 1_000)
    monkeypatch.setattr(progress_line, "LINE_SECONDS", 0)
    make.mission(code="ufor")
    make.country(iso3="ITA")
    make.source(code="report")
    rows = [f"ufor,ITA,troops,Place {number},1999,{number},personnel,report\n" for number in range(1_000)]
    file = tmp_path / "contributions.csv"
    file.write_text("mission,country,kind,location,as_of,quantity,unit,source\n" + "".join(rows))

    call_command("load", file, stdout=StringIO(), stderr=(output := Terminal()))

    counted = [int(rows.replace(",", "")) for rows in re.findall(r"storing, \d+%, ([0-9,]+) rows", output.getvalue())]
    assert counted == sorted(counted)
    assert any(0 < rows < 1_000 for rows in counted)
