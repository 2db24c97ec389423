"""What changed on a list since a release: rows that came, changed and went, with the filters of the list."""

import csv
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import get_resolver

from missions.models import Appointment, Contribution, Event
from pkportal.exchange.registry import resources_by_model
from pkportal.sources.models import Source
from pkportal.website.lists import FilteredList
from pkportal.website.models import Release
from pkportal.website.releases.candidates import candidates
from pkportal.website.releases.selection_changes import ComparedSelection
from tests import make
from tests.website.test_data_page import make_one_of_every_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def nations():
    """Make two nations."""
    return make.country(iso3="ITA", name="Italy"), make.country(iso3="FRA", name="France")


def release():
    """Make a release, and return its version."""
    call_command("release", verbosity=0)
    return Release.objects.first().version


def differences(client, address):
    """Return the rows of a file of changes by reference: what happened, and the cell of a column then and now."""
    chunks = [*client.get(address).streaming_content]
    assert all(chunk.endswith(b"\n") for chunk in chunks[1:])  # after the byte-order mark, whole lines
    text = b"".join(chunks).decode("utf-8-sig")
    found = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        kind, states = found.setdefault(row.get("reference") or row["number"], (row["change"], {}))
        states[row["state"]] = row
    return found


def lists():
    """Return the names of all public lists that have files."""
    views = {
        pattern.name: pattern.callback.view_class
        for included in get_resolver().url_patterns
        for pattern in getattr(included, "url_patterns", ())
        if hasattr(pattern.callback, "view_class")
    }
    return sorted(name for name in views if f"{name}-changes" in views and issubclass(views[name], FilteredList))


def test_file_has_what_came_changed_and_went_as_it_was_and_as_it_is(client, nations):
    italy, france = nations
    mission = make.published_mission()
    changed, same, gone = (make.contribution(mission=mission, country=italy) for _ in range(3))
    make.contribution(mission=mission, country=france)
    since = release()
    Contribution.objects.filter(pk=changed.pk).update(quantity=7, note="=1+1")
    reference = gone.reference
    gone.delete()
    new = make.contribution(mission=mission, country=italy)
    make.contribution(mission=mission, country=france)
    make.contribution(mission=make.mission(), country=italy)

    found = differences(client, f"/contributions/changes.csv?since={since}&country=ITA")
    assert {name: kind for name, (kind, _states) in found.items()} == {
        changed.reference: "changed",
        reference: "removed",
        new.reference: "added",
    }
    _kind, states = found[changed.reference]
    assert [(row["quantity"], row["note"], row["differing"]) for row in (states["was"], states["now"])] == [
        ("100", "", "quantity;note"),
        ("7", "'=1+1", "quantity;note"),
    ]
    assert same.reference not in found


def test_row_counts_where_the_filters_select_it_now_or_selected_it_then(client, nations):
    italy, france = nations
    figure = make.contribution(country=italy)
    since = release()
    Contribution.objects.filter(pk=figure.pk).update(country=france)

    for code in ["ITA", "FRA"]:
        ((kind, states),) = differences(client, f"/contributions/changes.csv?since={since}&country={code}").values()
        assert (kind, states["was"]["country"], states["now"]["country"]) == ("changed", "ITA", "FRA")
    assert differences(client, f"/contributions/changes.csv?since={since}&country=-ITA&country=-FRA") == {}


def test_parts_of_a_withdrawn_mission_are_removed_and_those_of_one_published_since_are_added(client):
    mission, draft = make.published_mission(), make.mission()
    gone, new = make.event(mission=mission), make.event(mission=draft)
    since = release()
    make.withdrawn(mission)
    make.published(draft)

    found = differences(client, f"/events/changes.csv?since={since}&kind=deployment")
    assert {name: kind for name, (kind, _states) in found.items()} == {
        gone.reference: "removed",
        new.reference: "added",
    }


def test_row_changes_with_its_links_and_with_what_they_are_called(client):
    renamed, source = make.source(code="old-code"), make.source(code="first")
    figure, event = make.contribution(source=renamed), make.event(sources=[source])
    appointment = make.appointment(command=make.command(mission=make.published_mission()))
    release()
    event.sources.add(make.source(code="second"))
    Source.objects.filter(pk=renamed.pk).update(code="new-code")
    make.withdrawn(appointment.command.mission)

    ((_kind, states),) = differences(client, "/contributions/changes.csv").values()
    assert [states[state]["source"] for state in ("was", "now")] == ["old-code", "new-code"]
    assert figure.reference == states["now"]["reference"]
    ((_kind, states),) = differences(client, "/events/changes.csv").values()
    assert [states[state]["sources"] for state in ("was", "now")] == ["first", "first;second"]
    parts = ComparedSelection(
        resources_by_model()[Appointment], Release.objects.get(), *[Appointment.objects.all()] * 2
    )
    assert [(change.reference, change.kind) for change in parts.changes()] == [(appointment.reference, "removed")]


def test_row_counts_where_a_filter_selected_it_by_a_link_that_it_no_longer_has(client):
    old, new = make.theme(code="old-theme"), make.theme(code="new-theme")
    lesson = make.published_lesson(themes=[old])
    release()
    lesson.themes.set([new])

    for query in ["theme=old-theme", "theme=new-theme", "theme=-new-theme"]:
        ((_kind, states),) = differences(client, f"/lessons/changes.csv?{query}").values()
        assert [states[state]["themes"] for state in ("was", "now")] == ["old-theme", "new-theme"]
    assert differences(client, "/lessons/changes.csv?theme=-new-theme&theme=-old-theme") == {}


def test_rows_without_a_history_since_then_are_not_compared():
    make.contribution()
    release()
    new = make.contribution()

    assert candidates(Contribution, Release.objects.get()).few == [new.reference]


def test_many_rows_that_may_differ_are_compared_like_few(client, nations, monkeypatch):
    italy, _france = nations
    figures = [make.contribution(country=italy) for _ in range(3)]
    release()
    Contribution.objects.filter(pk=figures[0].pk).update(quantity=7)
    figures[1].delete()
    make.contribution(country=italy)
    few = differences(client, "/contributions/changes.csv?country=ITA")
    monkeypatch.setattr("pkportal.website.releases.candidates.MOST_LISTED", 2)

    assert candidates(Contribution, Release.objects.get()).few is None
    assert differences(client, "/contributions/changes.csv?country=ITA") == few
    assert sorted(kind for kind, _states in few.values()) == ["added", "changed", "removed"]


def test_release_knows_the_gaps_in_the_history_that_transactions_under_way_may_still_fill():
    first, gap, last = (make.contribution() for _ in range(3))
    history = Contribution.history.rel.related_model.objects
    ids = dict(history.values_list("pgh_obj_id", "pgh_id"))
    table = "missions_contributionhistory"
    with connection.cursor() as cursor:  # a release that is made before a transaction ends does not see its events
        copy = "CREATE TEMPORARY TABLE under_way AS SELECT * FROM missions_contributionhistory WHERE pgh_obj_id = %s"
        cursor.execute(copy, [gap.pk])
        history.filter(pgh_obj_id=gap.pk).delete()
        release()
        cursor.execute("INSERT INTO missions_contributionhistory SELECT * FROM under_way")
    Contribution.objects.filter(pk=last.pk).update(quantity=7)

    made = Release.objects.get()
    ranges = f"{{(,{ids[first.pk]}),[{ids[gap.pk]},{ids[last.pk]}),[{ids[last.pk] + 1},)}}"
    assert made.unseen_history[table] == ranges
    assert {*candidates(Contribution, made).few} == {gap.reference, last.reference}


def test_changes_are_those_since_the_release_that_is_asked_for(client):
    event = make.event(title="First")
    first = release()
    Event.objects.update(title="Second")
    second = release()
    Event.objects.update(title="First")

    assert differences(client, f"/events/changes.csv?since={first}") == {}
    ((_kind, states),) = differences(client, f"/events/changes.csv?since={second}").values()
    assert [states[state]["title"] for state in ("was", "now")] == ["Second", "First"]
    assert event.reference in differences(client, "/events/changes.csv")


def test_page_says_in_words_what_changed(client, nations, django_assert_max_num_queries):
    italy, _france = nations
    figure = make.contribution(mission=make.published_mission(name="The Mission"), country=italy)
    since = release()
    make.contribution(mission=figure.mission, country=italy, location="Prizren")
    Contribution.objects.filter(pk=figure.pk).update(quantity=7)

    with django_assert_max_num_queries(13):
        page = client.get(f"/contributions/changes/?since={since}&country=ITA")
    added, changed = page.context["groups"]
    assert (added.kind, added.number, changed.kind, changed.number) == ("added", 1, "changed", 1)
    (row,) = changed.changes
    assert row.title.startswith("The Mission, Italy, troops")
    assert [(cell.label, cell.words) for cell in row.cells] == [("Quantity", "<del>100</del><ins>7</ins>")]
    assert "Nation: Italy" in page.text
    assert 'href="/contributions/?country=ITA"' in page.text
    assert f'href="/contributions/changes.csv?country=ITA&amp;since={since}"' in page.text
    assert 'href="/contributions/changes/?country=ITA"' in client.get("/contributions/?country=ITA&view=table").text


def test_every_list_says_what_changed_nothing_where_nothing_did_and_what_is_no_release(client):
    make_one_of_every_model()
    names = lists()
    assert {"missions", "equipment"} <= {*names}
    for name in names:
        assert "No release has been made yet" in client.get(f"/{name}/changes/").text
        assert client.get(f"/{name}/changes.csv").status_code == 404
    since = release()

    for name in names:
        assert "Nothing changed since this release." in client.get(f"/{name}/changes/?q=mission").text
        assert differences(client, f"/{name}/changes.csv") == {}
    assert client.get("/events/changes/?since=1.2.3").text.count("is not a release") == 1
    response = client.get("/events/changes.csv?since=1.2.3")
    assert (response.status_code, f"Did you mean {since}?" in response.text) == (400, True)
    assert client.get(f"/events/changes.csv?since={since}&colour=red").status_code == 400
