"""The form of a record is a hub: what is linked to it is counted, listed and added, and the actions are there."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions.models import Contribution, Event, Fatality
from pkportal.sources.models import Source
from tests import make
from tests.editorial.pages import admin_url, messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def kfor():
    kfor = make.mission(acronym="KFOR", name="Kosovo Force")
    make.contribution(mission=kfor)
    make.contribution(mission=kfor)
    make.event(mission=kfor)
    make.challenge(mission=kfor)
    make.lesson(missions=[kfor])
    make.mission(predecessors=[kfor])
    make.event()
    return kfor


def linked_kinds(admin_as, user, record):
    return admin_as(user).get(type(record), "change", record.pk).context["linked_kinds"]


def test_form_of_a_mission_counts_its_parts_and_what_else_is_linked_to_it(admin_as, editor, kfor):
    kinds = {kind.label: kind.number for kind in linked_kinds(admin_as, editor, kfor)}

    assert {label: number for label, number in kinds.items() if number} == {
        "Missions (predecessors)": 1,
        "Contributions": 2,
        "Events": 1,
        "Challenges": 1,
        "Lessons": 1,
    }
    assert kinds["Mandates"] == kinds["Commands"] == 0


def test_rows_that_the_draft_is_to_add_are_counted_too(admin_as, editor):
    kfor = make.published_mission()
    make.event(mission=kfor)
    event = {"mission": kfor.pk, "date": "1999-06-12", "kind": "deployment", "text": ""}
    for title in ("Arrival", "Leaving"):
        admin_as(editor).post(Event, "add", data={**event, "title": title})

    kinds = {kind.label: (kind.number, kind.drafted) for kind in linked_kinds(admin_as, editor, kfor)}

    assert {label: numbers for label, numbers in kinds.items() if any(numbers)} == {"Events": (1, 2)}
    assert "2 more in the draft" in admin_as(editor).get(type(kfor), "change", kfor.pk).text


def test_each_number_leads_to_a_list_of_just_these_records(admin_as, editor, kfor):
    kinds = linked_kinds(admin_as, editor, kfor)

    for kind in kinds:
        page = admin_as(editor).client.get(kind.address)
        assert (page.status_code, page.context["cl"].result_count) == (200, kind.number), kind.label


def test_what_is_added_there_has_the_mission_filled_in(admin_as, editor, kfor):
    kinds = {kind.label: kind.add_address for kind in linked_kinds(admin_as, editor, kfor)}
    browser = admin_as(editor)

    for label, name in [("Events", "mission"), ("Contributions", "mission"), ("Lessons", "missions")]:
        form = browser.client.get(kinds[label]).context["adminform"].form
        assert str(kfor.pk) in str(form[name].value())
        assert "KFOR" in str(form[name])


def test_form_shows_only_what_the_account_may_see_and_add(admin_as, staff_without_rights, kfor):
    may_view = Permission.objects.filter(codename__in=["view_mission", "view_event"])
    staff_without_rights.user_permissions.set(may_view)

    assert [(kind.label, kind.add_address) for kind in linked_kinds(admin_as, staff_without_rights, kfor)] == [
        ("Missions (predecessors)", ""),
        ("Events", ""),
    ]


def test_list_can_be_filtered_by_any_link_and_names_it(admin_as, editor):
    source = make.source(title="Annual report")
    deaths = make.fatality(source=source)
    make.fatality()
    browser = admin_as(editor)

    page = browser.get(Fatality, "changelist", source__id__exact=source.pk)
    assert [*page.context["cl"].queryset] == [deaths]
    assert "Annual report" in page.text
    for invalid in ["x", "1,2", "9" * 30]:
        assert browser.get(Fatality, "changelist", source__id__exact=invalid).status_code in {200, 302}
    assert browser.get(Fatality, "changelist", source__title="Annual report").status_code == 302


def test_hub_costs_one_query(admin_as, editor):
    source = make.source()

    with CaptureQueriesContext(connection) as queries:
        admin_as(editor).get(Source, "change", source.pk)

    assert sum("counted_name" in query["sql"] for query in queries) == 1


def test_form_has_the_actions_of_the_list_and_leads_back_to_the_form(admin_as, editor, kfor):
    event = make.event(mission=kfor)
    event.mark_checked()
    browser = admin_as(editor)
    assert actions(browser.get(Event, "change", event.pk)) == {"mark_unchecked": "Mark this event as not checked"}

    page = browser.post(
        Event, "changelist", data={"action": "mark_unchecked", "_selected_action": event.pk, "_from_form": "1"}
    )

    assert page.redirect_chain[-1] == (admin_url(Event, "change", event.pk), 302)
    assert messages(page) == ["1 record is no longer checked."]
    assert actions(page) == {}


def actions(page):
    return {action.name: action.label for action in page.context["form_actions"]}


def test_new_record_has_neither_links_nor_actions(admin_as, editor):
    page = admin_as(editor).get(Contribution, "add")

    assert page.context["linked_kinds"] == page.context["form_actions"] == []


def test_every_field_in_a_row_of_parts_has_a_label(admin_as, editor, kfor):
    make.objective(mission=kfor)
    page = admin_as(editor).get(type(kfor), "change", kfor.pk)

    (formset,) = (it.formset for it in page.context["inline_admin_formsets"] if it.formset.prefix == "objectives")
    ids = [field.id_for_label for field in formset.forms[0] if f'id="{field.id_for_label}"' in page.text]
    shown = [id for id in ids if not formset.forms[0][id.rpartition("-")[2]].is_hidden]
    assert len(shown) == 5
    assert [id for id in shown if f'<label class="cell-label" for="{id}">' not in page.text] == []
