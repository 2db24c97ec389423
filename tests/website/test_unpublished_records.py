"""Unpublished records appear nowhere: with them and without them, every page and every file is the same."""

import datetime
import html
import re
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.urls import reverse
from django.utils import timezone

from pkportal.content.models import Part, Publishable
from pkportal.content.pages import HasPage
from pkportal.exchange.registry import resources_by_name
from tests import make
from tests.equipment.models import Equipment

pytestmark = pytest.mark.django_db

WORD = "zyzzyva"  # in every text of an unpublished record
LINK = re.compile(r'(?:href="|<loc>https?://[^/]+)(/[^"#<]*)')
ADDRESSES = [
    *[f"/{path}/?q={word}" for path in ["search", "missions", "mandates", "lessons"] for word in [WORD, "peace"]],
    *["/search/?q=PK-L-9000", "/missions/?status=ongoing", "/contributions/?sort=-quantity"],
]


class Response(NamedTuple):
    status: int
    text: str


def keep_as_draft(record):
    """Leave a record as it was made."""


def publish_and_withdraw(record):
    make.published(record)
    make.withdrawn(record)


def publish_tomorrow(record):
    record.published_at = timezone.now() + datetime.timedelta(days=1)
    make.published(record)


STATES = [keep_as_draft, publish_and_withdraw, publish_tomorrow]


@pytest.fixture
def public():
    """Make a published record of every model, with a mandate and a command for each state of an unpublished one."""
    records = SimpleNamespace(source=make.source(), country=make.country(), theme=make.theme())
    records.mission = make.published_mission(sources=[records.source], host_countries=[records.country])
    records.mandates = [make.mandate(mission=records.mission) for _ in STATES]
    records.commands = [make.command(mission=mission) for mission in [None, records.mission, None]]
    records.lesson = make.published_lesson(sources=[records.source], missions=[records.mission], themes=[records.theme])
    records.topic = make.published_topic(missions=[records.mission], lessons=[records.lesson])
    stated = {"mission": records.mission, "source": records.source}
    make.contribution(country=records.country, **stated)
    make.fatality(country=records.country, **stated)
    make.stated_total(**stated)
    make.appointment(command=records.commands[0], country=records.country)
    make.objective(mission=records.mission)
    make.event(mission=records.mission)
    make.challenge(mission=records.mission, theme=records.theme)
    make.remedial_action(lesson=records.lesson, source=records.source)
    return records


def make_unpublished(public, change):
    """Make a record of every model that can be unpublished, and relate it to the public ones in both directions."""
    number = STATES.index(change) if change in STATES else 0
    text = f"{WORD} [@{public.source.code}]"
    with_source = {"sources": [public.source]}
    of_country = {"country": public.country}
    mission = make.mission(
        code=f"{WORD}-{number}",
        name=f"{WORD} {number}",
        **dict.fromkeys(["acronym", "operation_names", "legal_basis", "lead_command"], WORD),
        **dict.fromkeys(["summary", "outcome"], text),
        host_countries=[public.country],
        predecessors=[public.mission],
        **with_source,
    )
    lesson = make.lesson(
        number=f"PK-L-900{number}",
        title=WORD,
        observation=text,
        conclusion=text,
        maturity_source=public.source,
        missions=[public.mission, mission],
        themes=[public.theme],
        recurrence_of=[public.lesson],
        **with_source,
    )
    topic = make.topic(
        code=f"{WORD}-{number}",
        title=f"{WORD} {number}",
        summary=WORD,
        text=text,
        missions=[public.mission, mission],
        lessons=[public.lesson, lesson],
        related=[public.topic],
    )
    of_mission = {"mission": mission}
    figure_fields = {"source": public.source, "as_of": "2031", **of_mission}
    mandate = make.mandate(
        code=f"{WORD}-{number}", title=WORD, symbol=WORD, authorises=text, **of_mission, **with_source
    )
    command = make.command(code=f"{WORD}-{number}", name=WORD, place=WORD, **of_country, **of_mission, **with_source)
    parts = [
        make.appointment(command=command, person=WORD, rank=WORD, **of_country, **with_source),
        make.objective(text=WORD, met="met", met_source=public.source, **of_mission),
        make.mission_name(name=WORD, **of_mission),
        make.event(title=WORD, text=text, **of_mission, **with_source),
        make.contribution(basis="pledged", location=WORD, note=WORD, quantity=88888, **of_country, **figure_fields),
        make.stated_total(total=99999, **figure_fields),
        make.fatality(cumulative=66666, **of_country, **figure_fields),
        make.challenge(title=WORD, text=text, theme=public.theme, **of_mission, **with_source),
        make.remedial_action(lesson=lesson, text=WORD, action_body=WORD, source=public.source),
    ]
    public.mission.predecessors.add(mission)
    public.lesson.recurrence_of.add(lesson)
    public.topic.related.add(topic)
    type(mandate).objects.filter(pk=public.mandates[number].pk).update(derives_from=mandate)
    type(command).objects.filter(pk=public.commands[number].pk).update(parent=command)
    for record in [mission, lesson, topic]:
        change(record)
    return [mission, lesson, topic, mandate, command, *parts]


@pytest.fixture
def hidden(public):
    """Make unpublished records of every model in every state."""
    return [record for change in STATES for record in make_unpublished(public, change)]


def crawl(client):
    """Return status and text of each page and file, by address: all that are linked, all files, and some searches."""
    to_visit = ["/", "/sitemap.xml", *ADDRESSES]
    to_visit += [
        f"/{folder}{name}.{ending}"
        for name in resources_by_name()
        for ending in ["csv", "json"]
        for folder in ["data/", ""]
    ]
    responses = {}
    while to_visit:
        address = to_visit.pop()
        if address in responses or address.startswith(("/static/", "/admin/")):
            continue
        response = client.get(address)
        responses[address] = Response(response.status_code, b"".join(response).decode(errors="replace"))
        links = map(html.unescape, LINK.findall(responses[address].text))
        to_visit += [link for link in links if "?" not in link]  # each list has a link for each of its choices
    return responses


def test_site_is_the_same_with_and_without_unpublished_records(client, public):
    before = crawl(client)
    for change in STATES:
        make_unpublished(public, change)

    after = crawl(client)

    assert {*after} == {*before}
    assert [address for address in after if after[address] != before[address]] == []
    assert [address for address in after if WORD in after[address].text and WORD not in address] == []


def test_unpublished_records_have_no_page(client, hidden):
    with_page = [record for record in hidden if isinstance(record, HasPage) and "__" not in record.page.key]
    pages = {record.get_absolute_url() for record in with_page}

    assert len(pages) == 15
    statuses = [client.get(page).status_code for page in pages]
    assert (statuses.count(404), statuses.count(410)) == (10, 5)  # each was public once that was withdrawn


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("missions", "command"),
        ("contributions", "mission"),
        ("mandates", "mission"),
        ("lessons", "mission"),
        ("challenges", "mission"),
    ],
)
def test_filters_do_not_accept_unpublished_records(client, hidden, path, name):
    for number in range(len(STATES)):
        query = f"{name}={WORD}-{number}"
        assert [*client.get(f"/{path}/?{query}").context["filter"].form.errors] == [name]
        assert client.get(f"/{path}.csv?{query}").status_code == 400


def test_published_records_appear_on_their_pages_lists_and_files(client, public):
    published = make_unpublished(public, lambda record: make.published(record))
    names = {resource._meta.model: name for name, resource in resources_by_name().items()}

    responses = crawl(client)

    can_be_unpublished = {model for model in names if issubclass(model, Publishable | Part)}
    assert {type(record) for record in published} == can_be_unpublished - {Equipment}
    lists = ["home", "missions", "contributions", "mandates", "commands", "lessons", "challenges", "topics", "sitemap"]
    mentioned_on = [*published, *vars(public).values(), public.mandates[0], public.commands[0]]
    pages = {
        *map(reverse, lists),
        *(record.get_absolute_url() for record in mentioned_on if isinstance(record, HasPage)),
    }
    files = {f"/data/{names[type(record)]}.csv" for record in published}
    assert [address for address in pages | files if WORD not in responses[address].text] == []
