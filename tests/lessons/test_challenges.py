"""The challenges: the list and its files."""

import pytest

from tests import make
from tests.files import rows_of

pytestmark = pytest.mark.django_db


def shown(page):
    return [challenge.title for challenge in page.context["object_list"]]


def test_lists_what_belongs_to_a_published_mission(admin_client):
    challenge = make.challenge(title="Roads without bridges")
    make.challenge(title="Hidden trouble", mission=make.mission())

    page = admin_client.get("/challenges/")

    assert shown(page) == ["Roads without bridges"]
    assert page.context["count"] == 1
    assert "<title>Challenges – Peacekeeping Record</title>" in page.text
    assert f'href="{challenge.get_absolute_url()}#{challenge.anchor}"' in page.text


@pytest.mark.parametrize("challenges", [1, 3])
def test_list_costs_the_same_for_any_number_of_challenges(client, challenges, django_assert_num_queries):
    for _ in range(challenges):
        make.challenge(sources=[make.source()])

    with django_assert_num_queries(2):  # what there is to choose, with all counts; the page
        page = client.get("/challenges/")

    assert len(shown(page)) == challenges


def two_challenges():
    mission, theme = make.published_mission(code="a-force"), make.theme(name="Zeal", family="political")
    one = make.challenge(title="One", text="Caveats tied the force.", mission=mission, theme=theme)
    make.challenge(title="Other", mission=make.published_mission(code="b-force"), theme=make.theme(name="Air"))
    one.mark_checked()
    return mission, theme


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("", ["One", "Other"]),
        ("q=caveat", ["One"]),
        ("theme={theme}", ["One"]),
        ("family=political", ["One"]),
        ("family=operational", ["Other"]),
        ("family=practice", []),
        ("mission={mission}", ["One"]),
        ("checked=yes", ["One"]),
        ("checked=no", ["Other"]),
        ("sort=theme", ["Other", "One"]),
        ("sort=title", ["One", "Other"]),
        ("mission={mission}&checked=no", []),
    ],
)
def test_answers_a_question_on_the_page_and_in_the_file_alike(client, question, answers):
    mission, theme = two_challenges()
    question = question.format(mission=mission.code, theme=theme.code)

    assert shown(client.get(f"/challenges/?{question}")) == answers
    for ending in ["csv", "json"]:
        assert [row["title"] for row in rows_of(client.get(f"/challenges.{ending}?{question}"))] == answers


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "a\x00b"),
        ("theme", "no-such-theme"),
        ("family", "happy"),
        ("mission", "\x00"),
        ("checked", "2"),
        ("sort", "-"),
    ],
)
def test_a_question_without_sense_is_an_error_beside_its_field_and_no_rows(client, name, value):
    make.challenge()

    page = client.get("/challenges/", {name: value})

    assert page.status_code == 200
    assert [*page.context["filter"].form.errors] == [name]
    assert shown(page) == []
    assert client.get("/challenges.json", {name: value}).status_code == 400


def test_says_what_to_do_when_nothing_answers(client):
    assert "No challenge matches" in client.get("/challenges/?q=unheard").text
