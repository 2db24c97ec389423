"""Field words of the search, such as nation:italy: each narrows the results, and an unknown value is an error."""

import html

import pytest

from lessons.models import Lesson
from missions.models import Country
from pkportal.website.search.query import QueryPart
from pkportal.website.search.searchable import field_names, search_fields_of, searchable_models
from pkportal.website.search.value_lists import value_list_for
from pkportal.website.search.vocabulary import Vocabulary
from tests import make

pytestmark = pytest.mark.django_db


def titles_found(client, query, **parameters):
    context = client.get("/search/", {"q": query, **parameters}).context
    in_groups = [hit for group in context.get("groups", []) for hit in group.results]
    hits = context.get("page_obj", in_groups)
    return sorted(str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in hits)


def make_two_missions():
    italy, france = (
        make.country(name="Italy", iso3="ITA", iso2="IT"),
        make.country(name="France", iso3="FRA", iso2="FR"),
    )
    heron_fields = {"name": "Heron", "code": "heron", "acronym": "HRN", "host_countries": [italy]}
    stork_fields = {"name": "Stork", "code": "stork", "host_countries": [france], "region": "baltic-region"}
    heron = make.published_mission(**heron_fields, start_date="1999-06", end_date="2001", state="completed")
    stork = make.published_mission(**stork_fields, type="air-policing-no-fly", start_date="2004")
    for mission in [heron, stork]:
        make.mandate(title=f"Mandate of {mission.name}", mission=mission, adopted=mission.start_date)
        make.event(title=f"Event of {mission.name}", mission=mission, date=mission.start_date)
        make.published_lesson(title=f"Lesson of {mission.name}", missions=[mission])
    return heron, stork


def test_field_names_are_declared_by_the_models():
    assert {*field_names()} == {"kind", "nation", "type", "region", "year", "theme", "source", "mission"}


def test_every_search_field_has_a_list_of_values():
    for model in searchable_models().values():
        for targets in search_fields_of(model).values():
            for target in targets:
                assert value_list_for(model, target).key


@pytest.mark.parametrize("value", ["italy", "ITA", "it", "Italy"])
def test_nation_can_be_given_by_name_or_code(client, value):
    make_two_missions()

    assert titles_found(client, f"nation:{value}") == [
        "Event of Heron",
        "Heron",
        "Italy",
        "Lesson of Heron",
        "Mandate of Heron",
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("mission:HRN kind:lesson", ["Lesson of Heron"]),
        ("type:air-policing-no-fly kind:mission", ["Stork"]),
        ('type:"air policing and no-fly zones" kind:missions', ["Stork"]),
        ("region:baltic-region kind:event", ["Event of Stork"]),
        ('region:"Baltic region" kind:event', ["Event of Stork"]),
        ("year:2000 kind:mission", ["Heron"]),
        ("year:2020 kind:mission", ["Stork"]),
        ("year:2099 kind:mission", []),
        ("year:1999 kind:event", ["Event of Heron"]),
        ("year:1998-1999 kind:event", ["Event of Heron"]),
        ("year:1999 to 2003 kind:event", ["Event of Heron"]),
        ("year:since 2000 kind:event", ["Event of Stork"]),
        ("year:before 2001 kind:mission", ["Heron"]),
        ("mandate nation:france", ["Mandate of Stork"]),
        ("type:unsc-resolution year:2004", ["Mandate of Stork"]),
    ],
)
def test_field_words_narrow_the_results(client, query, titles):
    make_two_missions()

    assert titles_found(client, query) == titles


def test_value_of_several_words_needs_no_quotation_marks(client):
    make.country(name="United Kingdom", iso3="GBR")

    page = client.get("/search/", {"q": "nation:united kingdom year:1999 kind:country"})

    assert [str(chip.label) for chip, _rest in page.context["fields"]] == ["United Kingdom", "1999", "Countries"]
    assert page.context["words"] == 'nation:"united kingdom" year:1999 kind:country'
    assert titles_found(client, "nation:united kingdom") == ["United Kingdom"]


def test_results_match_all_field_words(client):
    make_two_missions()

    assert client.get("/search/?q=nation:italy+nation:france").context["total"] == 0
    assert client.get("/search/?q=nation:italy+type:air-policing-no-fly").context["total"] == 0


def test_nation_finds_missions_by_contributor(client):
    heron, _stork = make_two_missions()
    make.contribution(mission=heron, country=make.country(name="Spain"))

    assert titles_found(client, "nation:spain kind:mission") == ["Heron"]


def test_lessons_of_a_nation_are_not_joined_with_each_contribution_to_their_missions():
    heron, _stork = make_two_missions()
    make.contribution(mission=heron, country=Country.objects.get(iso3="FRA"))
    nation = Vocabulary().look_up(QueryPart("nation:france", "nation", "france"))
    found = nation.filter(Lesson.objects.all())

    assert sorted(found.values_list("title", flat=True)) == ["Lesson of Heron", "Lesson of Stork"]
    assert 'JOIN "missions_contribution"' not in str(found.query)


def test_source_finds_records_that_list_or_cite_it(client):
    source = make.source(code="treaty", title="Treaty")
    make.published_mission(name="Listed", sources=[source])
    make.published_topic(title="Cited", text="So it says [@treaty, p. 3].")
    make.published_topic(title="Neither")

    assert titles_found(client, "source:treaty") == ["Cited", "Listed", "Treaty"]


def test_theme_finds_challenges_and_lessons(client):
    theme = make.theme(code="medical", name="Medical support")
    make.challenge(title="Distance", theme=theme)
    make.published_lesson(title="Fly early", themes=[theme])
    make.published_lesson(title="Other")

    assert titles_found(client, 'theme:"medical support"') == ["Distance", "Fly early", "Medical support"]


def test_drafts_are_no_values_and_do_not_relate_records(client):
    italy = make.country(name="Italy")
    draft = make.mission(name="Secret", code="secret", host_countries=[italy])
    make.published_lesson(title="Lesson", missions=[draft])

    assert titles_found(client, "nation:italy") == ["Italy"]
    ((problem, *_rest),) = client.get("/search/?q=mission:secret").context["problems"]
    assert problem.near == []


def test_each_field_word_has_a_link_that_removes_it(client):
    make_two_missions()

    page = client.get("/search/", {"q": "heron nation:it kind:event"})

    assert [(chip.part.name, str(chip.label), rest) for chip, rest in page.context["fields"]] == [
        ("nation", "Italy", "heron kind:event"),
        ("kind", "Events", "heron nation:it"),
    ]
    assert 'href="?q=heron+kind%3Aevent"' in page.text


def test_links_to_other_kinds_replace_the_kind_in_the_query(client):
    make_two_missions()

    page = client.get("/search/", {"q": "heron kind:event"})

    addresses = {name: address for name, _label, _number, address in page.context["counts"]}
    assert addresses["lesson"] == "?q=heron+kind%3Alesson"
    assert page.context["everything"] == "?q=heron"


def test_page_names_the_kinds_that_a_field_word_does_not_apply_to(client):
    make_two_missions()

    assert "do not apply to them: countries, commands" in client.get("/search/?q=year:1999").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("nation:itly", "No nation on record is called “itly”."),
        ("region:baltic", "No region on record is called “baltic”."),
        ("year:199", "No year on record is called “199”. Write it like year:1999."),
        ("nation:", "After “nation:” a value is missing, such as nation:"),
        ("-nation:italy", "a minus sign can precede a word, but not a filter word"),
        ("kind:missile", "No kind on record is called “missile”."),
        ("year:99999999999999999999", "No year on record"),
        ("mission:%00", "No mission on record"),
    ],
)
def test_unknown_value_is_an_error_and_nothing_is_searched(client, query, sentence):
    make_two_missions()

    page = client.get("/search/", {"q": query})

    assert sentence in " ".join(html.unescape(page.text).split())
    assert "total" not in page.context


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("nation:itly force", ("Italy", "nation:ITA force")),
        ("region:baltic", ("Baltic region", "region:baltic-region")),
        ("year:1999-06-12", ("1999", "year:1999")),
        ("year:2001-1999", ("1999–2001", "year:1999..2001")),
        ("kind:misions", ("Missions", "kind:mission")),
    ],
)
def test_error_links_the_nearest_known_value(client, query, suggestion):
    make_two_missions()

    ((_problem, _rest, suggestions),) = client.get("/search/", {"q": query}).context["problems"]

    first, *_others = suggestions
    assert first == suggestion


@pytest.mark.parametrize("query", ["operation:heron", "missions:heron", "Mission:heron"])
def test_field_word_can_be_what_its_records_are_called(client, query):
    make.published_mission(name="Heron", code="heron")

    context = client.get("/search/", {"q": query}).context

    assert ([str(field) for field, _rest in context["unknown_names"]], context["total"]) == ([], 1)
    assert context["fields"][0][0].part.name == "mission"


def test_misspelt_field_name_has_a_suggestion(client):
    make_two_missions()

    assert 'Did you mean <a href="?q=nation%3Aitaly">nation:italy</a>?' in client.get("/search/?q=natoin:italy").text


def test_all_wrong_field_words_are_named_at_once_with_one_correction_and_the_words_that_there_are(client):
    make_two_missions()

    text = html.unescape(client.get("/search/?q=natoin:italy+misson:heron+foo:bar").text)

    assert "“natoin:italy”, “misson:heron”, “foo:bar”" in text
    assert ">nation:italy mission:heron foo:bar</a>?" in text
    assert "The filter words are kind:, " in text


def test_few_values_are_all_listed_where_none_is_near(client):
    make.theme(name="Medical support", code="medical")
    make.theme(name="Logistics", code="logistics")

    ((_problem, _rest, values),) = client.get("/search/?q=theme:xyzzy").context["problems"]

    assert values == [("Logistics", "theme:logistics"), ("Medical support", "theme:medical")]


def test_all_field_words_together_cost_at_most_nine_queries(client, django_assert_max_num_queries):
    make_two_missions()
    make.theme(code="medical")
    make.source(code="treaty")
    words = "nation:italy mission:heron region:baltic-region theme:medical source:treaty year:1999 type:incident zzz"

    with django_assert_max_num_queries(9):  # five lists of names, the counts, and at most three for advice
        assert client.get("/search/", {"q": words}).status_code == 200
