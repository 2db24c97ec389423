"""Field words: each narrows the answer by what it names, and none is ignored in silence."""

import html

import pytest

from pkportal.website.search.searchable import field_names, search_fields_of, searchable_models
from pkportal.website.search.vocabulary import value_list_for
from tests import make

pytestmark = pytest.mark.django_db


def found(client, question, **more):
    context = client.get("/search/", {"q": question, **more}).context
    hits = context["page_obj"] if "page_obj" in context else [hit for it in context["groups"] for hit in it.results]
    return sorted(str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in hits)


def two_missions():
    italy, france = (
        make.country(name="Italy", iso3="ITA", iso2="IT"),
        make.country(name="France", iso3="FRA", iso2="FR"),
    )
    here = {"name": "Heron", "code": "heron", "acronym": "HRN", "host_countries": [italy]}
    there = {"name": "Stork", "code": "stork", "host_countries": [france], "region": "baltic-region"}
    heron = make.published_mission(**here, start_date="1999-06", end_date="2001", state="completed")
    stork = make.published_mission(**there, type="air-policing-no-fly", start_date="2004")
    for mission in [heron, stork]:
        make.mandate(title=f"Mandate of {mission.name}", mission=mission, adopted=mission.start_date)
        make.event(title=f"Event of {mission.name}", mission=mission, date=mission.start_date)
        make.published_lesson(title=f"Lesson of {mission.name}", missions=[mission])
    return heron, stork


def test_the_words_are_those_of_the_record():
    assert {*field_names()} == {"kind", "nation", "type", "region", "year", "theme", "source", "mission"}


def test_every_answer_leads_to_something_that_can_be_named():
    for model in searchable_models().values():
        for answers in search_fields_of(model).values():
            for answer in answers:
                assert value_list_for(model, answer).key


@pytest.mark.parametrize("value", ["italy", "ITA", "it", "Italy"])
def test_a_nation_is_known_by_name_or_code(client, value):
    two_missions()

    assert found(client, f"nation:{value}") == [
        "Event of Heron",
        "Heron",
        "Italy",
        "Lesson of Heron",
        "Mandate of Heron",
    ]


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("mission:HRN kind:lesson", ["Lesson of Heron"]),
        ("type:air-policing-no-fly kind:mission", ["Stork"]),
        ('type:"air policing and no-fly zones" kind:missions', ["Stork"]),
        ("region:baltic-region kind:event", ["Event of Stork"]),
        ('region:"Baltic region" kind:event', ["Event of Stork"]),
        ("year:2000 kind:mission", ["Heron"]),
        ("year:1999 kind:event", ["Event of Heron"]),
        ("mandate nation:france", ["Mandate of Stork"]),
        ("type:unsc-resolution year:2004", ["Mandate of Stork"]),
    ],
)
def test_field_words_narrow_the_answer(client, question, answers):
    two_missions()

    assert found(client, question) == answers


def test_a_name_of_several_words_may_stand_without_quotation_marks(client):
    make.country(name="United Kingdom", iso3="GBR")

    page = client.get("/search/", {"q": "nation:united kingdom year:1999 kind:country"})

    assert [str(it.label) for it, _rest in page.context["fields"]] == ["United Kingdom", "1999", "Countries"]
    assert page.context["words"] == 'nation:"united kingdom" year:1999 kind:country'
    assert found(client, "nation:united kingdom") == ["United Kingdom"]


def test_all_of_them_must_hold(client):
    two_missions()

    assert client.get("/search/?q=nation:italy+nation:france").context["total"] == 0
    assert client.get("/search/?q=nation:italy+type:air-policing-no-fly").context["total"] == 0


def test_a_contributor_is_a_nation_of_the_mission_too(client):
    heron, _stork = two_missions()
    make.contribution(mission=heron, country=make.country(name="Spain"))

    assert found(client, "nation:spain kind:mission") == ["Heron"]


def test_a_source_is_found_where_it_is_listed_and_where_it_is_cited(client):
    source = make.source(code="treaty", title="Treaty")
    make.published_mission(name="Listed", sources=[source])
    make.published_topic(title="Cited", text="So it says [@treaty, p. 3].")
    make.published_topic(title="Neither")

    assert found(client, "source:treaty") == ["Cited", "Listed", "Treaty"]


def test_a_theme_joins_challenges_and_lessons(client):
    theme = make.theme(code="medical", name="Medical support")
    make.challenge(title="Distance", theme=theme)
    make.published_lesson(title="Fly early", themes=[theme])
    make.published_lesson(title="Other")

    assert found(client, 'theme:"medical support"') == ["Distance", "Fly early", "Medical support"]


def test_what_is_hidden_names_nothing_and_tells_nothing(client):
    italy = make.country(name="Italy")
    hidden = make.mission(name="Secret", code="secret", host_countries=[italy])
    make.published_lesson(title="Lesson", missions=[hidden])

    assert found(client, "nation:italy") == ["Italy"]
    assert client.get("/search/?q=mission:secret").context["problems"][0][0].near == []


def test_each_is_said_back_as_a_chip_that_takes_it_away(client):
    two_missions()

    page = client.get("/search/", {"q": "heron nation:it kind:event"})

    assert [(it.part.name, str(it.label), rest) for it, rest in page.context["fields"]] == [
        ("nation", "Italy", "heron kind:event"),
        ("kind", "Events", "heron nation:it"),
    ]
    assert 'href="?q=heron+kind%3Aevent"' in page.text


def test_a_kind_named_in_the_question_is_changed_there(client):
    two_missions()

    page = client.get("/search/", {"q": "heron kind:event"})

    addresses = {name: address for name, _label, _number, address in page.context["counts"]}
    assert addresses["lesson"] == "?q=heron+kind%3Alesson"
    assert page.context["everything"] == "?q=heron"


def test_says_which_kinds_the_words_say_nothing_about(client):
    two_missions()

    assert "say nothing about them: countries, commands" in client.get("/search/?q=year:1999").text


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("nation:itly", "No nation on record is called “itly”."),
        ("region:baltic", "No region on record is called “baltic”."),
        ("year:199", "No year on record is called “199”. Write it like year:1999."),
        ("nation:", "After “nation:” a value is missing, such as nation:"),
        ("-nation:italy", "a minus sign can stand before a word, not before a field word"),
        ("kind:missile", "No kind on record is called “missile”."),
        ("year:99999999999999999999", "No year on record"),
        ("mission:%00", "No mission on record"),
    ],
)
def test_what_names_nothing_is_said_and_not_searched(client, question, sentence):
    two_missions()

    page = client.get("/search/", {"q": question})

    assert sentence in " ".join(html.unescape(page.text).split())
    assert "total" not in page.context


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("nation:itly force", ("Italy", "nation:ITA force")),
        ("region:baltic", ("Baltic region", "region:baltic-region")),
        ("year:1999-06-12", ("1999", "year:1999")),
        ("kind:misions", ("Missions", "kind:mission")),
    ],
)
def test_the_nearest_that_is_known_is_a_link(client, question, near):
    two_missions()

    ((_problem, _rest, mended),) = client.get("/search/", {"q": question}).context["problems"]

    assert mended[0] == near


def test_a_misspelt_field_word_is_noticed(client):
    two_missions()

    assert 'Did you mean <a href="?q=nation%3Aitaly">nation:italy</a>?' in client.get("/search/?q=natoin:italy").text


def test_all_field_words_together_cost_at_most_twelve_queries(client, django_assert_max_num_queries):
    two_missions()
    make.theme(code="medical")
    make.source(code="treaty")
    words = "nation:italy mission:heron region:baltic-region theme:medical source:treaty year:1999 type:incident zzz"

    with django_assert_max_num_queries(9):  # five lists of names, the counts, and at most three for advice
        assert client.get("/search/", {"q": words}).status_code == 200
