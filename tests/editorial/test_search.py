"""Search of the admin, in its lists and in the choices of a field: other names, codes and synonyms lead to records."""

import re

import pytest

from tests import make


@pytest.fixture
def names(client, editor):
    make.country(name="Ukraine", iso2="UA")
    kingdom = make.country(name="United Kingdom", iso2="GB")
    for name, kind in [("Great Britain", "short"), ("UK", "short"), ("200", "code_cow")]:
        make.country_name(country=kingdom, name=name, kind=kind)
    draft = make.mission(name="Air campaign", code="heron")
    make.mission_name(mission=draft, name="Operation Grey Bird")
    make.synonym(term="ROE", means="rules of engagement; marsh rules", kind="abbreviation")
    make.lesson(title="Clear rules of engagement")
    make.lesson(title="Rules of the marsh")
    make.lesson(title="Plan air strikes")
    make.lesson(title="Keep a ceasefire", observation="It held from 12 June 1999.")
    make.contribution(country=kingdom)
    client.force_login(editor)


def found(client, model, words):
    page = client.get(f"/admin/{model}/", {"q": words})
    return sorted(str(record) for record in page.context["cl"].result_list)


@pytest.mark.parametrize(
    ("model", "words", "records"),
    [
        ("missions/country", "great brit", ["United Kingdom"]),
        ("missions/country", "UK", ["Ukraine", "United Kingdom"]),
        ("missions/country", "200", ["United Kingdom"]),
        ("missions/country", "20", []),
        ("missions/mission", "grey bird", ["Air campaign"]),
        ("lessons/lesson", "ROE", ["Clear rules of engagement"]),
        ("lessons/lesson", "roe clear", ["Clear rules of engagement"]),
        ("lessons/lesson", "airstrikes", ["Plan air strikes"]),
        ("lessons/lesson", "plan air-strike", ["Plan air strikes"]),
        ("lessons/lesson", "cease fire 12. Juni 1999", ["Keep a ceasefire"]),
    ],
)
def test_list_finds_records_by_other_names_and_synonyms(client, names, model, words, records):
    titles = found(client, model, words)

    assert [re.sub(r"^PK-L-\d+ ", "", title) for title in titles] == records


def test_list_finds_what_belongs_to_a_record_by_its_other_name(client, names):
    page = client.get("/admin/missions/contribution/", {"q": "britain"})

    assert [figure.country.name for figure in page.context["cl"].result_list] == ["United Kingdom"]


@pytest.mark.parametrize(
    ("app", "model", "field", "term", "choice"),
    [
        ("missions", "contribution", "country", "Great Britain", ["United Kingdom"]),
        ("missions", "contribution", "country", "uk", ["United Kingdom", "Ukraine"]),
        ("missions", "contribution", "mission", "operation grey", ["Airlift", "Air campaign"]),
        ("missions", "contribution", "mission", "op grey bird", ["Air campaign", "Airlift"]),
    ],
)
def test_chooser_offers_a_record_by_its_other_name_and_first_what_is_called_so(
    client, names, app, model, field, term, choice
):
    airlift = make.mission(name="Airlift", code="aaa")
    make.mission_name(mission=airlift, name="Operation Grey Birdcage")
    parameters = {"app_label": app, "model_name": model, "field_name": field, "term": term}

    answer = client.get("/admin/autocomplete/", parameters).json()

    assert [result["text"].partition(" (")[0] for result in answer["results"]] == choice
