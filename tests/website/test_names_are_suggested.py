"""Suggestions are names of records; the words of their texts are for the search itself."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def suggested(client, typed):
    return [it.title for it in client.get("/search/suggestions/", {"q": typed}).context["suggestions"]]


def test_words_of_a_text_are_found_and_not_suggested(client):
    make.published_mission(name="Heron Force", acronym="HRF", operation_names="Blue Wing", summary="The stork nests.")
    make.country(name="Italy", iso3="ITA", region="Storkland")

    for name in ["heron", "hrf", "blue"]:
        assert suggested(client, name) == ["Heron Force"]
    assert suggested(client, "stork") == []
    assert "Heron Force" in client.get("/search/?q=stork").text
