"""The page of a source: its fields, its grade, and every record that cites it."""

import pytest

from pkportal.sources import cited_by
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def test_page_shows_every_field_and_explains_the_grade(client):
    make.source(
        code="inquiry",
        title="The <b>Inquiry</b>",
        authors="Jane Roe",
        publisher="House of Commons",
        published="2000-10",
        url="https://example.org/inquiry",
        kind="report",
        grade="C",
        licence="Open Parliament Licence",
    )

    page = text_of(client.get("/sources/inquiry/"))

    for words in [
        *["<title>The &lt;b&gt;Inquiry&lt;/b&gt; – Peacekeeping Record</title>", "Jane Roe", "House of Commons"],
        *["October 2000", 'href="https://example.org/inquiry"', "Grade C: audit, inquiry or parliament"],
        *["Open Parliament Licence", "[@inquiry]", "No public record cites this source"],
    ]:
        assert words in page, words
    assert "<b>Inquiry" not in page


def test_only_web_addresses_are_links(client):
    source = make.source()
    type(source).objects.update(url="javascript:alert(1)")

    page = client.get(source.get_absolute_url()).text

    assert source.title in page
    assert "javascript:" not in page


def make_citing_records(source, published=True):
    """Make one record of every model that can cite a source, each citing it in every way it can."""
    text = f"It is so [@{source.code}]."
    mission = make.mission(sources=[source], summary=text)
    lesson = make.lesson(sources=[source], conclusion=text, maturity_source=source)
    topic = make.topic(text=text)
    for record in [mission, lesson, topic] if published else []:
        make.published(record)
    command = make.command(mission=mission, sources=[source])
    make.appointment(command=command, sources=[source])
    make.objective(mission=mission, met="met", met_source=source)
    make.mandate(mission=mission, sources=[source], authorises=text)
    make.event(mission=mission, sources=[source], text=text)
    make.challenge(mission=mission, sources=[source], text=text)
    make.contribution(mission=mission, source=source)
    make.stated_total(mission=mission, source=source)
    make.fatality(mission=mission, source=source)
    make.remedial_action(lesson=lesson, source=source)
    return mission


def counts_by_model(page):
    return {group.model.__name__: group.number for group, _bars, _file in page.context["groups"]}


CITING_MODELS = {
    *[
        "Mission",
        "Objective",
        "Fatality",
        "CostShare",
        "Command",
        "Appointment",
        "Contribution",
        "StatedTotal",
        "Event",
    ],
    *["Mandate", "Challenge", "Lesson", "RemedialAction", "Topic"],
}


def test_page_counts_each_citing_record_once(client):
    source = make.source(code="all")
    make_citing_records(source)
    make.cost_share(source=source)
    make_citing_records(make.source())

    page = client.get("/sources/all/")

    assert counts_by_model(page) == dict.fromkeys(CITING_MODELS, 1)
    assert page.context["total"] == len(CITING_MODELS)
    assert "14 records cite it" in page.text


def test_page_hides_unpublished_records(client):
    source = make.source(code="all")
    make_citing_records(source, published=False)

    page = client.get("/sources/all/")

    assert counts_by_model(page) == {}
    assert "No public record cites this source" in page.text


@pytest.mark.parametrize("records", [1, 3])
def test_page_costs_the_same_for_any_number_of_records(client, records, django_assert_num_queries):
    source = make.source()
    for _ in range(records):
        make_citing_records(source)
        make.cost_share(source=source)

    with django_assert_num_queries(2):  # the source, the citing records of all models at once
        page = client.get(source.get_absolute_url())

    assert counts_by_model(page) == dict.fromkeys(CITING_MODELS, records)


def test_each_line_links_to_the_page_that_shows_the_record(client):
    source = make.source(code="all")
    mission = make_citing_records(source)

    groups = {
        group.model.__name__: group.lines for group, _bars, _file in client.get("/sources/all/").context["groups"]
    }

    assert {line.address for model in ["Mission", "Event", "Contribution", "Objective"] for line in groups[model]} == {
        mission.get_absolute_url()
    }
    (event,), (contribution,) = groups["Event"], groups["Contribution"]
    (mandate,), (challenge,) = groups["Mandate"], groups["Challenge"]
    assert event.parent == mission.name
    assert (contribution.title, contribution.number) == (mission.name, 1)
    assert mandate.address == mission.mandates.get().get_absolute_url()
    assert challenge.address == mission.challenges.get().theme.get_absolute_url()


def test_long_group_shows_its_first_rows_and_links_the_file(client, monkeypatch):
    monkeypatch.setattr(cited_by, "LIMIT", 2)
    source = make.source(code="big")
    for number in [3, 1, 2]:
        make.mandate(code=f"mandate-{number}", title=f"Act {number}", sources=[source])

    page = client.get("/sources/big/")

    ((group, _bars, file),) = page.context["groups"]
    assert (group.number, group.rest, file) == (3, 1, "/data/mandates.csv")
    assert len(group.lines) == 2
    assert "1 more is not shown here" in page.text
    assert 'href="/data/mandates.csv"' in page.text


def test_contributions_are_counted_by_mission_the_largest_first(client, monkeypatch):
    monkeypatch.setattr(cited_by, "LIMIT", 2)
    source = make.source(code="figures")
    for name, count in [("Few", 1), ("Most", 4), ("Many", 2)]:
        mission = make.published_mission(name=name)
        for _ in range(count):
            make.contribution(source=source, mission=mission)

    page = client.get("/sources/figures/")

    ((group, bars, file),) = page.context["groups"]
    assert [(line.title, line.number, length) for line, length in bars] == [("Most", 4, 100), ("Many", 2, 50)]
    assert (group.number, group.rest, file) == (7, 1, "/data/contributions.csv")
    assert "7 records cite it" in page.text


def test_page_marks_the_grade_on_the_scale(client):
    graded, ungraded = make.source(grade="C"), make.source(grade="")

    page = text_of(client.get(graded.get_absolute_url()))

    assert page.count("<li aria-current") == 1
    assert '<li aria-current="true"><a href="/sources/?grade=C">' in page
    text = text_of(client.get(ungraded.get_absolute_url()))
    assert "This source has not been graded" in text
    assert "<li aria-current" not in text


def test_citing_models_are_found_from_their_fields():
    from pkportal.sources.models import Source

    fields_by_model = {model.__name__: fields for model, fields in cited_by.citing_fields().items()}

    assert fields_by_model.keys() == CITING_MODELS | {"Equipment"}
    assert sorted(fields_by_model["Lesson"]) == ["cited", "maturity_source", "sources"]
    assert "SourceHistory" in {relation.related_model.__name__ for relation in Source._meta.related_objects}


def test_unknown_source_is_not_found(client):
    assert client.get("/sources/no-such-source/").status_code == 404
