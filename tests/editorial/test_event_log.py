"""Exports, imports and publications are lines of the log."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils.timezone import localdate

from missions.models import Country, Mission
from pkportal.changes.models import ChangeSet
from tests import make

COUNTRIES = b"iso3,iso2,name,region,joined_on,partnership\nITA,IT,Italy,Southern Europe,1949-08-24,none\n"


@pytest.fixture
def events(caplog):
    """Return a function that returns the events that were logged, but for sign-ins."""
    caplog.set_level(logging.INFO, "pkportal")
    return lambda: [
        (record.name.removeprefix("pkportal."), record.msg, {name: str(value) for name, value in record.args.items()})
        for record in caplog.records
        if isinstance(record.args, dict) and record.name != "pkportal.accounts"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/missions.csv", "/missions.json"])
def test_public_export_is_logged(client, events, path):
    client.get(path)

    assert events() == [
        ("exchange", "export", {"file": f"missions-{localdate()}.{path.rpartition('.')[2]}", "rows": "public"})
    ]


@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_export_in_the_admin_is_logged(admin_as, editor, events, format):
    admin_as(editor).export(Country, format)

    assert events() == [("exchange", "export", {"file": f"countries-{localdate()}.{format}", "rows": "all"})]


def test_import_in_the_admin_is_logged_once_it_is_confirmed(admin_as, data_manager, events):
    browser = admin_as(data_manager)
    preview = browser.upload(Country, SimpleUploadedFile("countries.csv", COUNTRIES))
    assert events() == []

    browser.confirm(Country, preview)

    number = ChangeSet.objects.get().number
    fields = {"file": "countries.csv", "change_set": number, "new": "1", "changed": "0", "unchanged": "0"}
    assert events() == [("changes", "import", fields)]


@pytest.mark.django_db
def test_load_is_logged_and_its_dry_run_is_not(events, tmp_path):
    (tmp_path / "countries.csv").write_bytes(COUNTRIES)

    call_command("load", str(tmp_path), "--dry-run", verbosity=0)
    assert events() == []

    call_command("load", str(tmp_path), verbosity=0)
    fields = {"file": "countries.csv", "new": "1", "changed": "0", "unchanged": "0"}
    assert events() == [("exchange", "import", fields)]


def test_publication_and_withdrawal_are_logged(admin_as, publisher, events):
    mission = make.published_mission(name="First Force")
    browser = admin_as(publisher)

    browser.withdraw(mission)
    browser.run_action("publish", Mission.objects.get())

    fields = {"kind": "mission", "record": str(mission)}
    assert events() == [("editorial", "withdraw", fields), ("editorial", "publish", fields)]
