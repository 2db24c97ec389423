"""Search: what it finds, what it never shows, and what it makes of nonsense."""

import pytest

from missions.models import Mission
from pkportal.content.pages import Searchable
from pkportal.content.registry import models_with
from pkportal.website.search.results import SearchResults
from pkportal.website.search.searchable import searchable_models
from tests import make
from tests.equipment.make import equipment

pytestmark = pytest.mark.django_db

KINDS = {model._meta.model_name for model in models_with(Searchable)}


def hits(page):
    if "page_obj" in page.context:
        return [*page.context["page_obj"]]
    return [hit for group in page.context["groups"] for hit in group.results]


def titles(page):
    return [str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in hits(page)]


def one_of_every_kind(word, mission):
    make.source(title=f"{word} source")
    make.country(name=f"{word} country")
    make.command(name=f"{word} command", mission=mission)
    make.appointment(person=f"{word} appointment", command=make.command(mission=mission))
    make.event(title=f"{word} event", mission=mission)
    make.mandate(title=f"{word} mandate", mission=mission)
    make.theme(name=f"{word} theme")
    make.challenge(title=f"{word} challenge", mission=mission)
    equipment(name=f"{word} equipment", mission=mission)


def test_covers_every_kind_with_a_page_and_words():
    assert searchable_models().keys() == KINDS > {"source", "country", "mission", "command", "appointment", "lesson"}


def test_finds_every_kind_and_counts_each(client):
    one_of_every_kind("Heron", make.published_mission(name="Heron mission"))
    make.published_lesson(title="Heron lesson")
    make.published_topic(title="Heron topic")

    page = client.get("/search/?q=herons")

    assert {name: number for name, _label, number, _address in page.context["counts"]} == dict.fromkeys(KINDS, 1)
    assert sorted(titles(page)) == sorted(f"Heron {kind}" for kind in KINDS)
    assert "<title>“herons” in the record – Peacekeeping Record</title>" in page.text
    assert f"<b>{len(KINDS)}</b> records match" in page.text


def test_never_finds_what_is_not_published(admin_client):
    one_of_every_kind("Heron", make.mission(name="Heron mission", code="heron"))
    make.lesson(title="Heron lesson", number="PK-L-7777")
    make.topic(title="Heron topic", code="heron-topic")

    found = {name for name, *_rest in admin_client.get("/search/?q=heron").context["counts"]}

    assert found == {"source", "country", "theme"}
    for code in ["PK-L-7777", "heron-topic"]:
        assert admin_client.get("/search/", {"q": code}).context["total"] == 0


@pytest.mark.parametrize("records", [1, 3])
def test_costs_the_same_for_any_number_of_hits(client, records, django_assert_num_queries):
    for number in range(records):
        one_of_every_kind(f"Heron {number}", make.published_mission())

    with django_assert_num_queries(3):  # the counts, the hits, their marked words
        page = client.get("/search/?q=heron")

    assert page.context["total"] == 9 * records


def test_what_is_named_exactly_comes_first(client):
    for _ in range(3):
        make.published_lesson(title="Kosovo Kosovo Kosovo", conclusion="Kosovo, Kosovo and Kosovo.")
    make.published_mission(code="kosovo-air", name="Kosovo")
    force = make.published_mission(code="kfor", name="A force in the south")

    assert titles(client.get("/search/?q=kosovo"))[0] == "Kosovo"
    assert titles(client.get("/search/?q=KOSOVO"))[0] == "Kosovo"
    assert titles(client.get("/search/?q=KFOR")) == [force.name]


@pytest.mark.parametrize("typed", ["PK-L-7001", "pk-l-7001"])
def test_a_code_finds_its_record_though_no_text_has_it(client, typed):
    make.published_lesson(number="PK-L-7001", title="Plan for the worst")

    page = client.get("/search/", {"q": typed})

    assert titles(page) == ["Plan for the worst"]
    assert hits(page)[0].address == "/lessons/PK-L-7001/"


def test_words_in_the_title_come_before_words_in_the_text(client):
    make.published_mission(name="A far place", summary="An embargo was kept.")
    make.published_mission(name="The embargo", summary="Ships were stopped.")

    assert titles(client.get("/search/?q=embargo")) == ["The embargo", "A far place"]


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("rules engagement", ["Rules", "Words"]),
        ('"rules of engagement"', ["Rules"]),
        ("rules -apart", ["Rules"]),
        ("restraint or apart", ["Rules", "Words"]),
        ("rule", ["Rules", "Words"]),
    ],
)
def test_takes_questions_as_search_engines_do(client, question, answers):
    make.published_lesson(title="Rules", conclusion="The rules of engagement ask for restraint.")
    make.published_lesson(title="Words", conclusion="Engagement came first; the rules stood apart.")

    assert sorted(titles(client.get("/search/", {"q": question}))) == answers


def test_shows_the_best_of_each_kind_and_leads_to_all(client):
    for number in range(5):
        make.source(title=f"A paper on the heron {number}")
    make.published_mission(name="Heron")

    page = client.get("/search/?q=heron")

    assert [(group.kind, group.number, len(group.results)) for group in page.context["groups"]] == [
        ("mission", 1, 1),
        ("source", 5, 3),
    ]
    assert '<a href="?q=heron&amp;kind=source">All 5 sources</a>' in page.text
    assert "All 1 missions" not in page.text


def test_one_kind_can_be_asked_alone(client):
    one_of_every_kind("Heron", make.published_mission())

    page = client.get("/search/?q=heron&kind=mandate")

    assert titles(page) == ["Heron mandate"]
    assert page.context["total"] == 9
    assert "None of the lessons match" in client.get("/search/?q=heron&kind=lesson").text


def test_hits_are_parted_into_pages_that_keep_the_question(client):
    for number in range(45):
        make.source(title=f"Heron {number:02}")

    pages = [client.get(f"/search/?q=heron&kind=source&page={number}") for number in [1, 2, 3]]

    assert [len(titles(page)) for page in pages] == [20, 20, 5]
    assert len({title for page in pages for title in titles(page)}) == 45
    assert "?q=heron&amp;kind=source&amp;page=2" in pages[0].text
    assert titles(client.get("/search/?q=heron&kind=source&page=999")) == titles(pages[2])
    assert titles(client.get("/search/?q=heron&kind=source&page=x")) == titles(pages[0])


# The marked words


def test_marks_the_words_in_title_and_text_without_markup_or_citations(client):
    make.source(code="treaty")
    make.published_mission(
        name="Patrol at sea", summary="Ships **patrolled** the [Adriatic](/missions/) [@treaty, p. 3]."
    )

    (hit,) = hits(client.get("/search/?q=patrol"))

    assert hit.title == "<mark>Patrol</mark> at sea"
    assert hit.snippet == "Ships <mark>patrolled</mark> the Adriatic."


def test_finds_and_marks_words_of_every_searched_text_and_shows_where_it_leaves_out(client):
    long = " ".join(f"Sentence {number} says nothing." for number in range(60))
    make.published_lesson(conclusion="It follows.", discussion=f"{long} A heron flew. {long}")

    (hit,) = hits(client.get("/search/?q=heron"))

    assert "<mark>heron</mark>" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", "<b>bold</b>", '"><img src=x>', "</mark>"])
def test_what_is_marked_is_escaped(client, attack):
    make.published_lesson(title=f"Heron {attack}", conclusion=f"A heron {attack} and a `{attack}`.")

    page = client.get("/search/?q=heron")

    (hit,) = hits(page)
    unmarked = (hit.title + hit.snippet).replace("<mark>heron</mark>", "").replace("<mark>Heron</mark>", "")
    assert "<" not in unmarked
    assert "<mark>Heron</mark>" in page.text
    assert attack not in page.text.replace("<mark>Heron</mark>", "").replace("<mark>heron</mark>", "")


def test_what_looks_like_markup_is_shown_as_it_was_written(client):
    make.published_lesson(title="Heron &lt;mark&gt; <b>", conclusion="A heron.")

    (hit,) = hits(client.get("/search/?q=heron"))

    assert hit.title == "<mark>Heron</mark> &amp;lt;mark&amp;gt; &lt;b&gt;"


@pytest.mark.parametrize("typed", ["peć", "Pec", "PEĆ", "Pe\u0107"])
def test_accents_do_not_matter_and_are_shown_as_they_were_written(client, typed):
    make.published_lesson(title="Peć and Pec", conclusion="In Peć, not in Đakovica.")

    (hit,) = hits(client.get("/search/", {"q": typed}))

    assert hit.title == "<mark>Peć</mark> and <mark>Pec</mark>"
    assert "<mark>Peć</mark>, not in Đakovica." in hit.snippet


def test_a_hit_without_text_has_no_snippet(client):
    make.command(name="Heron command", place="")

    (hit,) = hits(client.get("/search/?q=heron"))

    assert hit.snippet == ""


def test_control_characters_in_a_text_are_no_marks(client):
    make.published_lesson(title="Heron \x02one\x03", conclusion="A \x03heron\x02 \x02.")

    (hit,) = hits(client.get("/search/?q=heron"))

    assert hit.title == "<mark>Heron</mark> one"
    assert "<mark>heron</mark>" in hit.snippet
    assert not {"\x02", "\x03"} & {*hit.snippet}


def test_the_question_is_escaped_where_it_is_repeated(client):
    for question in ["<script>alert(1)</script>", '"><svg onload=alert(1)>']:
        page = client.get("/search/", {"q": question}).text
        assert "<script>alert" not in page
        assert "<svg onload" not in page


# Nonsense


@pytest.mark.parametrize("kind", ["", "mission"])
@pytest.mark.parametrize(
    "words",
    [
        "& | !",
        "- -",
        '"',
        '""""',
        "the of and",
        "()",
        "'); DROP TABLE x; --",
        "\\",
        "a:*",
        "\x02\x03",
        "�",
        "%",
        "<->",
        "🐦",
    ],
)
def test_words_that_mean_nothing_find_nothing_and_say_what_to_try(client, words, kind):
    make.published_mission(name="The mission of the force")

    page = client.get("/search/", {"q": words, "kind": kind})

    assert page.status_code == 200
    assert page.context.get("total", 0) == 0
    assert Mission.objects.count() == 1


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"q": "a\x00b"}, "q"),
        ({"q": "x" * 10_000}, "q"),
        ({"q": "a", "kind": "user"}, "kind"),
        ({"q": "a", "kind": "\x00"}, "kind"),
    ],
)
def test_a_question_that_cannot_be_asked_is_an_error_beside_its_field(client, question, field):
    page = client.get("/search/", question)

    assert page.status_code == 200
    assert [*page.context["form"].errors] == [field]
    assert "page_obj" not in page.context


def test_an_empty_question_explains_and_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        for address in ["/search/", "/search/?q=", "/search/?q=%20&kind=mission"]:
            assert "How to search" in client.get(address).text


def test_no_hit_says_what_to_try(client):
    page = client.get("/search/?q=unheard").text

    assert "Nothing</b> on record matches “unheard”" in page
    assert "What to try" in page


def test_a_page_beyond_the_last_loads_nothing():
    assert SearchResults("unheard")[0:0] == []
