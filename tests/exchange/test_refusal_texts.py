"""Refusals as they are printed: their place, and long texts shortened."""

import pytest

from pkportal.exchange.importing import Refusal, shorten


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (Refusal("a.csv", "Why."), "a.csv: Why."),
        (Refusal("a.csv", "Why.", 3), "a.csv, row 3: Why."),
        (Refusal("a.csv", "Why.", 3, "name", "x"), "a.csv, row 3, column name, “x”: Why."),
        (Refusal("a.csv", "y" * 901, 3), f"a.csv, row 3: {'y' * 900}…"),
        (
            Refusal("a.csv", f"“{'x' * 301}” is bad.", 3, "name", "x" * 301),
            f"a.csv, row 3, column name, “{'x' * 300}…”: “{'x' * 300}…” is bad.",
        ),
    ],
)
def test_refusal_names_its_place_and_shortens_long_texts(refusal, text):
    assert str(refusal) == text


@pytest.mark.parametrize(("text", "short"), [("", ""), ("abc", "abc"), ("abcd", "abc…")])
def test_text_is_shortened_only_if_it_is_too_long(text, short):
    assert shorten(text, 3) == short
