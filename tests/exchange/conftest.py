"""Files loaded by the command."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from tests import make

COUNTRIES = "iso3,iso2,name,region,joined_on,partnership\nITA,IT,Italy,Southern Europe,1949-08-24,none\n"
SOURCES = "code,title,kind\nreport,A report,report\nnews,Some news,news\n"
MISSIONS = (
    "code,name,type,region,host_countries,start_date,state,summary,predecessors,sources,checked,status,published_at\n"
    "kfor,Kosovo Force,peacekeeping,western-balkans,,1999-06-12,ongoing,It keeps the peace.,,report,yes,published,"
    "2026-11-22T00:00:00Z\n"
)


@pytest.fixture
def load(db, tmp_path, capsys):
    """Load files by name and return the output of the command, or its errors."""

    def load(*arguments, **files):
        for name, content in files.items():
            (tmp_path / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        paths = [str(tmp_path / f"{name}.csv") for name in files]
        try:
            call_command("load", *paths, *arguments)
        except CommandError as error:
            return capsys.readouterr().err + str(error)
        return capsys.readouterr().out

    return load


@pytest.fixture
def record(db):
    """Make a small record: the country, the two sources and the mission of the files above."""
    make.country(iso3="ITA", iso2="IT", name="Italy", region="Southern Europe", joined_on="1949-08-24")
    report = make.source(code="report", title="A report", publisher="", kind="report")
    make.source(code="news", title="Some news", publisher="", kind="news")
    mission = make.mission(code="kfor", name="Kosovo Force", summary="It keeps the peace.", sources=[report])
    mission.mark_checked()
    mission.published_at = datetime(2026, 11, 22, tzinfo=UTC)
    make.published(mission)
