"""Forms that are quick to fill in: errors with links, numbers as people write them, the next form, choices, search."""

import pytest
from django.urls import reverse

from lessons.models import Lesson
from missions.models import Contribution, Country, Event, Mission
from pkportal.changes.drafts import Edit, save_draft
from pkportal.changes.models import Action, Change
from pkportal.sources.models import Source
from tests import make
from tests.editorial.pages import admin_url, errors, form_data, messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure():
    """Return what is typed for a figure of a mission that is not published."""
    values = {"mission": make.mission().pk, "country": make.country().pk, "source": make.source().pk}
    values |= {"kind": "troops", "location": "", "as_of": "2005-06", "basis": "deployed", "value_state": "exact"}
    return {**values, "quantity": "1200", "unit": "personnel", "note": "", "doubt": ""}


@pytest.mark.parametrize("typed", ["1200", "1,200", "1.200", "1 200", "1\u202f200", "1'200", " 1,200 ", "1.2e3"])
def test_numbers_are_read_with_marks_between_thousands(admin_as, editor, figure, typed):
    admin_as(editor).post(Contribution, "add", data={**figure, "quantity": typed})

    assert Contribution.objects.get().quantity == 1200


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("12.000", "“12.000” may be 12000 or 12: write 12000 or 12."),
        ("1,20", "“1,20” is not a whole number."),
        ("1,200 300", "“1,200 300” is not a whole number."),
        ("about 5", "“about 5” says more than a number: write the number alone, and choose “about” as precision."),
        ("-1,200", "This must be at least 0."),
    ],
)
def test_what_may_be_another_number_is_refused_with_reasons(admin_as, editor, figure, typed, reason):
    page = admin_as(editor).post(Contribution, "add", data={**figure, "quantity": typed})

    assert errors(page) == [reason]


def test_form_says_what_it_read_where_that_is_not_what_was_typed(admin_as, editor, figure):
    browser = admin_as(editor)

    added = browser.post(Contribution, "add", data={**figure, "quantity": "1,200*", "as_of": "June 2005"})

    assert {"Quantity: “1,200*” was read as 1200.", "As of: “June 2005” was read as 2005-06."} <= {*messages(added)}
    unchanged = form_data(browser.get(Contribution, "change", Contribution.objects.get().pk))
    again = browser.post(Contribution, "change", Contribution.objects.get().pk, data=unchanged)
    assert not any("was read as" in text for text in messages(again))


def test_errors_are_listed_with_links_to_their_fields(admin_as, editor):
    mission = make.mission()
    make.objective(mission=mission)
    browser = admin_as(editor)
    form = form_data(browser.get(Mission, "change", mission.pk))

    page = browser.post(
        Mission, "change", mission.pk, data={**form, "name": "", "latitude": "91", "objectives-0-order": "many"}
    )

    listed = [(error.label, error.target) for error in page.context["listed_errors"]]
    assert listed == [("Name", "id_name"), ("Latitude", "id_latitude"), ("Objective 1, Order", "id_objectives-0-order")]
    assert all(f'href="#{target}"' in page.text and f'id="{target}"' in page.text for _label, target in listed)
    assert "Not saved: 3 things to look at" in page.text


def test_next_form_keeps_what_stays_the_same(admin_as, editor, figure):
    page = admin_as(editor).post(Contribution, "add", data={**figure, "_addanother": "1"})

    shown = {name: str(value) for name, value in form_data(page).items()}
    kept = ["mission", "kind", "as_of", "basis", "value_state", "unit", "source"]
    assert {name: shown[name] for name in kept} == {name: str(figure[name]) for name in kept}
    assert not {"quantity", "country"} & {*shown}


def test_next_form_of_a_draft_keeps_several_sources_too(admin_as, editor):
    mission, sources = make.published_mission(), [make.source(), make.source()]
    event = {"mission": mission.pk, "date": "1999", "kind": "deployment", "title": "Arrival", "text": ""}

    page = admin_as(editor).post(Event, "add", data={**event, "sources": [it.pk for it in sources], "_addanother": "1"})

    assert Change.objects.get().cells["title"] == ["", "Arrival"]
    assert {*map(str, form_data(page)["sources"])} == {str(it.pk) for it in sources}


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [("Plan the exit before the entry!", True), ("Planning of entries before exits", True), ("Plan the end", False)],
)
def test_title_that_another_lesson_nearly_has_is_asked_about_once(admin_as, editor, title, is_asked):
    other = make.lesson(title="Plan the éxit before the entry")
    lesson = make.lesson(title="Listen to the people")
    browser = admin_as(editor)

    page = browser.save(lesson, title=title)

    question = f"Nearly the same title: {other.number} “{other.title}”. Save again if this is another lesson."
    assert question in errors(page) if is_asked else not page.context.get("errors")
    if is_asked:
        browser.post(Lesson, "change", lesson.pk, data=form_data(page))
    lesson.refresh_from_db()
    assert lesson.title == title


def test_code_of_a_source_is_proposed_from_its_title(client, editor):
    client.force_login(editor)

    page = client.get(admin_url(Source, "add"))

    assert page.context["adminform"].prepopulated_fields[0]["field"].name == "code"


def choices(client, model, field, term):
    label = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field}
    return [it["text"] for it in client.get(reverse("admin:autocomplete"), {**label, "term": term}).json()["results"]]


@pytest.mark.parametrize("term", ["turk", "Türk", "TUR"])
def test_choices_are_found_without_accents_and_show_codes(client, editor, term):
    make.country(name="Türkiye", iso3="TUR")
    client.force_login(editor)

    assert choices(client, Contribution, "country", term) == ["Türkiye (TUR)"]


def test_source_that_waits_in_a_draft_is_among_the_choices(client, editor):
    edit = Edit(Source, "SRC-9999", Action.ADD, "Report of the Force", {"code": ("", "force-report")})
    draft = save_draft(Source(reference="SRC-9999", title="Report of the Force"), [edit], editor)
    client.force_login(editor)

    named = f"Report of the Force (force-report), waits in {draft.number}"
    for term in ["report", "FORCE-rep"]:
        assert choices(client, Contribution, "source", term) == [named]
    assert choices(client, Contribution, "source", "another") == []
    assert choices(client, Contribution, "country", "report") == []


def test_what_was_chosen_shows_its_code_too(client, editor):
    turkey = make.country(name="Türkiye", iso3="TUR")
    figure = make.contribution(country=turkey)
    figure.mission.host_countries.add(turkey)
    client.force_login(editor)

    for record, field in [(figure, "country"), (figure.mission, "host_countries")]:
        form = client.get(admin_url(type(record), "change", record.pk)).context["adminform"].form
        assert "selected>Türkiye (TUR)</option>" in str(form[field])


@pytest.mark.parametrize(
    ("words", "is_found"), [("1999", True), ("1999-06", True), ("1998", False), ("data book", True)]
)
def test_search_of_a_list_knows_dates_and_titles_of_sources(client, editor, words, is_found):
    figure = make.contribution(as_of="1999-06-12", source=make.source(title="The data book"))
    client.force_login(editor)

    found = client.get(admin_url(Contribution, "changelist"), {"q": words}).context["cl"].result_list

    assert [*found] == ([figure] if is_found else [])


def test_first_element_that_takes_the_focus_is_left_to_the_script_of_the_page(client, editor):
    client.force_login(editor)

    page = client.get(admin_url(Country, "add"))

    assert "admin/js/change_form" not in page.text
    assert "js/form_page" in page.text
