"""The themes: all of them by family, and the page of each."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_lists_themes_by_family_with_what_is_public_under_each(client):
    practice = make.theme(name="Training", family="practice")
    empty = make.theme(name="Empty", family="asymmetric")
    for _ in range(2):
        make.challenge(theme=practice)
        make.published_lesson(themes=[practice, make.theme(family="political")])
    make.published_lesson(themes=[practice])
    make.challenge(theme=practice, mission=make.mission())
    make.lesson(themes=[practice, make.theme(family="operational")])

    page = client.get("/themes/")

    families = page.context["families"]
    assert [family.value for family, _themes in families] == ["asymmetric", "operational", "political", "practice"]
    assert families[0][1] == [empty]
    (training,) = families[-1][1]
    assert (training.challenge_count, training.lesson_count) == (2, 3)
    assert (families[0][1][0].challenge_count, families[0][1][0].lesson_count) == (0, 0)
    assert "<title>Themes – Peacekeeping Record</title>" in page.text


@pytest.mark.parametrize("themes", [1, 3])
def test_list_costs_one_query_for_any_number_of_themes(client, themes, django_assert_num_queries):
    for _ in range(themes):
        make.challenge()
        make.published_lesson(themes=[make.theme()])

    with django_assert_num_queries(1):
        client.get("/themes/")


def test_says_so_when_there_is_no_theme(client):
    assert "No theme is on record" in client.get("/themes/").text


# The page of one theme


def test_page_joins_challenges_and_lessons_and_the_missions_of_both(client):
    theme = make.theme(code="training", name="Training", description="How people are made ready.")
    source = make.source(title="The audit")
    balkan, desert = make.published_mission(name="Balkan Force"), make.published_mission(name="Desert Force")
    challenge = make.challenge(theme=theme, mission=balkan, title="Nobody was trained", sources=[source])
    lesson = make.published_lesson(themes=[theme], missions=[desert, balkan], title="Train before you go")
    make.challenge(title="Elsewhere")
    make.published_lesson(title="Something else")

    page = client.get("/themes/training/")

    assert page.context["challenges"] == [challenge]
    assert page.context["lessons"] == [lesson]
    assert page.context["missions"] == [balkan, desert]
    assert "<title>Training – Peacekeeping Record</title>" in page.text
    assert f'id="{challenge.anchor}"' in page.text
    assert "The audit" in page.text
    assert "Elsewhere" not in page.text
    assert "Something else" not in page.text


def test_page_names_nothing_that_is_not_published(client):
    theme = make.theme(name="Training")
    make.challenge(theme=theme, mission=make.mission(name="Draft mission"), title="Draft challenge")
    make.lesson(themes=[theme], title="Draft lesson")
    make.published_lesson(themes=[theme], missions=[make.mission(name="Draft force")])

    page = client.get(theme.get_absolute_url())

    assert page.context["challenges"] == page.context["missions"] == []
    assert len(page.context["lessons"]) == 1
    assert "Draft" not in page.text


@pytest.mark.parametrize("records", [1, 3])
def test_page_costs_the_same_for_any_number_of_records(client, records, django_assert_num_queries):
    theme = make.theme()
    for _ in range(records):
        make.challenge(theme=theme, sources=[make.source(), make.source()])
        make.published_lesson(themes=[theme], missions=[make.published_mission()])

    with django_assert_num_queries(6):  # theme, challenges, lessons, their missions and themes, the sources
        page = client.get(theme.get_absolute_url())

    assert len(page.context["references"]) == 2 * records


def test_page_without_anything_says_so(client):
    page = client.get(make.theme().get_absolute_url())

    assert "No challenge is on record under this theme" in page.text
    assert "No lesson is on record under this theme" in page.text


def test_an_unknown_theme_has_no_page(client):
    assert client.get("/themes/no-such-theme/").status_code == 404
