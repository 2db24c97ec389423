"""Suggestions come from the names of records, and not from their texts."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def suggested_titles(client, typed):
    return [suggestion.title for suggestion in client.get("/search/suggestions/", {"q": typed}).context["suggestions"]]


def test_words_of_texts_are_found_by_search_but_not_suggested(client):
    make.published_mission(name="Heron Force", acronym="HRF", operation_names="Blue Wing", summary="The stork nests.")
    make.country(name="Italy", iso3="ITA", region="Storkland")

    for name in ["heron", "hrf", "blue"]:
        assert suggested_titles(client, name) == ["Heron Force"]
    assert suggested_titles(client, "stork") == []
    assert "Heron Force" in client.get("/search/?q=stork").text
