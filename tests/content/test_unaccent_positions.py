"""Removing accents keeps the position of every letter, so that matches are highlighted in the right place."""

import pytest

from pkportal.content.unaccent import unaccent_letters


@pytest.mark.parametrize(
    ("text", "without_accents"),
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
def test_accents_are_removed_letter_by_letter(text, without_accents):
    assert unaccent_letters(text) == without_accents


def test_combining_accent_keeps_its_position():
    without_accents = unaccent_letters("e\u0301x")
    assert without_accents.index("x") == 2
    assert len(without_accents) == 3
