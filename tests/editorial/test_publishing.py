"""Publishing is an act of those who may, on what is ready, and nothing else makes a record public."""

import pytest
from django.contrib.admin.models import LogEntry

from lessons.models import Lesson
from missions.models import Country, Mission
from tests import make
from tests.editorial.pages import errors, messages

pytestmark = pytest.mark.django_db


def test_publisher_publishes_what_is_ready_and_hears_why_the_rest_is_not(desk, publisher):
    ready, bare = make.mission(), make.mission(name="Bare", summary="Words.", sources=[])

    page = desk(publisher).act("publish", ready, bare)

    ready.refresh_from_db()
    bare.refresh_from_db()
    assert (ready.status, bare.status) == ("published", "draft")
    assert messages(page) == ["Bare: It cites no source.", "1 record was published."]
    assert LogEntry.objects.get().object_id == str(ready.pk)
    assert LogEntry.objects.get().get_change_message() == "Published."


def test_publishing_is_in_the_history_with_who_and_why(desk, publisher):
    mission = make.mission()

    desk(publisher).act("publish", mission)

    last = mission.history.order_by("pgh_id").last()
    assert last.status == "published"
    assert last.pgh_context.metadata["act"] == "publish"
    assert last.pgh_context.metadata["user"] == publisher.pk


def test_an_editor_cannot_publish_by_the_action(desk, editor):
    mission = make.mission()
    here = desk(editor)

    assert "publish" not in {
        name for name, label in here.get(Mission, "changelist").context["action_form"].fields["action"].choices
    }
    here.act("publish", mission)

    mission.refresh_from_db()
    assert mission.status == "draft"


@pytest.mark.parametrize("person", ["editor", "publisher"])
def test_saving_never_publishes(desk, request, person):
    mission = make.mission()

    desk(request.getfixturevalue(person)).save(mission, status="published", published_at="2020-01-01", name="Saved")

    mission.refresh_from_db()
    assert (mission.name, mission.status, mission.published_at) == ("Saved", "draft", None)


def test_withdrawing_keeps_the_date_of_first_publication_and_spares_drafts(desk, publisher):
    shown, draft = make.published_mission(), make.mission()
    first = shown.published_at

    page = desk(publisher).act("withdraw", shown, draft)

    shown.refresh_from_db()
    draft.refresh_from_db()
    assert (shown.status, draft.status) == ("withdrawn", "draft")
    assert shown.published_at == first
    assert shown.withdrawn_at
    assert messages(page) == ["1 record was withdrawn."]


def test_publishing_what_is_public_changes_nothing(desk, publisher):
    mission = make.published_mission()

    page = desk(publisher).act("publish", mission)

    assert messages(page) == ["0 records were published."]
    assert not LogEntry.objects.exists()


def test_a_published_record_cannot_be_saved_without_what_makes_it_ready(desk, editor):
    mission = make.published_mission()

    page = desk(editor).save(mission, sources=[])

    assert errors(page) == ["This record is published, so it cannot be left like that:", "It cites no source."]
    assert mission.sources.count() == 1


def test_what_makes_a_published_record_unfit_is_undone_with_all_that_was_sent_with_it(desk, editor):
    mission = make.published_mission()
    make.objective(mission=mission, text="Keep the peace")
    before = mission.history.count()

    page = desk(editor).save(mission, sources=[], name="Another", **{"objectives-0-text": "Another"})

    assert page.context["adminform"].form["name"].value() == "Another"  # what was typed is still there
    mission.refresh_from_db()
    assert mission.name != "Another"
    assert mission.objectives.get().text == "Keep the peace"
    assert mission.history.count() == before
    assert not LogEntry.objects.exists()


def test_a_published_record_may_lose_its_list_of_sources_when_its_text_cites_one(desk, editor):
    mission = make.published_mission()
    cited = mission.sources.get()

    page = desk(editor).save(mission, sources=[], summary=f"It kept the peace [@{cited.code}].")

    assert page.redirect_chain
    assert not mission.sources.exists()


def test_the_form_says_what_stands_in_the_way(desk, editor):
    bare = make.lesson(conclusion="", sources=[])

    page = desk(editor).get(Lesson, "change", bare.pk)

    assert "<ul><li>It has no conclusion.</li><li>It cites no source.</li></ul>" in page.text


def test_a_name_never_changes_once_it_was_public(desk, publisher):
    draft, shown, withdrawn = make.mission(), make.published_mission(), make.published_mission()
    withdrawn.withdraw()
    here = desk(publisher)

    for mission in (draft, shown, withdrawn):
        here.save(mission, code=f"new-{mission.code}")

    assert {*Mission.objects.values_list("code", flat=True)} == {f"new-{draft.code}", shown.code, withdrawn.code}


def test_a_country_keeps_its_code_and_its_name_can_be_mended(desk, editor):
    country = make.country(iso3="XYZ")

    desk(editor).save(country, iso3="ABC", name="Mended")

    assert [*Country.objects.values_list("iso3", "name")] == [("XYZ", "Mended")]


def test_a_draft_has_no_link_to_a_page_that_the_public_cannot_open(desk, editor):
    here = desk(editor)
    assert "View on site" not in here.get(Mission, "change", make.mission().pk).text
    shown = make.published_mission()
    assert (
        f'<a href="/missions/{shown.code}/" class="viewsitelink">View on site</a>'
        in here.get(Mission, "change", shown.pk).text
    )


def test_a_lesson_is_offered_the_number_after_the_highest_that_was_ever_given(desk, publisher):
    make.lesson(number="PK-L-0041")
    highest = make.lesson(number="PK-L-10042")
    highest.delete()

    page = desk(publisher).get(Lesson, "add")

    assert page.context["adminform"].form["number"].value() == "PK-L-10043"
