"""Questions with several values: “or”, “not” and “none”, in rows, facets, forms and files."""

import json
from itertools import product

import pytest
from django.http import QueryDict

from lessons.filters import LessonFilter
from lessons.models import Lesson
from missions.filters import ContributionFilter, MissionFilter
from missions.models import Contribution, Mission
from pkportal.website.facet_counts import count_facets
from tests import make

pytestmark = pytest.mark.django_db


def codes_of(client, query):
    """Return the codes of the missions on the list, sorted."""
    return sorted(mission.code for mission in client.get(f"/missions/?{query}").context["object_list"])


@pytest.fixture
def missions():
    """Four missions: with resolution and host, with two mandates, with an agreement, and with nothing."""
    here, there = make.country(iso3="ITA", name="Italy"), make.country(iso3="FRA", name="France")
    bare = make.published_mission(code="bare", type="air-policing-no-fly")
    one = make.published_mission(code="one", host_countries=[here])
    two = make.published_mission(code="two", host_countries=[here, there], region="africa")
    three = make.published_mission(code="three", host_countries=[there], type="humanitarian-relief")
    make.mandate(mission=one, kind="unsc-resolution")
    make.mandate(mission=two, kind="unsc-resolution")
    make.mandate(mission=two, kind="agreement")
    make.mandate(mission=three, kind="agreement")
    for mission, country in [(one, here), (one, there), (two, here), (two, here)]:
        make.contribution(mission=mission, country=country)
    top = make.command(code="top")
    for mission in [one, two]:
        make.command(parent=top, mission=mission)
    return [bare, one, two, three]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("host=ITA&host=FRA", ["one", "three", "two"]),
        ("host=ITA&host=-FRA", ["one"]),
        ("host=-ITA", ["bare", "three"]),
        ("host=none", ["bare"]),
        ("host=none&host=ITA", ["bare", "one", "two"]),
        ("host=-none", ["one", "three", "two"]),
        ("mandate=-unsc-resolution", ["bare", "three"]),
        ("mandate=none", ["bare"]),
        ("mandate=none&mandate=agreement", ["bare", "three", "two"]),
        ("contributor=none", ["bare", "three"]),
        ("contributor=FRA&contributor=ITA", ["one", "two"]),
        ("contributor=-FRA", ["bare", "three", "two"]),
        ("command=none", ["bare", "three"]),
        ("command=-top", ["bare", "three"]),
        ("type=humanitarian-relief&type=air-policing-no-fly", ["bare", "three"]),
        ("type=-humanitarian-relief", ["bare", "one", "two"]),
        ("checked=yes&checked=no", ["bare", "one", "three", "two"]),
        ("checked=-yes", ["bare", "one", "three", "two"]),
    ],
)
def test_values_are_or_a_minus_is_not_and_none_is_absence(client, missions, query, codes):
    assert codes_of(client, query) == codes
    rows = json.loads(b"".join(client.get(f"/missions.json?{query}").streaming_content))
    assert sorted(row["code"] for row in rows) == codes


@pytest.mark.parametrize(
    "query",
    ["", "host=ITA&host=FRA", "host=none&type=-peacekeeping", "mandate=-agreement&contributor=ITA&contributor=FRA"],
)
def test_each_number_is_the_count_of_the_list_with_that_choice_alone(client, missions, query):
    facets = count_facets(MissionFilter(QueryDict(query), Mission.objects.published())).counts
    assert facets["host"]
    for name, counts in facets.items():
        others = "&".join(part for part in query.split("&") if not part.startswith(f"{name}="))
        for code, count in counts.items():
            assert len(codes_of(client, f"{others}&{name}={code}")) == count.number, (name, code)


@pytest.mark.parametrize("query", ["", "theme=peace&theme=war", "theme=none", "mission=-kfor&dotmlpfi=none"])
def test_numbers_of_lessons_are_counts_too(client, query):
    kfor, draft = make.published_mission(code="kfor"), make.mission(code="draft")
    peace, war = make.theme(code="peace"), make.theme(code="war")
    lessons = [([kfor], [peace]), ([kfor, draft], [peace, war]), ([draft], []), ([], [war])]
    for missions, themes in lessons:
        make.published_lesson(missions=missions, themes=themes)
    make.published_lesson(dotmlpfi=["training"], missions=[kfor])

    facets = count_facets(LessonFilter(QueryDict(query), Lesson.objects.published())).counts

    if not query:
        assert facets["mission"]["none"].number == 2  # one has a mission that is not public
        assert facets["theme"]["none"].number == 2
        assert facets["dotmlpfi"]["none"].number == 4
    for name, counts in facets.items():
        others = "&".join(part for part in query.split("&") if not part.startswith(f"{name}="))
        for code, count in counts.items():
            assert client.get(f"/lessons/?{others}&{name}={code}").context["count"] == count.number, (name, code)


QUESTIONS = {
    "country": [[], ["AAA"], ["AAA", "BBB"], ["-AAA"], ["AAA", "-BBB"]],
    "kind": [[], ["troops", "ships"], ["-ships"]],
    "date": [[], ["2016", "2017"], ["-2016"]],
}


@pytest.mark.parametrize("chosen", [*product(*QUESTIONS.values())])
def test_rows_and_total_are_those_of_a_plain_reading(chosen, nations):
    query = QueryDict(mutable=True)
    for name, values in zip(QUESTIONS, chosen, strict=True):
        query.setlist(name, values)
    filterset = ContributionFilter(query, Contribution.objects.published())

    def is_kept(figure):
        own = {"country": figure.country.iso3, "kind": figure.kind, "date": figure.as_of}
        for name, values in zip(QUESTIONS, chosen, strict=True):
            any_of = [value for value in values if not value.startswith("-")]
            if f"-{own[name]}" in values or (any_of and own[name] not in any_of):
                return False
        return True

    expected = {figure.pk for figure in Contribution.objects.select_related("country") if is_kept(figure)}
    assert {figure.pk for figure in filterset.qs} == expected
    assert count_facets(filterset).total == len(expected)


@pytest.fixture
def nations():
    """A figure of each of two nations, two kinds and two dates."""
    mission, source = make.published_mission(), make.source()
    countries = [make.country(iso3=iso3) for iso3 in ["AAA", "BBB"]]
    for country, kind, date in product(countries, ["troops", "ships"], ["2016", "2017"]):
        make.contribution(mission=mission, source=source, country=country, kind=kind, as_of=date)


def test_five_values_cost_no_more_queries_than_one(client, missions, django_assert_num_queries):
    for iso3 in ["AAA", "BBB", "CCC"]:
        make.country(iso3=iso3)
    with django_assert_num_queries(3):
        client.get("/missions/?host=ITA")

    with django_assert_num_queries(3):
        client.get("/missions/?host=ITA&host=FRA&host=AAA&host=BBB&host=-CCC&host=none")


def test_each_value_has_a_link_of_its_own_that_removes_it(client, missions):
    page = client.get("/missions/?host=ITA&host=-FRA&host=none&type=peacekeeping&page=1")

    assert [(str(active), active.address) for active in page.context["active_filters"]] == [
        ("Type: peacekeeping", "/missions/?host=ITA&host=-FRA&host=none"),
        ("Host country: Italy", "/missions/?type=peacekeeping&host=-FRA&host=none"),
        ("Host country: none on record", "/missions/?type=peacekeeping&host=ITA&host=-FRA"),
        ("Host country: not France", "/missions/?type=peacekeeping&host=ITA&host=none"),
    ]


def test_form_has_every_value_checked_so_that_it_can_be_sent_again(client, missions):
    text = client.get("/missions/?host=ITA&host=-FRA&host=none").text

    for value, words in [("ITA", "Italy"), ("-FRA", "not France"), ("none", "none on record")]:
        assert f'name="host" value="{value}" id="id_host_{value}" checked> <span>{words}</span>' in text


@pytest.mark.parametrize(
    ("query", "quantities"),
    [
        ("place=prístina", [1]),
        ("place=pristina&place=camp", [1, 2]),
        ("place=none", [3]),
        ("place=-camp", [1, 3]),
        ("place=-none", [1, 2]),
        ("source=nato-placemat", [1]),
        ("source=placemat", [1]),
        ("source=placemat&source=law", [1, 2]),
        ("source=-placemat", [2, 3]),
        ("min=2", [2, 3]),
        ("max=2", [1, 2]),
        ("min=2&max=2", [2]),
        ("min=2&place=none&place=camp", [2, 3]),
    ],
)
def test_contributions_are_found_by_place_source_and_range_of_figure(client, query, quantities):
    placemat, law = make.source(code="nato-placemat", title="KFOR placemat"), make.source(title="A law")
    make.contribution(quantity=1, location="Pristina", source=placemat)
    make.contribution(quantity=2, location="Camp Bondsteel", source=law)
    make.contribution(quantity=3)

    page = client.get(f"/contributions/?{query}")

    assert page.context["notices"] == []
    assert sorted(row["quantity"] for row in page.context["object_list"]) == quantities
    assert page.context["count"] == len(quantities)


def test_texts_that_were_looked_for_stay_in_the_form_beside_a_box_for_more(client):
    text = client.get("/contributions/?place=Camp+%3Cb%3E&place=-Pristina").text

    assert 'name="place" value="Camp &lt;b&gt;"' in text
    assert 'name="place" value="-Pristina"' in text
    assert '<input type="search" name="place" aria-label="Place" id="id_place">' in text


def test_choice_is_turned_round_by_one_click_and_back(client, missions):
    page = client.get("/missions/?mandate=unsc-resolution&mandate=agreement&checked=no")
    first, second, yes_no = page.context["active_filters"]
    assert (first.opposite, yes_no.opposite) == ("/missions/?checked=no&mandate=agreement&mandate=-unsc-resolution", "")
    link = 'aria-label="Exclude Legal basis: Security Council resolution">'
    assert link in page.text

    without = client.get("/missions/?mandate=-unsc-resolution")
    assert sorted(row.code for row in without.context["object_list"]) == ["bare", "three"]
    (excluded,) = without.context["active_filters"]
    assert excluded.opposite == "/missions/?mandate=unsc-resolution"
    assert 'aria-label="Include Legal basis: not Security Council resolution">' in without.text


def test_lessons_are_found_by_type_and_region_of_their_public_missions(client):
    training = make.published_mission(type="training-capacity-building", region="africa")
    draft = make.mission(type="humanitarian-relief")
    shown = make.published_lesson(missions=[training, draft])
    make.published_lesson(missions=[draft])

    page = client.get("/lessons/?type=training-capacity-building&region=africa")

    assert [row["number"] for row in page.context["object_list"]] == [shown.number]
    counts = page.context["view"].facets.counts
    assert {code: count.number for code, count in counts["type"].items()} == {"training-capacity-building": 1}
    assert client.get("/lessons/?type=humanitarian-relief").context["count"] == 0


def test_nations_are_sorted_by_missions_figures_and_deaths(client):
    one, two = make.published_mission(), make.published_mission()
    for iso3, missions in [("AAA", [one, one, one]), ("BBB", [one, two]), ("CCC", [])]:
        country = make.country(iso3=iso3, name=iso3)
        for mission in missions:
            make.contribution(mission=mission, country=country)
    make.fatality(mission=one, country=country, as_of="2009", cumulative=2)
    make.fatality(mission=one, country=country, as_of="2010", cumulative=5)

    def order(sort):
        return [row.iso3 for row in client.get(f"/countries/?sort={sort}").context["object_list"]]

    assert order("-missions") == ["BBB", "AAA", "CCC"]
    assert order("missions") == ["CCC", "AAA", "BBB"]
    assert order("-figures") == ["AAA", "BBB", "CCC"]
    assert order("-deaths") == ["CCC", "AAA", "BBB"]
    assert order("-name") == ["CCC", "BBB", "AAA"]
    assert [row.death_count for row in client.get("/countries/").context["object_list"]] == [0, 0, 5]


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        (
            "",
            [
                '<a href="/missions/?sort=name">Mission</a>',
                'aria-sort="descending"><a href="/missions/?sort=start">',
            ],
        ),
        ("sort=start", ['aria-sort="ascending"><a href="/missions/">']),
        (
            "sort=name&type=peacekeeping",
            ['aria-sort="ascending"><a href="/missions/?type=peacekeeping&amp;sort=-name">'],
        ),
        ("sort=-name", ['aria-sort="descending"><a href="/missions/?sort=name">']),
    ],
)
def test_heads_of_columns_sort_and_turn_the_order_round(client, query, heads):
    for name in "ABC":
        make.published_mission(name=name, start_date="1999")

    page = client.get(f"/missions/?{query}")

    assert [head for head in heads if head not in page.text] == []
    if query == "sort=-name":
        assert [mission.name for mission in page.context["object_list"]] == ["C", "B", "A"]
