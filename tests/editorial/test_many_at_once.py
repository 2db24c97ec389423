"""Many figures of one source on one page: each is validated, all are stored or none, and what is public waits."""

import pytest

from missions.models import Contribution
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.pages import admin_url, messages

pytestmark = pytest.mark.django_db
ADDRESS = admin_url(Contribution, "many")


@pytest.fixture
def nations():
    return [make.country(name=name) for name in ("Italy", "Spain", "Latvia")]


@pytest.fixture
def send(client, editor, nations):
    """Return a function that sends the page with a number for each nation."""
    client.force_login(editor)

    def sent(mission, *numbers, **changes):
        data = {
            "mission": mission.pk,
            "kind": "troops",
            "as_of": "2005-06",
            "basis": "deployed",
            "value_state": "exact",
        }
        data |= {"unit": "personnel", "source": make.source().pk, "rows-TOTAL_FORMS": "15"}
        data |= {"rows-INITIAL_FORMS": "0"}
        for index, (nation, number) in enumerate(zip(nations, numbers, strict=False)):
            data |= {f"rows-{index}-country": nation.pk, f"rows-{index}-quantity": number}
        return client.post(ADDRESS, {**data, **changes}, follow=True)

    return sent


def problems(page):
    return [(error.target, error.message) for error in page.context["listed_errors"]]


def test_figures_of_a_public_mission_wait_in_one_draft(send):
    page = send(make.published_mission(), "1,200", "300", "40")

    changes = ChangeSet.objects.get().changes.all()
    assert [it.cells["quantity"][1] for it in changes] == ["1200", "300", "40"]
    assert {it.cells["as_of"][1] for it in changes} == {"2005-06"}
    assert not Contribution.objects.exists()
    assert messages(page) == [
        "Quantity: “1,200” was read as 1200.",
        f"3 records are in the draft {ChangeSet.objects.get().number}.",
    ]


def test_figures_of_an_unpublished_mission_are_stored(send, nations):
    send(make.mission(), "1,200", "300")

    stored = Contribution.objects.order_by("-quantity").values_list("country", "quantity", "basis")
    assert [*stored] == [(nations[0].pk, 1200, "deployed"), (nations[1].pk, 300, "deployed")]


def test_one_row_that_is_refused_stores_none(send, nations):
    mission = make.mission()

    page = send(mission, "12.000", "300", "40", **{"rows-2-country": nations[1].pk, "as_of": "some day"})

    assert [target for target, _message in problems(page)] == [
        "id_as_of",
        "id_rows-0-quantity",
        "id_rows-2-country",
    ]
    assert not Contribution.objects.exists()


def test_figure_that_is_on_record_already_is_refused_in_its_row(send, nations):
    figure = make.contribution(mission=make.mission(), country=nations[1], as_of="2005-06", kind="troops")

    page = send(figure.mission, "20", "300", source=figure.source.pk)

    assert problems(page) == [("rows-1", "This source is already on record with a figure for that.")]
    assert Contribution.objects.count() == 1


def test_strange_figure_is_asked_about_once(send, nations):
    figure = make.contribution(mission=make.mission(), country=nations[0], as_of="2005-05", kind="troops", quantity=7)

    page = send(figure.mission, "700")
    answer = page.context["rows"].forms[0]["answered"].value()
    send(figure.mission, "700", **{"rows-0-answered": answer})

    assert "Far from the figure before it" in problems(page)[0][1]
    assert Contribution.objects.filter(quantity=700).exists()


def test_page_without_a_row_says_so(send):
    assert problems(send(make.mission())) == [("", "Fill in at least one row.")]


def test_draft_of_somebody_else_is_left_alone(send, admin_as, publisher, client, editor):
    mission = make.published_mission()
    admin_as(publisher).save(mission, summary="Another.")
    editor.groups.clear()
    editor.user_permissions.set(publisher.groups.get().permissions.filter(codename__in=["add_contribution"]))
    client.force_login(editor)

    page = send(mission, "20")

    assert problems(page)[0][1].startswith("publisher has begun a draft of this record: ")


@pytest.mark.parametrize("data", [{}, {"rows-TOTAL_FORMS": "x"}, {"mission": "x", "rows-0-country": "\x00"}])
def test_hostile_data_is_answered_with_the_page(client, editor, data):
    client.force_login(editor)

    assert client.post(ADDRESS, data).status_code == 200
    assert client.get(ADDRESS, data).status_code == 200


def test_page_is_for_those_who_may_add_figures(client, staff_without_rights):
    client.force_login(staff_without_rights)

    assert client.get(ADDRESS).status_code == 403


def test_rows_are_kept_while_they_are_typed_and_shown_again_until_they_are_saved(send, client, editor):
    mission = make.mission()

    kept = send(mission, "1,200", "300", _autosave="1").json()
    opened = client.get(ADDRESS)
    again = client.get(opened.context["unsaved_address"])

    assert kept["text"] == "Kept for you at {time}, but not saved yet."
    assert opened.context["unsaved"] is not None
    assert [row["quantity"].value() for row in again.context["rows"].forms[:3]] == ["1,200", "300", None]
    assert not Contribution.objects.exists()
    send(mission, "1,200", "300")
    assert client.get(ADDRESS).context["unsaved"] is None


def test_rows_sent_after_the_session_has_ended_are_shown_after_signing_in(send, client, editor):
    client.logout()

    send(make.mission(), "1,200")
    client.force_login(editor)
    page = client.get(ADDRESS, follow=True)

    assert page.context["rows"].forms[0]["quantity"].value() == "1,200"
    assert client.post(ADDRESS, {"_forget": "1"}, follow=True).context["unsaved"] is None
    assert client.post(ADDRESS, {"_still_open": "1"}).json() == {"text": ""}


@pytest.fixture
def paste(client, editor):
    """Return a function that sends the page with pasted cells, and returns what its rows show and their errors."""
    client.force_login(editor)

    def pasted(text, **data):
        page = client.post(ADDRESS, {"pasted": text, "rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "0", **data})
        forms = page.context["rows"].forms
        cells = [tuple(form[name].value() or "" for name in ["country", "quantity", "note"]) for form in forms]
        return page, cells, [{name: [*found] for name, found in form.errors.items()} for form in forms]

    return pasted


def test_pasted_cells_fill_the_rows_and_nothing_is_stored(paste):
    italy, spain, latvia = (
        make.country(name=name, iso3=code) for name, code in [("Italy", "ITA"), ("Spain", "ESP"), ("Latvia", "LVA")]
    )

    page, cells, errors = paste(
        'Nation\tTroops\r\nItaly\t1,200\t\t"With\nhelicopters"\r\n\r\nESP\t300\r\nlatvia\t40\r\n'
    )

    assert cells == [
        (str(italy.pk), "1,200", "With helicopters"),
        (str(spain.pk), "300", ""),
        (str(latvia.pk), "40", ""),
    ]
    assert not any(errors)
    assert page.context["listed_errors"] == []
    assert messages(page) == ["“Nation, Troops” was taken for the heads of the columns."]
    assert not Contribution.objects.exists()


def test_cells_are_pasted_from_a_cell_on_and_what_cannot_be_read_stays_with_its_reason(paste):
    italy = make.country(name="Italy", iso3="ITA")
    typed = {"rows-0-country": str(italy.pk), "rows-0-quantity": "7", "rows-1-note": "Typed"}

    _page, numbers, _errors = paste("8\n9\n10", pasted_at="rows-0-quantity", **typed)
    page, below, errors = paste("Italia Nostra\tsome 5\nITA\t5", **typed)

    assert numbers == [(str(italy.pk), "8", ""), ("", "9", "Typed"), ("", "10", "")]
    assert below[2:] == [("code:Italia Nostra", "some 5", ""), (str(italy.pk), "5", "")]
    assert errors[2]["country"] == ["No country has the code “Italia Nostra”."]
    assert "quantity" in errors[2]
    assert '<option value="code:Italia Nostra" selected' in page.text


def test_page_has_more_rows_when_asked_and_a_table_that_is_too_long_stays_where_it_was_pasted(paste):
    _page, cells, _errors = paste("", more="1")
    page, few, _errors = paste("ITA\t1\n" * 500 + "ESP\t2")

    assert (len(cells), len(few)) == (17, 2)
    assert problems(page) == [("", "A page has at most 500 rows: import a longer table as a file.")]
    assert page.context["pasted"].endswith("ESP\t2")


@pytest.mark.parametrize(
    "data",
    [
        {"pasted": "x" * 200_000},
        {"pasted": "ITA\t\x00", "pasted_at": "rows-99999-quantity"},
        {"pasted": "ITA", "pasted_at": "rows-1-password", "rows-TOTAL_FORMS": "x"},
        {"pasted": '"', "rows-TOTAL_FORMS": "-1"},
        {"more": "1", "rows-TOTAL_FORMS": "600"},
    ],
)
def test_hostile_pasted_data_is_answered_with_the_page(client, editor, data):
    client.force_login(editor)
    page = client.post(ADDRESS, {"rows-INITIAL_FORMS": "0", **data})

    assert page.status_code == 200
