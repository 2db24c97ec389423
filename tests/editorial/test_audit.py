"""The audit log: who signed in, imported, exported, reviewed and edited, for those who answer for the record."""

import csv
import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.timezone import localdate

from missions.models import Country
from pkportal.changes.models import LogItem
from pkportal.editorial.models import AccountAct
from tests import make
from tests.editorial.accounts import account, sign_in
from tests.editorial.test_event_log import COUNTRIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy_day(admin_as, publisher, data_manager, client):
    """A sign-in, an export, an import, a publication and an edit."""
    sign_in(client, account("anna"), REMOTE_ADDR="192.0.2.77")
    browser = admin_as(data_manager)
    browser.export(Country)
    browser.confirm(Country, browser.upload(Country, SimpleUploadedFile("=countries.csv", COUNTRIES)))
    browser = admin_as(publisher)
    mission = make.mission(name="First Force")
    browser.run_action("publish", mission)
    browser.save(make.mission(name="Second Force"), name="Third Force")
    return browser.client


def shown(client, **asked):
    page = client.get("/admin/audit/", asked)
    return {(row.who, row.act_in_words, row.subject, row.details_in_words) for row in page.context["rows"]}


def test_everything_that_accounts_did_is_in_one_list(busy_day):
    rows = shown(busy_day)

    assert ("anna", "Signed in", "", "") in rows
    assert ("data", "Exported a file", "", f"countries-{localdate()}.csv") in rows
    assert ("data", "Imported a file") in {(who, act) for who, act, _subject, _details in rows}
    assert ("publisher", "Published", "First Force") in {(who, act, what[8:]) for who, act, what, _details in rows}
    assert ("publisher", "Changed", "Third Force", "Changed Name.") in rows


def test_change_sets_are_linked_for_those_who_may_open_them(busy_day, publisher, administrator):
    linked = {}
    for user in (publisher, administrator):
        busy_day.force_login(user)
        linked[user.username] = "/admin/changes/changeset/" in busy_day.get("/admin/audit/").text.split("</thead>")[-1]

    assert linked == {"publisher": True, "administrator": False}


@pytest.mark.parametrize(
    ("asked", "acts"),
    [
        ({"who": "ANNA"}, {"Signed in"}),
        ({"act": "review:published"}, {"Published"}),
        ({"first": "2020-01-01", "last": "2020-01-02"}, set()),
        ({"act": "nonsense"}, set()),
        ({"first": "soon"}, set()),
    ],
)
def test_log_is_filtered_by_account_act_and_days(busy_day, asked, acts):
    assert {act for _who, act, _subject, _details in shown(busy_day, **asked)} == acts


def test_log_is_exported_as_a_file_that_no_spreadsheet_runs_and_that_is_logged(busy_day):
    response = busy_day.get("/admin/audit/audit-log.csv", {"act": "account:imported a file"})

    rows = [*csv.DictReader(response.getvalue().decode().splitlines())]
    assert [(row["who"], row["act"]) for row in rows] == [("data", "Imported a file")]
    assert rows[0]["details"].startswith("'=")
    assert ("publisher", "Exported a file", "", "audit-log.csv") in shown(busy_day)


def test_old_rows_move_to_a_file_and_the_log_says_so(busy_day, tmp_path, capsys):
    year = datetime.timedelta(days=365)
    AccountAct.objects.filter(act="signed in").update(at=timezone.now() - year)
    LogEntry.objects.update(action_time=timezone.now() - year)
    LogItem.objects.update(at=timezone.now() - year)
    file = tmp_path / "log.csv"

    call_command("prune_audit", file, "--older-than", "52w")

    rows = [*csv.DictReader(file.read_text().splitlines())]
    left = shown(busy_day)
    assert file.stat().st_mode & 0o777 == 0o600
    assert {row["act"] for row in rows} >= {"Signed in", "Changed"}
    assert {act for _who, act, _subject, _details in left} == {
        "Exported a file",
        "Imported a file",
        "Published",
        "Saved",
        "Audit log pruned",
    }
    day = timezone.now() - datetime.timedelta(weeks=52)
    pruned = f"{len(rows)} rows from before {day:%Y-%m-%d} are in log.csv"
    assert ("", "Audit log pruned", "", pruned) in left
    with pytest.raises(CommandError, match="is there already: name a new file"):
        call_command("prune_audit", file, "--older-than", "1d")
    assert shown(busy_day) == left


def test_log_is_for_publishers_and_administrators(client, editor, data_manager, administrator):
    answers = {}
    for user in (editor, data_manager, administrator):
        client.force_login(user)
        answers[user.username] = [
            client.get(address).status_code for address in ("/admin/audit/", "/admin/audit/audit-log.csv")
        ]

    assert answers == {"editor": [403, 403], "data": [403, 403], "administrator": [200, 200]}
