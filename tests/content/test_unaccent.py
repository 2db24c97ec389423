"""Removing accents: Python and the database agree, and every list can be searched without accents."""

import pytest
from django.db import connection

from missions.models import Country, Mandate, Mission
from pkportal.content.unaccent import unaccent, unaccent_letters
from pkportal.sources.models import Source
from tests import make

WORDS = ["Türkiye", "Peć", "Đakovica", "Łódź", "Côte d’Ivoire", "Ålborg", "ISAF", "Bosnia", "S/RES/1244", "한국", "ß"]


@pytest.mark.parametrize(
    ("text", "without_accents"),
    [("Türkiye", "Turkiye"), ("Peć", "Pec"), ("Đakovica", "Dakovica"), ("Pe\u0301c", "Pec"), ("", "")],
)
def test_accents_are_removed(text, without_accents):
    assert unaccent(text) == without_accents


@pytest.mark.parametrize("text", WORDS)
def test_length_of_a_text_is_kept(text):
    assert len(unaccent_letters(text)) == len(text)


@pytest.mark.django_db
def test_database_removes_the_same_accents():
    letters = "".join(map(chr, [*range(0x20, 0x250), *range(0x1E00, 0x1F00)]))
    texts = [*WORDS, letters, "e\u0301", "plain"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pk_unaccent(text) FROM unnest(%s::text[]) AS text", [texts])
        without_accents = [text for (text,) in cursor.fetchall()]

    assert without_accents == [unaccent(text) for text in texts]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["turkiye", "TÜRKİYE", "Türkiye", "Tu\u0308rkiye"])
def test_lists_are_searched_with_or_without_accents(query):
    mission = make.published_mission(name="Relief for Türkiye")
    make.country(name="Türkiye")
    make.mandate(mission=mission, title="Shelter for Turkiye")
    make.source(title="Quake in Türkiye", publisher="Türkiye Today")

    for manager in [Mission.objects, Country.objects, Mandate.objects, Source.objects]:
        assert manager.all().q(query).count() == 1
    assert Source.objects.all().publisher([query]).count() == 1
