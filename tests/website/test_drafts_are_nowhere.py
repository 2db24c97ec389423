"""What is not public stands nowhere on the site: with it or without it, every page and every file is the same."""

import datetime
import html
import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from pkportal.content.models import Part, Publishable
from pkportal.content.pages import HasPage
from pkportal.exchange.registry import resources_by_name
from tests import make
from tests.equipment.models import Equipment

pytestmark = pytest.mark.django_db

WORD = "zyzzyva"  # in every text of what is hidden
LINK = re.compile(r'(?:href="|<loc>https?://[^/]+)(/[^"#<]*)')
QUESTIONS = [
    *[f"/{room}/?q={word}" for room in ["search", "missions", "mandates", "lessons"] for word in [WORD, "peace"]],
    *["/search/?q=PK-L-9000", "/missions/?status=ongoing", "/contributions/?sort=-quantity"],
]


def draft(it):
    """Leave a record as it was made."""


def withdrawn(it):
    it.publish()
    it.withdraw()


def due(it):
    it.published_at = timezone.now() + datetime.timedelta(days=1)
    it.publish()


WAYS = [draft, withdrawn, due]


@pytest.fixture
def public():
    """Make a record that the public may read, of every kind, with a mandate and a command for each way of hiding."""
    it = SimpleNamespace(source=make.source(), country=make.country(), theme=make.theme())
    it.mission = make.published_mission(sources=[it.source], host_countries=[it.country])
    it.mandates = [make.mandate(mission=it.mission) for _ in WAYS]
    it.commands = [make.command(mission=mission) for mission in [None, it.mission, None]]
    it.lesson = make.published_lesson(sources=[it.source], missions=[it.mission], themes=[it.theme])
    it.topic = make.published_topic(missions=[it.mission], lessons=[it.lesson])
    stated = {"mission": it.mission, "source": it.source}
    make.contribution(country=it.country, **stated)
    make.fatality(country=it.country, **stated)
    make.stated_total(**stated)
    make.appointment(command=it.commands[0], country=it.country)
    make.objective(mission=it.mission)
    make.event(mission=it.mission)
    make.challenge(mission=it.mission, theme=it.theme)
    make.remedial_action(lesson=it.lesson, source=it.source)
    return it


def all_beside(public, change):
    """Make a record of every kind that can be hidden, and tie it to the public ones by every link, both ways."""
    nth = WAYS.index(change) if change in WAYS else 0
    text = f"{WORD} [@{public.source.code}]"
    sourced = {"sources": [public.source]}
    by = {"country": public.country}
    mission = make.mission(
        code=f"{WORD}-{nth}",
        name=f"{WORD} {nth}",
        **dict.fromkeys(["acronym", "operation_names", "legal_basis", "lead_command"], WORD),
        **dict.fromkeys(["summary", "outcome"], text),
        host_countries=[public.country],
        predecessors=[public.mission],
        **sourced,
    )
    lesson = make.lesson(
        number=f"PK-L-900{nth}",
        title=WORD,
        observation=text,
        conclusion=text,
        maturity_source=public.source,
        missions=[public.mission, mission],
        themes=[public.theme],
        recurrence_of=[public.lesson],
        **sourced,
    )
    topic = make.topic(
        code=f"{WORD}-{nth}",
        title=f"{WORD} {nth}",
        summary=WORD,
        text=text,
        missions=[public.mission, mission],
        lessons=[public.lesson, lesson],
        related=[public.topic],
    )
    of = {"mission": mission}
    stated = {"source": public.source, "as_of": "2031", **of}
    mandate = make.mandate(code=f"{WORD}-{nth}", title=WORD, symbol=WORD, authorises=text, **of, **sourced)
    command = make.command(code=f"{WORD}-{nth}", name=WORD, place=WORD, **by, **of, **sourced)
    parts = [
        make.appointment(command=command, person=WORD, rank=WORD, **by, **sourced),
        make.objective(text=WORD, met="met", met_source=public.source, **of),
        make.event(title=WORD, text=text, **of, **sourced),
        make.contribution(location=WORD, note=WORD, quantity=88888, **by, **stated),
        make.stated_total(total=99999, **stated),
        make.fatality(cumulative=66666, **by, **stated),
        make.challenge(title=WORD, text=text, theme=public.theme, **of, **sourced),
        make.remedial_action(lesson=lesson, text=WORD, action_body=WORD, source=public.source),
    ]
    public.mission.predecessors.add(mission)
    public.lesson.recurrence_of.add(lesson)
    public.topic.related.add(topic)
    type(mandate).objects.filter(pk=public.mandates[nth].pk).update(derives_from=mandate)
    type(command).objects.filter(pk=public.commands[nth].pk).update(parent=command)
    for it in [mission, lesson, topic]:
        change(it)
    return [mission, lesson, topic, mandate, command, *parts]


@pytest.fixture
def hidden(public):
    """Hide everything in every way."""
    return [it for way in WAYS for it in all_beside(public, way)]


def site(client):
    """Read every page and file that a link leads to, every file there could be, and some that are asked for."""
    waiting = ["/", "/sitemap.xml", *QUESTIONS]
    waiting += [
        f"/{room}{name}.{ending}"
        for name in resources_by_name()
        for ending in ["csv", "json"]
        for room in ["data/", ""]
    ]
    found = {}
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith(("/static/", "/admin/")):
            continue
        answer = client.get(address)
        found[address] = answer.status_code, b"".join(answer).decode()
        links = map(html.unescape, LINK.findall(found[address][1]))
        waiting += [link for link in links if "?" not in link]  # each list has a link for each thing to ask
    return found


def test_the_site_is_the_same_with_and_without_what_is_hidden(client, public):
    without = site(client)
    for way in WAYS:
        all_beside(public, way)

    found = site(client)

    assert {*found} == {*without}
    assert [address for address in found if found[address] != without[address]] == []
    assert [address for address in found if WORD in found[address][1] and WORD not in address] == []


def test_what_is_hidden_has_no_page(client, hidden):
    pages = {it.get_absolute_url() for it in hidden if isinstance(it, HasPage) and "__" not in it.page.key}

    assert len(pages) == 15
    assert {client.get(page).status_code for page in pages} == {404}


@pytest.mark.parametrize(
    ("room", "name"),
    [
        ("missions", "command"),
        ("contributions", "mission"),
        ("mandates", "mission"),
        ("lessons", "mission"),
        ("challenges", "mission"),
    ],
)
def test_no_list_can_be_asked_for_what_is_hidden(client, hidden, room, name):
    for nth in range(len(WAYS)):
        question = f"{name}={WORD}-{nth}"
        assert [*client.get(f"/{room}/?{question}").context["filter"].form.errors] == [name]
        assert client.get(f"/{room}.csv?{question}").status_code == 400


def test_once_published_it_stands_in_every_room(client, public):
    shown = all_beside(public, lambda it: it.publish())
    kinds = {rows._meta.model: name for name, rows in resources_by_name().items()}

    found = site(client)

    assert {type(it) for it in shown} == {kind for kind in kinds if issubclass(kind, Publishable | Part)} - {Equipment}
    rooms = ["home", "missions", "contributions", "mandates", "commands", "lessons", "challenges", "topics", "sitemap"]
    about = [*shown, *vars(public).values(), public.mandates[0], public.commands[0]]
    pages = {*map(reverse, rooms), *(it.get_absolute_url() for it in about if isinstance(it, HasPage))}
    files = {f"/data/{kinds[type(it)]}.csv" for it in shown}
    assert [address for address in pages | files if WORD not in found[address][1]] == []
