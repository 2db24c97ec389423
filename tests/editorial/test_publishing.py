"""Publishing in the admin: by permission, only what is ready, and never by saving a form."""

import pytest
from django.contrib.admin.models import LogEntry

from lessons.models import Lesson
from missions.models import Country, Mission
from tests import make
from tests.editorial.pages import form_data, messages, problems, publish_drafts

pytestmark = pytest.mark.django_db


def test_publisher_publishes_what_is_ready_and_is_told_why_the_rest_is_not(admin_as, publisher):
    ready, bare = make.mission(), make.mission(name="Bare", summary="Words.", sources=[])

    page = admin_as(publisher).run_action("publish", ready, bare)

    ready.refresh_from_db()
    bare.refresh_from_db()
    assert (ready.status, bare.status) == ("published", "draft")
    assert messages(page) == ["Bare: It cites no source.", "1 record was published."]
    assert LogEntry.objects.get().object_id == str(ready.pk)
    assert LogEntry.objects.get().get_change_message() == "Published."


def test_publishing_is_recorded_in_the_history_with_user_and_action(admin_as, publisher):
    mission = make.mission()

    admin_as(publisher).run_action("publish", mission)

    last = mission.history.order_by("pgh_id").last()
    assert last.status == "published"
    assert last.pgh_context.metadata["act"] == "publish"
    assert last.pgh_context.metadata["user"] == publisher.pk


def test_editor_has_no_publish_action(admin_as, editor):
    mission = make.mission()
    browser = admin_as(editor)

    assert "publish" not in {
        name for name, label in browser.get(Mission, "changelist").context["action_form"].fields["action"].choices
    }
    browser.run_action("publish", mission)

    mission.refresh_from_db()
    assert mission.status == "draft"


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_saving_a_form_never_publishes(admin_as, request, role):
    mission = make.mission()

    admin_as(request.getfixturevalue(role)).save(mission, status="published", published_at="2020-01-01", name="Saved")

    mission.refresh_from_db()
    assert (mission.name, mission.status, mission.published_at) == ("Saved", "draft", None)


def test_withdrawing_keeps_the_date_of_publication_and_skips_drafts(admin_as, publisher):
    published, draft = make.published_mission(), make.mission()
    published_at = published.published_at

    page = admin_as(publisher).withdraw(published, draft)

    published.refresh_from_db()
    draft.refresh_from_db()
    assert (published.status, draft.status) == ("withdrawn", "draft")
    assert published.published_at == published_at
    assert published.withdrawn_at
    assert messages(page) == ["1 record was withdrawn."]


def test_publishing_a_published_record_changes_nothing(admin_as, publisher):
    mission = make.published_mission()

    page = admin_as(publisher).run_action("publish", mission)

    assert messages(page) == ["0 records were published."]
    assert not LogEntry.objects.exists()


def test_obstacles_of_a_draft_are_listed(admin_as, editor):
    mission = make.published_mission()

    page = admin_as(editor).save(mission, sources=[])

    assert problems(page) == ["It cites no source."]
    assert mission.sources.count() == 1


def test_published_record_needs_no_list_of_sources_if_its_text_cites_one(admin_as, editor):
    mission = make.published_mission()
    cited = mission.sources.get()

    page = admin_as(editor).save(mission, sources=[], summary=f"It kept the peace [@{cited.code}].")

    assert not problems(page)
    publish_drafts()
    assert not mission.sources.exists()


def test_form_lists_the_obstacles_to_publication(admin_as, editor):
    bare = make.lesson(conclusion="", sources=[])

    page = admin_as(editor).get(Lesson, "change", bare.pk)

    assert "<ul><li>It has no conclusion.</li><li>It cites no source.</li></ul>" in page.text


def test_code_cannot_change_after_first_publication(admin_as, publisher):
    draft, published, withdrawn = make.mission(), make.published_mission(), make.published_mission()
    make.withdrawn(withdrawn)
    browser = admin_as(publisher)

    for mission in (draft, published, withdrawn):
        browser.save(mission, code=f"new-{mission.code}")

    assert {*Mission.objects.values_list("code", flat=True)} == {f"new-{draft.code}", published.code, withdrawn.code}


def test_code_of_a_country_cannot_change_but_its_name_can(admin_as, editor):
    country = make.country(iso3="XYZ")

    admin_as(editor).save(country, iso3="ABC", name="Mended")
    publish_drafts()

    assert [*Country.objects.values_list("iso3", "name")] == [("XYZ", "Mended")]


def test_only_published_records_have_a_link_to_the_site(admin_as, editor):
    browser = admin_as(editor)
    assert "View on site" not in browser.get(Mission, "change", make.mission().pk).text
    published = make.published_mission()
    assert (
        f'<a href="/missions/{published.code}/" class="viewsitelink">View on site</a>'
        in browser.get(Mission, "change", published.pk).text
    )


def test_new_lesson_is_given_the_number_after_the_highest_ever_used(admin_as, publisher):
    make.lesson(number="PK-L-0041")
    highest = make.lesson(number="PK-L-10042")
    highest.delete()
    browser = admin_as(publisher)
    page = browser.get(Lesson, "add")
    assert "number" not in page.context["adminform"].form.fields  # nobody types it

    data = {**form_data(page), "title": "Plan for the worst", "observation": "It was seen."}
    browser.post(Lesson, "add", data=data)

    lesson = Lesson.objects.get(title="Plan for the worst")
    assert (lesson.number, lesson.reference) == ("PK-L-10043", "PK-L-10043")
    assert "PK-L-10043" in browser.get(Lesson, "change", lesson.pk).text
