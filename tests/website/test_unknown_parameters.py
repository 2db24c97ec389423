"""What a question asks that is not understood, or may mean two things, is said and refused for a file."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "notice", "address"),
    [
        ("nation=ITA", "nation: not a parameter here. Did you mean country?", "country=ITA"),
        ("Country=ITA", "Country: not a parameter here. Did you mean country?", "country=ITA"),
        ("country=Itally", "country: “Itally” is not one of the choices. Did you mean ITA?", "country=ITA"),
        ("country=-italia", "country: “-italia” is not one of the choices. Did you mean -ITA?", "country=-ITA"),
        ("kind=troop", "kind: “troop” is not one of the choices. Did you mean troops?", "kind=troops"),
        ("grade=missing", "grade: “missing” is not one of the choices. Did you mean none?", "grade=none"),
        ("sort=-quantitiy", "sort: This is not one of the choices. Did you mean -quantity?", "sort=-quantity"),
    ],
)
def test_what_is_not_understood_is_said_and_refused_for_a_file(client, query, notice, address):
    make.contribution(country=make.country(iso3="ITA", name="Italy"))

    page = client.get(f"/contributions/?{query}&basis=deployed")
    file = client.get(f"/contributions.csv?{query}&basis=deployed")

    ((said, suggestions),) = page.context["notices"]
    assert str(said) == notice
    assert [link for _words, link in suggestions] == [f"/contributions/?basis=deployed&{address}"]
    assert [str(active) for active in page.context["active_filters"]] == ["Counted as: deployed"]
    assert (file.status_code, file.text) == (400, f"Not all parameters were understood.\n{notice}\n")


def test_unknown_parameter_without_a_like_one_names_all_that_there_are(client):
    _title, line = client.get("/sources.csv?zzz=1").text.splitlines()

    assert line == "zzz: not a parameter here. It knows: q, kind, grade, publisher, sort, columns."


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("min=1.000", ["min=1000", "min=1"]),
        ("max=12.000", ["max=12000", "max=12"]),
        ("date=01/02/2017", ["date=2017-02-01", "date=2017-01-02"]),
        ("from=01/02/2017", ["from=2017-02-01", "from=2017-01-02"]),
    ],
)
def test_what_may_mean_two_things_is_asked_and_refused_for_a_file(client, query, meant):
    ((_notice, suggestions),) = client.get(f"/contributions/?{query}").context["notices"]

    assert [link.partition("?")[2] for _words, link in suggestions] == meant
    assert client.get(f"/contributions.csv?{query}").status_code == 400


@pytest.mark.parametrize("written", ["1,200", "1.200", "1 200", "1'200", "1200"])
def test_number_is_taken_as_people_write_it(client, written):
    for quantity in (1199, 1200):
        make.contribution(quantity=quantity)

    page = client.get("/contributions/", {"min": written})

    assert [figure["quantity"] for figure in page.context["object_list"]] == [1200]
    assert [str(active) for active in page.context["active_filters"]] == ["Figure at least: 1,200"]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("grade=money", "“money” is not one of the choices. It may be one of these: A, B, C, D, E, F, G, X, none."),
        (
            "basis=kg",
            "“kg” is not one of the choices. It may be one of these: "
            "deployed, authorised, pledged, peak, rotation-total, delivered.",
        ),
        (
            "sort=zzz",
            "This is not one of the choices. It may be one of these: date, -quantity, mission, country, kind, source.",
        ),
        ("min=10&max=5", "The largest figure is smaller than the smallest."),
        ("kind=troops&kind=-troops&kind=-training", "troops cannot be asked for and left out at once."),
    ],
)
def test_wrong_value_without_a_like_one_names_all_that_there_are(client, query, reason):
    ((notice, suggestions),) = client.get(f"/contributions/?{query}").context["notices"]
    file = client.get(f"/contributions.csv?{query}")

    assert (notice.reason, suggestions) == (reason, [])
    assert (file.status_code, file.text.partition(": ")[2]) == (400, f"{reason}\n")


def test_word_that_several_choices_have_proposes_each_of_them_the_shortest_first(client):
    make.published_mission(code="verify", name="Air verification of the Marshes")
    make.published_mission(code="mfor", name="Marshes Force")

    ((notice, _suggestions),) = client.get("/contributions/?mission=marshes").context["notices"]
    (problem,) = client.get("/search/?q=mission:marshes").context["problems"]

    assert notice.explained.endswith("Did you mean mfor or verify?")
    assert [entry.code for entry in problem[0].near] == ["mfor", "verify"]


@pytest.mark.parametrize(
    ("path", "query", "meant"),
    [
        ("contributions", "location=Pristina", "place=Pristina"),
        ("contributions", "where=Pristina", "place=Pristina"),
        ("contributions", "troops=100", "min=100"),
        ("contributions", "year=2014", "from=2014&to=2014"),
        ("contributions", "year=2012–2014", "from=2012&to=2014"),
        ("contributions", "date=2012-2014", "from=2012&to=2014"),
        ("events", "from=2012 to 2014&checked=no", "checked=no&from=2012&to=2014"),
        ("mandates", "to=before 2014", "to=2013"),
        ("contributions", "active_in=2014", "from=2014&to=2014"),
        ("contributions", "order=date", "sort=date"),
        ("missions", "year=2014", "active_in=2014"),
        ("missions", "where=XKX", "host=XKX"),
        ("missions/kfor", "date=2014-05", "on=2014-05"),
        ("events", "since=2014", "from=2014"),
        ("lessons", "topics=logistics", "theme=logistics"),
        ("search", "query=kfor", "q=kfor"),
        ("contributions", "format=csv", ""),  # and not from=csv
        ("lessons", "nation=ITA", ""),  # and not region=ITA
    ],
)
def test_parameter_that_is_meant_by_another_word_is_proposed_and_no_other(client, path, query, meant):
    make.published_mission(code="kfor")

    ((_notice, suggestions),) = client.get(f"/{path}/?{query}").context["notices"]

    assert [link for _words, link in suggestions] == ([f"/{path}/?{meant}"] if meant else [])


def test_api_proposes_what_is_meant_by_another_word(client):
    (unknown,) = client.get("/api/v1/contributions?year=2014").json()["errors"]

    assert unknown["nearest"] == ["from and to"]


def test_field_word_of_search_that_is_meant_by_another_word_is_proposed(client):
    page = client.get("/search/?q=where:kosovo")

    assert [unknown.near for unknown in page.context["unknown_names"]] == ["nation"]


def test_all_values_of_a_misnamed_parameter_are_in_the_link_to_the_right_one(client):
    ((_notice, ((_words, address),)),) = client.get("/contributions/?nation=ITA&nation=FRA").context["notices"]

    assert address == "/contributions/?country=ITA&country=FRA"


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("page=abc", "page: “abc” is no page: there is 1 page, and this is page 1."),
        ("page=9", "page: “9” is no page: there is 1 page, and this is page 1."),
        ("view=card", "view: “card” is not a way to show this list. Did you mean cards?"),
    ],
)
def test_wrong_page_or_view_is_said(client, query, notice):
    make.published_mission()

    assert [str(said) for said, _links in client.get(f"/missions/?{query}").context["notices"]] == [notice]
    assert client.get(f"/missions.csv?{query}").status_code == 400


@pytest.mark.parametrize("name", ["<script>", "x" * 5000, "%00", "a%0Ab"])
def test_unknown_parameter_cannot_harm_the_page(client, name):
    page = client.get(f"/missions/?{name}=<b>")

    assert page.status_code == 200
    assert len(page.context["notices"]) == 1
    assert "<script>=" not in page.text
    assert len(page.content) < 40_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 July 2010", "1 July 2010"),
        ("July 2010", "July 2010"),
        ("1.7.2010", "1 July 2010"),
        ("13/07/2010", "13 July 2010"),
    ],
)
def test_dates_are_taken_as_people_write_them(client, text, words):
    make.contribution(as_of="2012")

    page = client.get("/contributions/", {"from": text})

    assert page.context["notices"] == []
    assert [active.value for active in page.context["active_filters"]] == [words]


def test_date_that_may_be_two_is_asked_about(client):
    make.contribution(as_of="2012")

    page = client.get("/contributions/?from=01/07/2010")

    ((notice, suggestions),) = page.context["notices"]
    assert notice.reason == "This may be 1 July 2010 or 7 January 2010: please choose."
    assert [address for _words, address in suggestions] == [
        "/contributions/?from=2010-07-01",
        "/contributions/?from=2010-01-07",
    ]
