"""A text without its accents, a letter for a letter, so that what is found in it is marked in the right place."""

import pytest

from pkportal.content.unaccent import unaccent_letters


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Pristina", "Pristina"),
        ("Peć and Đakovica", "Pec and Dakovica"),
        ("Côte d’Ivoire", "Cote d’Ivoire"),
        ("Türkiye", "Turkiye"),
        ("İzmir, Łódź, Ħal", "Izmir, Lodz, Hal"),
        ("Straße", "Straße"),
        ("한국", "한국"),
    ],
)
def test_takes_the_accent_from_each_letter_and_leaves_every_letter_in_its_place(text, bare):
    assert unaccent_letters(text) == bare


def test_an_accent_that_stands_by_itself_keeps_its_place():
    assert unaccent_letters("e\u0301x")[2] == "x"
