"""A figure four times off its neighbours is accepted, but asked about: in the form, and in the preview of an import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from missions.models import Contribution
from tests import make
from tests.editorial.pages import errors, form_data, messages, publish_drafts

pytestmark = pytest.mark.django_db
BETWEEN = "Far from the figures before and after it: 185 (2016) and 186 (February 2018)."


@pytest.fixture
def neighbours():
    """Make figures of Portugal in KFOR of 2016 and 2018; other nations, kinds and places say nothing about it."""
    same = {
        "mission": make.published_mission(code="kfor"),
        "country": make.country(iso3="PRT"),
        "source": make.source(),
    }
    make.contribution(**same, as_of="2016", quantity=185)
    make.contribution(**same, as_of="2018-02", quantity=186)
    make.contribution(**same, as_of="2017-01", quantity=9, kind="training")
    make.contribution(**same, as_of="2017-01", quantity=9, location="Pristina")
    make.contribution(**{**same, "country": make.country()}, as_of="2017-01", quantity=9)
    return {**same, "source": make.source(code="mdi")}


def typed_in(browser, neighbours, **changes):
    """Return the data of the form of a figure that is typed, and not stored."""
    figure = make.contribution(**neighbours, as_of="2017")
    data = form_data(browser.get(Contribution, "change", figure.pk))
    figure.delete()
    return {**data, **changes}


def add(browser, data):
    return browser.post(Contribution, "add", data=data)


@pytest.mark.parametrize(("quantity", "is_asked"), [("46", True), ("47", False), ("743", False), ("744", True)])
def test_figure_is_asked_about_if_it_is_four_times_off_both_neighbours(
    admin_as, editor, neighbours, quantity, is_asked
):
    browser = admin_as(editor)

    page = add(browser, typed_in(browser, neighbours, quantity=quantity))

    assert (BETWEEN in page.text) == is_asked
    publish_drafts()
    assert Contribution.objects.filter(as_of="2017").exists() != is_asked


def test_form_keeps_what_was_typed_and_accepts_it_when_it_is_saved_again(admin_as, editor, neighbours):
    browser = admin_as(editor)
    asked = add(browser, typed_in(browser, neighbours, quantity="15", note="as coded"))
    again = form_data(asked)

    other = add(browser, {**again, "quantity": "16"})
    page = add(browser, again)

    assert (again["quantity"], again["note"]) == ("15", "as coded")
    assert "Save again if it is right as stated" in errors(asked)[0]
    assert BETWEEN in errors(other)[0]
    assert len(messages(page)) == 1
    publish_drafts()
    assert Contribution.objects.get(as_of="2017").quantity == 15


def test_doubt_that_is_written_down_answers_the_question(admin_as, editor, neighbours):
    browser = admin_as(editor)

    add(browser, typed_in(browser, neighbours, quantity="15", doubt="A digit may be missing."))
    publish_drafts()

    assert Contribution.objects.get(as_of="2017").open_doubt


def test_stored_figure_is_asked_about_only_when_it_is_changed(admin_as, editor, neighbours):
    figure = make.contribution(**neighbours, as_of="2017", quantity=15)
    browser = admin_as(editor)

    assert browser.save(figure, note="as coded").redirect_chain
    assert BETWEEN in errors(browser.save(figure, quantity="14"))[0]
    assert browser.save(figure, quantity="180").redirect_chain


def test_newest_figure_is_compared_with_the_one_before_it(admin_as, editor, neighbours):
    browser = admin_as(editor)

    page = add(browser, typed_in(browser, neighbours, as_of="2019", quantity="1860"))

    assert "Far from the figure before it: 186 (February 2018)." in errors(page)[0]


HEADER = "mission,country,kind,as_of,quantity,unit,source,doubt\n"


def preview(browser, *rows):
    lines = "".join(f"kfor,PRT,troops,{row}\n" for row in rows)
    return browser.upload(Contribution, SimpleUploadedFile("contributions.csv", f"{HEADER}{lines}".encode()))


def test_preview_marks_the_rows_that_are_asked_about_and_shows_them_first(admin_as, data_manager, neighbours):
    page = preview(
        admin_as(data_manager),
        "2019,180,personnel,mdi,",
        "2017,15,personnel,mdi,",
        "2017-06,14,personnel,mdi,A digit may be missing.",
        "2020,1900,personnel,mdi,",
    )

    asked = [(shown.row.number, shown.row.question) for shown in page.context["rows"]]
    assert asked == [
        (5, "Far from the figure before it: 180 (2019)."),
        (2, ""),
        (3, ""),
        (4, ""),
    ]
    assert "Far from the figure before it: 180 (2019)." in page.text
    assert "1 row is far from what is on record, or older," in " ".join(page.text.split())


def test_file_with_a_strange_figure_is_accepted_when_it_is_confirmed(admin_as, data_manager, neighbours):
    browser = admin_as(data_manager)
    shown = preview(browser, "2017,15,personnel,mdi,")

    page = browser.confirm(Contribution, shown)

    assert BETWEEN in shown.text
    assert "1 new, 0 changed" in messages(page)[0]
    publish_drafts()
    assert BETWEEN not in preview(browser, "2017,15,personnel,mdi,").text


BEYOND = "More than the stated total of the whole mission: 200 (2016), 300 (2019)."


@pytest.mark.parametrize(("quantity", "unit", "is_asked"), [("301", "personnel", True), ("300", "personnel", False)])
def test_figure_beyond_the_stated_totals_beside_it_is_asked_about(
    admin_as, editor, data_manager, neighbours, quantity, unit, is_asked
):
    for as_of, total in [("2010", 9000), ("2016", 200), ("2019", 300), ("2020", 9000)]:
        make.stated_total(mission=neighbours["mission"], as_of=as_of, total=total)
    browser = admin_as(editor)

    page = add(browser, typed_in(browser, neighbours, quantity=quantity, unit=unit))

    assert (BEYOND in page.text) == is_asked
    assert (BEYOND in preview(admin_as(data_manager), f"2017,{quantity},{unit},mdi,").text) == is_asked
