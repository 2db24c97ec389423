"""Names of downloaded files: they say what was filtered and when, any system takes them, and ``load`` knows them."""

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.utils import timezone

from missions.models import Mission
from pkportal.exchange.file_names import file_name
from pkportal.exchange.registry import resources_by_name, table_of_file
from tests import make


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", ""),
        ("country=ITA&country=-FRA&mission=kfor", "-country-ITA-not-FRA-mission-kfor"),
        ("q=Évacuation%20d’Ä/..%5C%22%0d%0a&sort=-start&page=3&view=map&columns=all", "-q-Evacuation-dA"),
        ("status__exact=draft&o=-1", "-status-draft"),
        ("q=Косово", "-q"),
        ("kind=", ""),
        ("host=AAA&q=" + "x" * 200, "-host-AAA-etc"),
    ],
)
def test_name_says_filters_and_day_in_a_few_plain_letters(query, filters):
    assert file_name("missions", QueryDict(query)) == f"missions{filters}-{timezone.localdate():%Y-%m-%d}"


@pytest.mark.parametrize(
    ("stem", "table"),
    [
        ("missions", "missions"),
        ("Missions (1)", "missions"),
        ("mission_names-kind-former-2026-11-28 (2)", "mission_names"),
        ("missions2", ""),
        ("mission_nam", ""),
        ("permissions", ""),
    ],
)
def test_table_of_a_file_is_what_its_name_begins_with(stem, table):
    assert table_of_file(stem) == table


def test_every_table_is_known_by_the_names_of_its_files():
    assert all(table_of_file(file_name(name, QueryDict("country=ITA"))) == name for name in resources_by_name())


@pytest.mark.parametrize("ending", ["csv", "xlsx", "zip"])
def test_public_file_is_loaded_under_the_name_it_was_sent_with(client, db, tmp_path, capsys, ending):
    make.published_mission(code="kfor", summary="=1")
    response = client.get(f"/missions.{ending}?region=western-balkans&columns=all")
    path = tmp_path / response["Content-Disposition"].partition('"')[2].rstrip('"')
    path.write_bytes(b"".join(response.streaming_content))

    call_command("load", str(path))

    assert path.name == f"missions-region-western-balkans-{timezone.localdate():%Y-%m-%d}.{ending}"
    assert "0 new, 0 changed, 1 unchanged" in capsys.readouterr().out
    assert Mission.objects.get().summary == "=1"
