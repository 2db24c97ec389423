"""The words of a text: the same in Python as in the database, and the same whichever way something is written."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.models import Mandate
from pkportal.content.words import search_words
from tests import make

PIECES = [
    *["S/RES/1244 (1999)", "RES-713", "UNSCR1973", "U.S.A.", "e.g.", "F-16s", "F/A-18", "An-124", "1,200,000", "1 200"],
    *["1999-06-12", "1999-6-1", "1999-13", "2011-2012", "12/06/1999", "07/25/2010", "12.6.1999", "1990s", "101st"],
    *["[@un-sres-1244, para. 7]", "[KFOR](/missions/kfor/)", "[a](b (c) d)", "**K**FOR", "Türkiye", "L'Aquila", "\x01"],
]
LETTERS = st.characters(min_codepoint=1, max_codepoint=0x2100)
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(LETTERS, max_size=4)), max_size=8).map("".join)


def in_database(values):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pk_words(text) FROM unnest(%s::text[]) WITH ORDINALITY AS t (text, n) ORDER BY n", [values]
        )
        return [text for (text,) in cursor.fetchall()]


@pytest.mark.django_db
def test_database_reads_the_same_words():
    @settings(max_examples=60)
    @given(st.lists(TEXTS, min_size=5, max_size=20))
    def agree(values):
        assert in_database(values) == [*map(search_words, values)]

    agree()
    assert in_database(PIECES) == [*map(search_words, PIECES)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("S/RES/1244 (1999)", "S RES 1244 1999"),
        ("UNSCR1244", "UNSCR 1244"),
        ("the U.S. and the U.N.", "the US and the UN"),
        ("F-16s, F16 and F/A-18", "F16 F16 and F A18"),
        ("2011-2012", "2011 2012"),
        ("2011–2012", "2011 2012"),
        ("1,200 troops in the 1990s", "1200 troops in the 1990"),
        ("1999-06-12", "12 June 1999"),
        ("1999-06", "June 1999"),
        ("01/07/2010", "1 July 2010"),
        ("07/25/2010", "25 July 2010"),
        ("1.7.2010", "1 July 2010"),
        ("GlobalSecurity.org", "GlobalSecurity org"),
        ("RFE/RL", "RFE RL"),
        ("**Rules** of [engagement](https://nato.int/x) [@un-sres-1244, para. 7].", "Rules of engagement"),
        ("Đakovica", "Dakovica"),
    ],
)
def test_words_are_read_as_they_are_meant(text, words):
    assert search_words(text).split() == words.split()


FORMS = [
    "1244",
    "RES/1244",
    "UNSCR 1244",
    "UNSCR1244",
    "resolution 1244",
    "S/RES/1244",
    "S/RES/1244 (1999)",
    "res. 1244",
]
FORMS += ["UN Security Council Resolution 1244", "1244 (1999)", "resolution no. 1244 (1999)", "SCR 1244", "UNSC 1244"]
FORMS += ["U.N. resolution 1244", "unscr-1244", "S/RES/1244(1999)", "1244 resolution", "1244/1999"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", FORMS)
def test_resolution_is_found_by_every_way_to_write_it(client, query):
    mission = make.published_mission(summary="Resolution 1244 was adopted in 1999.")
    make.source(title="Security Council resolution 1244 (1999)", code="un-sres-1244")
    mandate = make.mandate(symbol="S/RES/1244 (1999)", code="unscr-1244-kfor", mission=mission, adopted="1999-06-10")
    make.mandate(symbol="S/RES/1245 (1999)", code="unscr-1245-kfor", mission=mission)

    group, *_others = client.get("/search/", {"q": query}).context["groups"]

    assert [hit.address for hit in group.results] == [mandate.get_absolute_url()]
    assert [*Mandate.objects.all().q(query)] == [mandate]
