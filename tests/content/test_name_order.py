"""Names sort as people sort them, on any server: no accent, no capital and no number of digits puts one elsewhere."""

import pytest
from django.db import connection

from missions.models import Country, Mandate
from tests import make

pytestmark = pytest.mark.django_db

IN_ORDER = [
    *["Åland Islands", "Albania", "Côte d'Ivoire", "Croatia", "czech republic", "Łódź", "Luxembourg", "Oman"],
    *["Österreich", "Poland", "S/RES/713", "S/RES/1244", "S/RES/1244 (1999)", "S/RES/2795", "Tunisia", "Türkiye"],
    *["Ukraine", "Unit 2", "Unit 10", "Unit 10a", "Unit 123456789012", "Zambia", "Ελλάδα"],
]


def test_names_sort_without_accents_and_capitals_and_by_the_size_of_numbers():
    for name in IN_ORDER[::-1]:
        make.country(name=name)

    assert [*Country.objects.order_by("name__name_order").values_list("name", flat=True)] == IN_ORDER


def test_lists_and_files_sort_names_alike(client):
    mission = make.published_mission(name="Mission 10")
    make.published_mission(name="Mission 9")
    for symbol in ["S/RES/2795", "S/RES/713", "S/RES/1244"]:
        make.mandate(mission=mission, symbol=symbol)
    for name in ["Zambia", "Åland Islands", "Türkiye", "Tunisia"]:
        make.country(name=name)
    expected = {
        "mandates{}?sort=symbol": ["S/RES/713", "S/RES/1244", "S/RES/2795"],
        "missions{}?sort=name": ["Mission 9", "Mission 10"],
        "countries{}": ["Åland Islands", "Tunisia", "Türkiye", "Zambia"],
    }

    for address, names in expected.items():
        rows = [str(row) for row in client.get("/" + address.format("/")).context["object_list"]]
        file = b"".join(client.get("/" + address.format(".csv"))).decode()
        places = [file.index(name) for name in names]
        assert [row for row in rows if row in names] in (names, [])
        assert places == sorted(places)


def test_letters_within_a_name_are_found_as_before(client):
    make.country(name="Türkiye")

    assert "Türkiye" in client.get("/countries/?q=turk").text
    assert Country.objects.filter(name__icontains="ÜRK").exists()


def test_index_serves_the_order_of_symbols():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")

    plan = Mandate.objects.order_by("symbol__name_order", "pk")[:10].explain()

    assert "Index Scan using mandate_by_symbol" in plan
