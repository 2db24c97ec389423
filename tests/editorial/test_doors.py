"""What each role may do with each kind of record, asked at every door of the admin."""

import pytest
from django.contrib.auth.models import Group, User

from missions.models import Country, Mission
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.conftest import member
from tests.editorial.pages import write_draft
from tests.editorial.test_every_admin_page import MAKERS

pytestmark = pytest.mark.django_db

READ, WRITE = ["changelist", "export", "history"], ["add", "change"]
DOORS = {  # the pages that open
    "Contributor": {*READ, *WRITE},
    "Editor": {*READ, *WRITE},
    "Publisher": {*READ, *WRITE, "delete"},
    "Data manager": {*READ, *WRITE, "import"},
    "Administrator": set(),
    "": set(),
}
OF_A_RECORD = {"change", "history", "delete"}
ALL_DOORS = {*READ, *WRITE, "delete", "import"}


@pytest.fixture
def records():
    """Make one record of each kind."""
    return {model: make_record() for model, make_record in MAKERS.items()}


INLINES = ["objectives", "other_names", "events"]


@pytest.mark.parametrize("role", DOORS)
@pytest.mark.usefixtures("unrendered")
def test_pages_of_every_kind_open_for_those_who_may(admin_as, records, role):
    browser = admin_as(member("someone", role) if role else User.objects.create_user("nobody", is_staff=True))

    wrong = [
        (model.__name__, door, page.status_code)
        for model, record in records.items()
        for door in ALL_DOORS
        for page in [browser.get(model, door, *([record.pk] if door in OF_A_RECORD else []))]
        if page.status_code != (200 if door in DOORS[role] and not is_published(record, door) else 403)
    ]

    assert wrong == []


def is_published(record, door):
    """True where a record that is published cannot be deleted."""
    return door == "delete" and getattr(record, "status", "") == "published"


ACTS = {  # what may be done with a change set that somebody else wrote
    "Contributor": {"comment"},
    "Editor": {"comment", "submit", "discard"},
    "Publisher": {"comment", "submit", "discard", "publish"},
    "Data manager": {"comment", "submit", "discard"},
    "Administrator": set(),
}


@pytest.mark.parametrize("act", ["comment", "submit", "discard", "publish"])
@pytest.mark.parametrize("role", ACTS)
def test_acts_on_the_draft_of_somebody_else_are_for_those_who_may(admin_as, editor, role, act):
    country = make.country(name="Italia")
    draft = write_draft(editor, country, name="Italy")
    browser = admin_as(member("someone", role))

    page = browser.client.post(f"/admin/changes/changeset/{draft.pk}/act/{act}/", {"reason": "Because"})

    assert page.status_code == (302 if act in ACTS[role] else 403)
    assert (Country.objects.get().name == "Italy") == (act == "publish" and act in ACTS[role])


def test_contributor_extends_own_drafts_and_no_others(admin_as, editor):
    kfor = make.published_mission(summary="It keeps the peace.")
    contributor, other = member("contributor", "Contributor"), member("other", "Contributor")

    admin_as(contributor).save(kfor, summary="Mine.")
    admin_as(contributor).save(kfor, acronym="KFOR")
    assert admin_as(other).get(Mission, "change", kfor.pk).context["has_change_permission"] is False
    page = admin_as(other).post(Mission, "change", kfor.pk, data={"summary": "Theirs."})

    assert page.status_code == 403
    assert ChangeSet.objects.get().changes.get().cells == {
        "summary": ["It keeps the peace.", "Mine."],
        "acronym": ["", "KFOR"],
    }
    assert admin_as(editor).get(Mission, "change", kfor.pk).context["has_change_permission"] is True


def test_contributor_edits_own_unpublished_records_and_no_others(admin_as):
    other = make.mission(name="Other")
    browser = admin_as(member("contributor", "Contributor"))
    data = {"name": "Own", "code": "own", "type": "peacekeeping", "region": "western-balkans", "start_date": "1999"}
    forms = {f"{prefix}-{name}_FORMS": 0 for prefix in INLINES for name in ["TOTAL", "INITIAL"]}
    browser.post(Mission, "add", data={**data, **forms, "state": "ongoing", "summary": "Words."})
    own = Mission.objects.get(code="own")

    browser.save(own, name="Mine")
    page = browser.post(Mission, "change", other.pk, data={"name": "Mine"})

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.name, other.name, page.status_code) == ("Mine", "Other", 403)


def test_roles_are_shown_on_a_page_with_what_each_may_do(admin_as, editor):
    page = admin_as(editor).client.get("/admin/roles/")

    shown = {row.name: row.rights for row in page.context["roles"]}
    assert {*shown} == {*DOORS} - {""} == {*Group.objects.values_list("name", flat=True)}
    assert "Publish" in " ".join(shown["Publisher"])
    assert "Publish" not in " ".join(shown["Data manager"])
