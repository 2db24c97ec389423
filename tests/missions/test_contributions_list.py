"""The list of contributions: every stated figure, found by what is asked and by nothing else."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from missions.models import Contribution
from tests import make

pytestmark = pytest.mark.django_db

# what is asked, a figure that answers, and one that does not
QUESTIONS = [
    ("kind=ships", {"kind": "ships", "unit": "ships"}, {"kind": "aircraft", "unit": "aircraft"}),
    ("basis=pledged", {"basis": "pledged"}, {"basis": "deployed"}),
    ("from=2010-06-12", {"as_of": "2010-06-12"}, {"as_of": "2010-06-11"}),
    ("from=2010-06-12", {"as_of": "2010-06"}, {"as_of": "2010-05"}),
    ("from=2010-06-12", {"as_of": "2010"}, {"as_of": "2009"}),
    ("from=2010", {"as_of": "2010-01-01"}, {"as_of": "2009-12-31"}),
    ("to=2010-06-12", {"as_of": "2010-06-12"}, {"as_of": "2010-06-13"}),
    ("to=2010-06-12", {"as_of": "2010-06"}, {"as_of": "2010-07"}),
    ("to=2010", {"as_of": "2010-12-31"}, {"as_of": "2011"}),
    ("from=2010-02&to=2010-03", {"as_of": "2010-03-31"}, {"as_of": "2010-04-01"}),
]
NONSENSE = [
    *[(field, "no-such-code") for field in ["mission", "country", "kind", "basis", "checked", "sort"]],
    *[(field, "%00") for field in ["mission", "country", "kind", "basis", "from", "to", "checked", "sort"]],
    *[(field, "x" * 10_000) for field in ["mission", "country", "kind", "from", "to", "sort"]],
    *[("date", answer) for answer in ["abc", "%00", "2010%20", "x" * 10_000]],
    *[("from", answer) for answer in ["abc", "2010-13", "2010-02-30", "0000", "10-06-2010", "2010/06"]],
]


def found(client, question=""):
    """Give the quantities that the page shows, in order: each figure of a test has its own."""
    return [row["quantity"] for row in client.get(f"/contributions/?{question}").context["object_list"]]


@pytest.mark.parametrize(("question", "answers", "does_not"), QUESTIONS)
def test_finds_what_is_asked_and_hides_the_rest(client, question, answers, does_not):
    make.contribution(quantity=1, **answers)
    make.contribution(quantity=2, **does_not)

    assert found(client, question) == [1]


def test_finds_the_figures_of_one_mission_and_of_one_nation(client):
    kfor, italy = make.published_mission(), make.country()
    make.contribution(quantity=1, mission=kfor, country=italy)
    make.contribution(quantity=2, mission=kfor)
    make.contribution(quantity=3, country=italy)

    assert sorted(found(client, f"mission={kfor.code}")) == [1, 2]
    assert sorted(found(client, f"country={italy.iso3}")) == [1, 3]
    assert found(client, f"country={italy.iso3}&mission={kfor.code}") == [1]


def test_finds_what_was_checked_and_what_was_not(client):
    make.contribution(quantity=1).mark_checked()
    make.contribution(quantity=2)

    assert found(client, "checked=yes") == [1]
    assert found(client, "checked=no") == [2]


def test_questions_combine(client):
    asked = {"kind": "training", "basis": "authorised"}
    make.contribution(quantity=1, as_of="2012", **asked)
    make.contribution(quantity=2, as_of="2014", **asked)
    make.contribution(quantity=3, as_of="2012", kind="training")
    make.contribution(quantity=4, as_of="2012", basis="authorised")

    assert found(client, "kind=training&basis=authorised&from=2011&to=2013") == [1]


def test_sorts_by_date_quantity_mission_and_nation(client):
    late, early = make.published_mission(name="A late one"), make.published_mission(name="B early one")
    albania, zambia = make.country(name="Albania"), make.country(name="Zambia")
    make.contribution(quantity=10, as_of="2010", mission=early, country=albania)
    make.contribution(quantity=900, as_of="2005", mission=late, country=zambia, unit="USD", kind="financial")
    make.contribution(quantity=30, as_of="2020-05", mission=late, country=albania)
    make.contribution(quantity=20, as_of="2020", mission=late, country=zambia)

    assert found(client) == [30, 20, 10, 900]
    assert found(client, "sort=date") == [900, 10, 20, 30]
    assert found(client, "sort=-quantity") == [30, 20, 10, 900]
    assert found(client, "sort=mission") == [30, 20, 900, 10]
    assert found(client, "sort=country") == [30, 10, 20, 900]


def test_pages_keep_the_questions_and_never_overlap(client):
    mission, source = make.published_mission(), make.source()
    same = {"mission": mission, "source": source, "kind": "troops", "as_of": "2017", "unit": "personnel"}
    figures = [Contribution(country=make.country(), quantity=number, **same) for number in range(120)]
    Contribution.objects.bulk_create(figures)

    first = client.get("/contributions/?kind=troops&sort=-quantity")
    pages = [found(client, f"kind=troops&sort=-quantity&page={number}") for number in [1, 2, 3]]

    assert 'href="?kind=troops&amp;sort=-quantity&amp;page=2"' in first.text
    assert sum(pages, []) == [*reversed(range(120))]
    assert found(client, "kind=troops&sort=-quantity&page=zzz") == pages[0]
    assert found(client, "kind=troops&sort=-quantity&page=99") == pages[2]


@pytest.mark.parametrize(("field", "answer"), NONSENSE)
def test_nonsense_is_said_beside_its_field_and_finds_nothing(client, field, answer):
    make.contribution()

    page = client.get(f"/contributions/?{field}={answer}")

    assert page.status_code == 200
    assert [*page.context["object_list"]] == []
    assert [*page.context["filter"].form.errors] == [field]
    assert f'id="id_{field}_error"' in page.text
    assert len(page.content) < 60_000
    assert client.get(f"/contributions.csv?{field}={answer}").status_code == 400


def test_a_period_that_ends_before_it_begins_is_nonsense(client):
    make.contribution(as_of="2010")

    page = client.get("/contributions/?from=2011&to=2009")

    assert [*page.context["object_list"]] == []
    assert page.context["filter"].form.errors == {"to": ["The period ends before it begins."]}


def test_of_a_question_asked_twice_the_last_counts(client):
    make.contribution(quantity=1, kind="troops")
    make.contribution(quantity=2, kind="training")

    assert found(client, "kind=troops&kind=training") == [2]
    assert found(client, "kind=nonsense&kind=training&page=x&page=y") == [2]


def test_the_file_is_the_list_in_its_order(client):
    mission = make.published_mission(code="kfor")
    for quantity, date in [(5, "2001"), (7, "2003"), (6, "2002")]:
        make.contribution(quantity=quantity, as_of=date, mission=mission)
    make.contribution(quantity=9)
    question = "mission=kfor&from=2002&sort=-quantity"

    text = b"".join(client.get(f"/contributions.csv?{question}")).decode("utf-8-sig")
    data = json.loads(b"".join(client.get(f"/contributions.json?{question}")))

    rows = [*csv.DictReader(io.StringIO(text))]
    page = client.get(f"/contributions/?{question}").text
    assert found(client, question) == [row["quantity"] for row in data] == [7, 6]
    assert [(row["mission"], row["quantity"]) for row in rows] == [("kfor", "7"), ("kfor", "6")]
    assert 'href="/contributions.csv?mission=kfor&amp;from=2002&amp;sort=-quantity"' in page


def test_hides_figures_of_missions_that_are_not_public(admin_client):
    withdrawn = make.published_mission(name="Withdrawn")
    withdrawn.withdraw()
    to_come = make.published_mission(name="To come")
    to_come.published_at = timezone.now() + timedelta(days=1)
    to_come.save()
    for mission in [make.mission(name="Draft"), withdrawn, to_come]:
        make.contribution(quantity=666, mission=mission)
    make.contribution(quantity=1)

    page = admin_client.get("/contributions/")

    assert found(admin_client) == [1]
    assert page.context["count"] == 1
    assert not any(name in page.text for name in ["666", "Draft", "Withdrawn", "To come"])
    assert b"666" not in b"".join(admin_client.get("/contributions.csv"))
    assert found(admin_client, f"mission={withdrawn.code}") == []


def test_says_how_exactly_on_what_basis_and_by_whom_a_figure_is_stated(client):
    law = make.source(title="A law", code="a-law", grade="A")
    stated = {"quantity": 1500, "value_state": "up-to", "basis": "authorised", "as_of": "2017-02"}
    make.contribution(**stated, source=law, location="Pristina", note="<b>ceiling</b>")

    page = client.get("/contributions/").text

    assert "up to <b>1,500</b>&nbsp;personnel" in page
    assert "Troops, authorised" in page
    assert '<time datetime="2017-02">February 2017</time>' in page
    assert '<a href="/sources/a-law/">A law</a>&nbsp;<span class="grade">A</span>' in page
    assert "Pristina" in page
    assert "&lt;b&gt;ceiling&lt;/b&gt;" in page
    assert '<span class="check warn">not yet checked</span>' in page


def test_says_that_figures_of_different_dates_are_never_added_up(client):
    make.contribution()

    assert "Figures of different dates are never added up" in client.get("/contributions/").text


def test_says_so_when_nothing_answers(client):
    page = client.get("/contributions/?kind=medical")

    assert "No figure matches" in page.text
    assert "<table" not in page.text
    assert "<title>Kind: medical – Contributions – " in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_costs_the_same_for_any_number_of_figures(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make.contribution()

    with django_assert_num_queries(2):  # what there is to choose, with all counts; the page
        assert len(found(client)) == rows
