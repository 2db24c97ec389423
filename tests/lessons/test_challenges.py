"""The list of challenges and its files."""

import pytest

from tests import make
from tests.files import rows_of

pytestmark = pytest.mark.django_db


def titles_on(page):
    return [challenge.title for challenge in page.context["object_list"]]


def test_challenges_of_unpublished_missions_are_hidden_even_from_staff(admin_client):
    challenge = make.challenge(title="Roads without bridges")
    make.challenge(title="Hidden trouble", mission=make.mission())

    page = admin_client.get("/challenges/")

    assert titles_on(page) == ["Roads without bridges"]
    assert page.context["count"] == 1
    assert "<title>Challenges – Peacekeeping Record</title>" in page.text
    assert f'href="{challenge.get_absolute_url()}#{challenge.anchor}"' in page.text


@pytest.mark.parametrize("challenges", [1, 3])
def test_list_costs_the_same_for_any_number_of_challenges(client, challenges, django_assert_num_queries):
    for _ in range(challenges):
        make.challenge(sources=[make.source()])

    with django_assert_num_queries(2):  # the choices of all filters with their counts; the page
        page = client.get("/challenges/")

    assert len(titles_on(page)) == challenges


def two_challenges():
    mission, theme = make.published_mission(code="a-force"), make.theme(name="Zeal", family="political")
    first = make.challenge(title="One", text="Caveats tied the force.", mission=mission, theme=theme)
    make.challenge(title="Other", mission=make.published_mission(code="b-force"), theme=make.theme(name="Air"))
    first.mark_checked()
    return mission, theme


@pytest.mark.parametrize(
    ("query", "titles"),
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
def test_page_and_files_have_the_same_filtered_rows(client, query, titles):
    mission, theme = two_challenges()
    query = query.format(mission=mission.code, theme=theme.code)

    assert titles_on(client.get(f"/challenges/?{query}")) == titles
    for ending in ["csv", "json"]:
        assert [row["title"] for row in rows_of(client.get(f"/challenges.{ending}?{query}"))] == titles


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
def test_invalid_value_is_said_at_its_field_and_left_out(client, name, value):
    make.challenge()

    page = client.get("/challenges/", {name: value})

    assert page.status_code == 200
    assert [*page.context["filter"].form.errors] == [name]
    assert len(titles_on(page)) == 1
    assert client.get("/challenges.json", {name: value}).status_code == 400


def test_list_without_matches_says_so(client):
    assert "No challenge matches" in client.get("/challenges/?q=unheard").text
