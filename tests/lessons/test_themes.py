"""The list of themes by family, and the page of each."""

import pytest
from django.utils.html import strip_tags

from tests import make

pytestmark = pytest.mark.django_db


def test_themes_are_listed_by_family_with_counts_of_their_public_records(client):
    training_theme = make.theme(name="Training", family="practice")
    empty_theme = make.theme(name="Empty", family="asymmetric")
    for _ in range(2):
        make.challenge(theme=training_theme)
        make.published_lesson(themes=[training_theme, make.theme(family="political")])
    make.published_lesson(themes=[training_theme])
    make.challenge(theme=training_theme, mission=make.mission())
    make.lesson(themes=[training_theme, make.theme(family="operational")], missions=[make.published_mission()])

    page = client.get("/themes/")

    families = page.context["families"]
    assert [family.value for family, _themes in families] == ["asymmetric", "operational", "political", "practice"]
    themes_of = dict(families)
    ((empty, empty_length),), ((training, training_length),) = themes_of["asymmetric"], themes_of["practice"]
    assert empty == empty_theme
    assert (training.challenge_count, training.lesson_count, training.mission_count) == (2, 3, 2)
    assert (empty.challenge_count, empty.lesson_count, empty.mission_count) == (0, 0, 0)
    assert (empty_length, training_length) == (0, 100)
    assert "<title>Themes – Peacekeeping Record</title>" in page.text


def test_list_counts_each_mission_once_and_the_lessons_learned(client):
    theme, mission = make.theme(), make.published_mission()
    make.challenge(theme=theme, mission=mission)
    make.challenge(theme=theme, mission=mission)
    make.published_lesson(themes=[theme], missions=[mission, make.published_mission(), make.mission()])
    make.published_lesson(themes=[theme], maturity="lesson-learned", maturity_source=make.source())

    page = client.get("/themes/")

    (((listed, _length),),) = [themes for _family, themes in page.context["families"]]
    assert (listed.mission_count, listed.challenge_count, listed.lesson_count) == (2, 2, 2)
    assert listed.learned_count == 1
    assert "1 learned" in page.text


@pytest.mark.parametrize("themes", [1, 3])
def test_list_costs_six_queries_for_any_number_of_themes(client, themes, django_assert_num_queries):
    for _ in range(themes):
        make.challenge()
        make.published_lesson(themes=[make.theme()])

    with django_assert_num_queries(6):
        client.get("/themes/")


def test_list_without_themes_says_so(client):
    assert "No theme is on record" in client.get("/themes/").text


# The page of one theme


def test_page_shows_challenges_lessons_and_the_missions_of_both(client):
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


def test_page_names_no_unpublished_records(client):
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

    # theme; its lessons, hidden and learned; challenges, their sources; lessons, their missions and themes;
    # public missions, missions by theme, its own missions, the themes that meet it
    with django_assert_num_queries(12):
        page = client.get(theme.get_absolute_url())

    assert len(page.context["references"]) == 2 * records


def test_page_sums_up_recurrence_in_a_sentence_and_a_timeline(client):
    theme = make.theme(code="caveats", name="Caveats")
    old = make.published_mission(name="Old Force", start_date="1992", end_date="1995", state="completed")
    new = make.published_mission(name="New Force", start_date="2021-08")
    far = make.published_mission(name="Far Force", start_date="2003", state="completed-end-unknown")
    challenge = make.challenge(theme=theme, mission=new)
    make.challenge(theme=theme, mission=new, title="Zeal")
    lesson = make.published_lesson(
        themes=[theme], missions=[old, new], maturity="lesson-learned", maturity_source=make.source()
    )
    far_lesson = make.published_lesson(themes=[theme], missions=[far])

    page = client.get("/themes/caveats/")

    text = " ".join(strip_tags(page.text).split())
    assert "Seen in 3 missions, the first begun in 1992, the latest in 2021: 2 challenges, 2 lessons, 1 of" in text
    assert '<a href="/lessons/?theme=caveats&amp;maturity=lesson-learned">1 of them learned</a>' in page.text
    spans = {mark.span.name: mark.span for group in page.context["timeline"].groups for mark in group.marks}
    assert {name: (span.address, span.ending) for name, span in spans.items()} == {
        "Old Force": (f"#{lesson.number}", "known"),
        "New Force": (f"#{challenge.anchor}", "unknown"),
        "Far Force": (f"#{far_lesson.number}", "unknown"),
    }
    for span in spans.values():
        anchor = span.address.removeprefix("#")
        assert f'id="{anchor}"' in page.text


def test_challenges_are_grouped_by_mission_in_order_of_time(client):
    theme = make.theme()
    late, early = make.published_mission(start_date="2011"), make.published_mission(start_date="1992-07")
    second, first = make.challenge(theme=theme, mission=late), make.challenge(theme=theme, mission=early)

    page = client.get(theme.get_absolute_url())

    assert [(mission, challenges) for mission, challenges, _lessons in page.context["findings"]] == [
        (early, [first]),
        (late, [second]),
    ]
    assert page.text.index(first.title) < page.text.index(second.title)


def test_lessons_are_grouped_by_maturity_with_lessons_learned_first(client):
    theme = make.theme()
    observed = make.published_lesson(themes=[theme])
    learned = make.published_lesson(themes=[theme], maturity="lesson-learned", maturity_source=make.source())

    groups = client.get(theme.get_absolute_url()).context["lesson_groups"]

    assert [(step.value, lessons) for step, lessons in groups] == [
        ("lesson-learned", [learned]),
        ("observation", [observed]),
    ]


def test_page_links_themes_of_the_same_missions_the_closest_first(client):
    theme, near, nearest, far = make.theme(), make.theme(), make.theme(), make.theme()
    first, second, hidden = make.published_mission(), make.published_mission(), make.mission()
    for mission in [first, second, hidden]:
        make.challenge(theme=theme, mission=mission)
    make.challenge(theme=near, mission=first)
    make.published_lesson(themes=[nearest], missions=[first, second, hidden])
    make.challenge(theme=far, mission=hidden)
    make.lesson(themes=[far], missions=[first])

    others = client.get(theme.get_absolute_url()).context["other_themes"]

    assert [(other, other.mission_count) for other in others] == [(nearest, 2), (near, 1)]


def test_page_with_challenges_only_says_under_which_themes_the_lessons_of_their_missions_are(client):
    theme, near, nearest, far = (
        make.theme(),
        make.theme(name="Near"),
        make.theme(name="Nearest"),
        make.theme(name="Far"),
    )
    mission = make.challenge(theme=theme).mission
    make.published_lesson(themes=[near, nearest], missions=[mission])
    make.published_lesson(themes=[nearest], missions=[mission])
    make.lesson(themes=[far], missions=[mission])
    make.published_lesson(themes=[far], missions=[make.published_mission()])

    page = client.get(theme.get_absolute_url())

    text = " ".join(strip_tags(page.text).split())
    assert "under this theme. Lessons of the same missions are under: Nearest (2), Near (1)." in text
    assert f'<a href="{nearest.get_absolute_url()}#lessons">Nearest</a>' in page.text
    assert 'href="#lessons"' not in page.text


def test_page_with_lessons_only_says_under_which_themes_the_challenges_of_their_missions_are(client):
    theme, near, far = make.theme(), make.theme(name="Near"), make.theme(name="Far")
    mission = make.published_mission()
    make.published_lesson(themes=[theme], missions=[mission])
    make.challenge(theme=near, mission=mission)
    make.challenge(theme=far)

    page = client.get(theme.get_absolute_url())

    text = " ".join(strip_tags(page.text).split())
    assert "under this theme. Challenges of the same missions are under: Near (1)." in text
    assert f'<a href="{near.get_absolute_url()}#challenges">Near</a>' in page.text
    assert 'href="#challenges"' not in page.text


def test_page_without_records_says_so_and_promises_none(client):
    page = client.get(make.theme().get_absolute_url())

    assert "No challenge is on record under this theme" in page.text
    assert "No lesson is on record under this theme" in page.text
    assert "of the same missions" not in page.text
    assert [part for part in ["challenges", "lessons"] if f'href="#{part}"' in page.text] == []


def test_unknown_theme_is_not_found(client):
    assert client.get("/themes/no-such-theme/").status_code == 404


def test_page_with_very_many_lessons_shows_the_newest_and_links_all(client, monkeypatch):
    monkeypatch.setattr("lessons.views.theme.MAX_THEME_LESSONS", 1)
    theme = make.theme(code="training")
    make.published_lesson(themes=[theme], missions=[make.published_mission()])
    newest = make.published_lesson(themes=[theme])

    page = client.get("/themes/training/")

    assert page.context["lessons"] == [newest]
    assert 'These are the newest 1. <a href="/lessons/?theme=training">All 2 lessons</a>' in " ".join(page.text.split())
    assert 'href="#lessons"' in page.text  # the mission whose lesson is not shown
