"""Letters without accents: Python and the database agree on them, and a text keeps its places."""

import pytest
from django.db import connection

from missions.models import Country, Mandate, Mission
from pkportal.content.unaccent import unaccent, unaccent_letters
from pkportal.sources.models import Source
from tests import make

WORDS = ["Türkiye", "Peć", "Đakovica", "Łódź", "Côte d’Ivoire", "Ålborg", "ISAF", "Bosnia", "S/RES/1244", "한국", "ß"]


@pytest.mark.parametrize(("text", "bare"), [("Türkiye", "Turkiye"), ("Peć", "Pec"), ("Đakovica", "Dakovica"), ("", "")])
def test_takes_accents_away(text, bare):
    assert unaccent(text) == bare
    assert unaccent(text.encode().decode()) == bare


@pytest.mark.parametrize("text", WORDS)
def test_keeps_a_letter_for_a_letter(text):
    assert len(unaccent_letters(text)) == len(text)


@pytest.mark.django_db
def test_the_database_takes_the_same_accents_away():
    letters = "".join(map(chr, [*range(0x20, 0x250), *range(0x1E00, 0x1F00)]))
    texts = [*WORDS, letters, "e\u0301", "plain"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pk_unaccent(text) FROM unnest(%s::text[]) AS text", [texts])
        folded = [text for (text,) in cursor.fetchall()]

    assert folded == [unaccent(text) for text in texts]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["turkiye", "TÜRKİYE", "Türkiye", "Tu\u0308rkiye"])
def test_every_list_is_asked_with_accents_or_without(asked):
    mission = make.published_mission(name="Relief for Türkiye")
    make.country(name="Türkiye")
    make.mandate(mission=mission, title="Shelter for Turkiye")
    make.source(title="Quake in Türkiye", publisher="Türkiye Today")

    for rows in [Mission.objects, Country.objects, Mandate.objects, Source.objects]:
        assert rows.all().q(asked).count() == 1
    assert Source.objects.all().publisher(asked).count() == 1
