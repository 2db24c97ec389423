"""The mandates: the list of the instruments, and the page of each."""

import csv
import io

import pytest

from missions.models import Mandate
from tests import make

pytestmark = pytest.mark.django_db

QUESTIONS = [
    ("q=presence", {"title": "A civil presence"}, {"title": "An embargo"}),
    ("q=demilitarise", {"authorises": "To demilitarise the zone."}, {"authorises": "To watch."}),
    ("q=1244", {"symbol": "S/RES/1244 (1999)"}, {"symbol": "S/RES/1245 (1999)"}),
    ("kind=agreement", {"kind": "agreement"}, {"kind": "host-consent"}),
    ("chapter=VII", {"chapter": "VII"}, {"chapter": "VI"}),
    ("from=1999", {"adopted": "1999-01-01"}, {"adopted": "1998-12-31"}),
    ("from=1999-06-12", {"adopted": "1999"}, {}),
    ("to=1999", {"adopted": "1999-12-31"}, {"adopted": "2000-01-01"}),
    ("to=1999-06-12", {"adopted": "1999-06"}, {}),
    ("from=1998&to=1999-06&kind=agreement", {"adopted": "1999-06-09", "kind": "agreement"}, {"adopted": "1999-06-09"}),
]
NONSENSE = [
    *[(field, "no-such-code") for field in ["kind", "mission", "chapter", "checked", "sort", "from", "to"]],
    *[(field, "%00") for field in ["q", "kind", "mission", "chapter", "from", "to"]],
    *[(field, "x" * 10_000) for field in ["q", "mission", "from"]],
]


def found(client, question=""):
    return [*client.get(f"/mandates/?{question}").context["object_list"]]


def page_of(client, mandate):
    return client.get(f"/mandates/{mandate.code}/")


@pytest.mark.parametrize(("question", "answers", "does_not"), QUESTIONS)
def test_finds_what_is_asked_and_hides_the_rest(client, question, answers, does_not):
    shown = make.mandate(**answers)
    make.mandate(**does_not)

    assert found(client, question) == [shown]


def test_finds_the_mandates_of_one_mission_and_what_was_checked(client):
    shown = make.mandate()
    shown.mark_checked()
    make.mandate()

    assert found(client, f"mission={shown.mission.code}") == [shown]
    assert found(client, "checked=yes") == [shown]
    assert shown not in found(client, "checked=no")


def test_sorts_by_date_mission_and_symbol_with_the_latest_first_unless_asked(client):
    first, second = make.published_mission(name="A"), make.published_mission(name="B")
    old = make.mandate(mission=second, adopted="1999", symbol="C")
    new = make.mandate(mission=first, adopted="2001", symbol="B")
    undated = make.mandate(mission=second, symbol="A")

    assert found(client) == [new, old, undated]
    assert found(client, "sort=adopted") == [old, new, undated]
    assert found(client, "sort=mission") == [new, old, undated]
    assert found(client, "sort=symbol") == [undated, new, old]


def test_pages_keep_the_questions(client):
    mission = make.published_mission()
    for _ in range(51):
        make.mandate(mission=mission, kind="agreement")

    page = client.get("/mandates/?kind=agreement&sort=symbol")

    assert 'href="?kind=agreement&amp;sort=symbol&amp;page=2"' in page.text
    assert len(found(client, "kind=agreement&sort=symbol&page=2")) == 1
    assert len(found(client, "page=zzz")) == 50


@pytest.mark.parametrize(("field", "answer"), NONSENSE)
def test_nonsense_is_said_beside_its_field_and_finds_nothing(client, field, answer):
    make.mandate()

    page = client.get(f"/mandates/?{field}={answer}")

    assert page.status_code == 200
    assert [*page.context["object_list"]] == []
    assert [*page.context["filter"].form.errors] == [field]
    assert f'id="id_{field}_error"' in page.text


def test_the_file_is_the_list_in_its_order(client):
    for code, year in [("b", "1999"), ("c", "2001"), ("a", "2000")]:
        make.mandate(code=code, adopted=year)
    make.mandate(code="other", kind="agreement")

    text = b"".join(client.get("/mandates.csv?kind=unsc-resolution")).decode("utf-8-sig")

    assert [row["code"] for row in csv.DictReader(io.StringIO(text))] == ["c", "a", "b"]


def test_hides_mandates_of_a_draft_in_lists_counts_files_and_by_address(admin_client):
    hidden = make.mandate(mission=make.mission(), symbol="S/RES/666")
    shown = make.mandate()

    page = admin_client.get("/mandates/")

    assert [*page.context["object_list"]] == [shown]
    assert page.context["count"] == 1
    assert b"S/RES/666" not in b"".join(admin_client.get("/mandates.csv"))
    assert page_of(admin_client, hidden).status_code == 404


def test_an_unknown_code_is_not_found(client):
    assert client.get("/mandates/no-such-mandate/").status_code == 404


def test_page_says_what_the_instrument_authorises_and_on_whose_word(client):
    make.source(code="un-1244", title="Resolution 1244")
    facts = {"chapter": "VII", "adopted": "1999-06-10", "expires": "2000-06", "availability": "text"}
    names = {"symbol": "S/RES/1244 (1999)", "title": "A security presence"}
    text = "Sets up a **security presence** [@un-1244, para. 7]."
    report = make.source(title="A report")
    mandate = make.mandate(**names, **facts, authorises=text, ai_assisted=True, sources=[report])

    page = page_of(client, mandate)

    assert "<title>S/RES/1244 (1999): A security presence – " in page.text
    assert "<strong>security presence</strong>" in page.text
    assert [it.source.title for it in page.context["references"]] == ["Resolution 1244", "A report"]
    assert "AI-assisted · not yet checked" in page.text
    for words in ["10 June 1999", "June 2000", "Chapter VII", "Public text", "para. 7"]:
        assert words in page.text


def test_page_shows_the_chain_and_the_mission_s_instruments_in_order(client):
    mission = make.published_mission()
    resolution = make.mandate(mission=mission, adopted="1999-06-10", title="The resolution")
    decision = make.mandate(mission=mission, adopted="1999-06-11", title="The decision", derives_from=resolution)
    rules = make.mandate(mission=mission, adopted="1999-06-13", title="The rules", derives_from=decision)
    before = make.mandate(mission=mission, adopted="1999-06-09", title="The agreement")
    make.mandate(title="Of another mission")

    page = page_of(client, decision)

    assert page.context["mandate"].derives_from == resolution
    assert [*page.context["mandate"].derived.all()] == [rules]
    assert [it for it, _lines in page.context["steps"]] == [mission, before, resolution, decision, rules]
    assert [lines.node for _it, lines in page.context["steps"]] == [9, 29, 29, 49, 69]
    assert (page.context["previous"], page.context["next"]) == (resolution, rules)
    assert page.text.count('aria-current="true"') == 2  # the room of the site, and this instrument
    assert "Of another mission" not in page.text


def test_page_does_not_name_hidden_instruments_of_its_chain(admin_client):
    draft = make.mission()
    shown = make.mandate(derives_from=make.mandate(mission=draft, title="Hidden above", code="above"))
    make.mandate(mission=draft, title="Hidden below", derives_from=shown)

    page = page_of(admin_client, shown)

    assert "Hidden" not in page.text
    assert "does not say that it carries out another instrument" in page.text


def test_page_shows_what_it_carries_out_and_what_carries_it_out_in_other_missions(client):
    above = make.mandate(symbol="S/RES/816", mission=make.published_mission(acronym="OTHER"))
    mandate = make.mandate(derives_from=above)
    below = make.mandate(derives_from=mandate, symbol="Plan 40104")

    page = page_of(client, mandate)

    assert [it for it, _lines in page.context["steps"]] == [mandate.mission, above, mandate, below]
    assert f'It carries out <a href="{above.get_absolute_url()}">S/RES/816</a>.' in page.text
    assert f'It is carried out by <a href="{below.get_absolute_url()}">Plan 40104</a>.' in page.text
    assert f'of <a href="{above.mission.get_absolute_url()}">OTHER</a>' in page.text


def test_page_survives_instruments_that_derive_from_each_other(client):
    mission = make.published_mission()
    one = make.mandate(mission=mission)
    two = make.mandate(mission=mission, derives_from=one)
    Mandate.objects.filter(pk=one.pk).update(derives_from=two)

    assert {it for it, _lines in page_of(client, two).context["steps"]} == {mission, one, two}


@pytest.mark.parametrize(("availability", "words"), [("text", "Public text"), ("reported", "Known from reports only")])
def test_page_says_in_words_what_it_is_and_whether_its_text_can_be_read(client, availability, words):
    page = page_of(client, make.mandate(availability=availability, kind="nac-decision"))

    assert words in page.text
    assert "taken by consensus" in page.text
    assert "No date on record" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_any_number_of_mandates(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make.mandate(adopted="1999")

    with django_assert_num_queries(2):  # what there is to choose, with all counts; the page
        assert len(found(client)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_any_number_of_relations(client, rows, django_assert_num_queries):
    mission = make.published_mission()
    mandate = make.mandate(mission=mission, derives_from=make.mandate(mission=mission))
    mandate.sources.set([make.source() for _ in range(rows)])
    for _ in range(rows):
        make.mandate(mission=mission, derives_from=mandate)

    with django_assert_num_queries(5):  # the mandate, what it follows from, what follows, its mission's, the sources
        page = page_of(client, mandate)

    assert len(page.context["steps"]) == rows + 3  # with the mission
