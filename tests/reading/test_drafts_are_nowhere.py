"""What is not public stands nowhere on the site: with it or without it, every page and every file is the same."""

import datetime
import html
import re
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from pkportal.exchange.registry import tables
from pkportal.publishing.models import OpenQuerySet
from pkportal.publishing.pages import Paged
from tests import make

pytestmark = pytest.mark.django_db

WORD = "zyzzyva"  # in every text of what is hidden
LINK = re.compile(r'(?:href="|<loc>http://testserver|<loc>https?://localhost)(/[^"#<]*)')
QUESTIONS = [
    f"/search/?q={WORD}",
    "/search/?q=peace",
    "/search/?q=PK-L-9001",
    f"/missions/?q={WORD}",
    "/missions/?status=ongoing",
    f"/mandates/?q={WORD}",
    f"/lessons/?q={WORD}",
    f"/challenges/?q={WORD}",
    "/contributions/?sort=-quantity",
    "/contributions/?sort=date",
]


def publish(it):
    it.publish()


def withdraw(it):
    it.publish()
    it.withdraw()


def schedule(it):
    it.published_at = timezone.now() + datetime.timedelta(days=1)
    it.publish()


in_every_way = pytest.mark.parametrize("hide", [lambda it: None, withdraw, schedule], ids=["draft", "withdrawn", "due"])


@pytest.fixture
def public():
    """Make a small record that the public may read, with a standing command above and below everything."""
    it = SimpleNamespace(source=make.source(), country=make.country(), theme=make.theme(name="Planning"))
    it.mission = make.published_mission(sources=[it.source], host_countries=[it.country])
    it.mandate = make.mandate(mission=it.mission)
    it.top = make.command(level="strategic")
    it.command = make.command(parent=it.top, mission=it.mission)
    it.appointment = make.appointment(command=it.command, country=it.country)
    it.lesson = make.published_lesson(sources=[it.source], missions=[it.mission], themes=[it.theme])
    it.topic = make.published_topic(missions=[it.mission], lessons=[it.lesson])
    for figure in [make.contribution, make.stated_total, make.fatality]:
        figure(mission=it.mission, source=it.source, **({} if figure is make.stated_total else {"country": it.country}))
    for part in [make.objective, make.event]:
        part(mission=it.mission)
    make.challenge(mission=it.mission, theme=it.theme)
    make.remedial_action(lesson=it.lesson, source=it.source)
    return it


def hidden_beside(public, hide):
    """Make a record of every kind that can be hidden, tied to the public one by every link there is, both ways."""
    cites = f"{WORD} [@{public.source.code}]"
    named = {"sources": [public.source], "ai_assisted": True}
    mission = make.mission(
        code=f"{WORD}-mission",
        name=f"{WORD} mission",
        acronym=WORD,
        summary=cites,
        outcome=cites,
        legal_basis=WORD,
        lead_command=WORD,
        operation_names=WORD,
        peak_strength=77777,
        host_countries=[public.country],
        predecessors=[public.mission],
        latitude=1,
        longitude=1,
        **named,
    )
    of = {"mission": mission}
    mandate = make.mandate(
        code=f"{WORD}-mandate", title=WORD, symbol=WORD, authorises=cites, derives_from=public.mandate, **of, **named
    )
    command = make.command(
        code=f"{WORD}-command",
        name=WORD,
        place=WORD,
        parent=public.top,
        country=public.country,
        sources=[public.source],
        **of,
    )
    stated = {"source": public.source, **of}
    by = {"country": public.country}
    theme = {"theme": public.theme}
    lesson = make.lesson(
        number="PK-L-9001",
        title=WORD,
        observation=cites,
        conclusion=cites,
        maturity_source=public.source,
        missions=[public.mission, mission],
        themes=[public.theme],
        recurrence_of=[public.lesson],
        **named,
    )
    topic = make.topic(
        code=f"{WORD}-topic",
        title=WORD,
        summary=WORD,
        text=cites,
        missions=[public.mission, mission],
        lessons=[public.lesson, lesson],
        related=[public.topic],
    )
    parts = [
        make.objective(text=WORD, met="met", met_source=public.source, **of),
        mandate,
        command,
        make.appointment(command=command, person=WORD, rank=WORD, sources=[public.source], **by),
        make.event(title=WORD, text=cites, sources=[public.source], **of),
        make.contribution(location=WORD, note=WORD, as_of="2031", quantity=88888, **by, **stated),
        make.stated_total(as_of="2031", total=99999, **stated),
        make.fatality(as_of="2031", cumulative=66666, **by, **stated),
        make.challenge(title=WORD, text=cites, **theme, **of),
        make.remedial_action(lesson=lesson, text=WORD, action_body=WORD, source=public.source),
    ]
    for it in [mission, lesson, topic]:
        hide(it)
    tie(public, SimpleNamespace(mission=mission, mandate=mandate, command=command, lesson=lesson, topic=topic))
    return [mission, lesson, topic, *parts]


def tie(public, hidden):
    """Let the public record name the hidden one wherever it can."""
    public.mission.predecessors.add(hidden.mission)
    public.lesson.missions.add(hidden.mission)
    public.lesson.recurrence_of.add(hidden.lesson)
    public.topic.missions.add(hidden.mission)
    public.topic.lessons.add(hidden.lesson)
    public.topic.related.add(hidden.topic)
    public.mandate.derives_from = hidden.mandate
    public.mandate.save()
    hidden.mandate.derives_from = None  # the two would make a circle
    hidden.mandate.save()
    for command in [public.top, public.command]:
        command.parent = hidden.command
        command.save()
    hidden.command.parent = None
    hidden.command.save()


def site(client):
    """Read every page and file that a visitor can reach, and some that a visitor may ask for."""
    found = {}
    waiting = ["/", "/sitemap.xml", *QUESTIONS]
    waiting += [f"/{kind}{name}.{ending}" for name in tables() for ending in ["csv", "json"] for kind in ["data/", ""]]
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith(("/static/", "/admin/")):
            continue
        answer = client.get(address)
        found[address] = answer.status_code, b"".join(answer).decode()
        # what can be asked by links is without number: questions have tests of their own
        waiting += [link for link in map(html.unescape, LINK.findall(found[address][1])) if "?" not in link]
    return found


@in_every_way
def test_the_site_is_the_same_with_and_without_what_is_hidden(client, public, hide):
    make.command(parent=public.top)
    public.command.parent = None  # a superior that is hidden is none
    public.command.save()
    without = site(client)
    hidden_beside(public, hide)

    found = site(client)

    assert [*found] == [*without]
    assert [address for address in found if found[address] != without[address]] == []
    assert [address for address, (_status, text) in found.items() if WORD in text and "q=" not in address] == []


@in_every_way
def test_what_is_hidden_has_no_page(client, public, hide):
    hidden = hidden_beside(public, hide)
    pages = {it.get_absolute_url() for it in hidden if isinstance(it, Paged) and "__" not in it.page[1]}

    assert len(pages) == 5
    assert {client.get(page).status_code for page in pages} == {404}


@in_every_way
@pytest.mark.parametrize(
    "question",
    [
        "/missions/?command=zyzzyva-command",
        "/contributions/?mission=zyzzyva-mission",
        "/mandates/?mission=zyzzyva-mission",
        "/lessons/?mission=zyzzyva-mission",
        "/challenges/?mission=zyzzyva-mission",
    ],
)
def test_no_list_can_be_asked_for_what_is_hidden(client, public, hide, question):
    hidden_beside(public, hide)

    assert client.get(question).context["filter"].form.errors
    assert client.get(question.replace("/?", ".csv?")).status_code == 400


def test_once_published_it_stands_in_every_room(client, public):
    hidden = hidden_beside(public, publish)
    kinds = {rows._meta.model for rows in tables().values()}

    found = site(client)

    assert {type(it) for it in hidden} == {kind for kind in kinds if not isinstance(kind.objects.all(), OpenQuerySet)}
    assert [it for it in hidden if isinstance(it, Paged) and it.get_absolute_url() not in found] == []
    rooms = ["home", "missions", "contributions", "mandates", "commands", "lessons", "challenges", "topics", "sitemap"]
    about = [it.get_absolute_url() for it in vars(public).values() if isinstance(it, Paged)]
    files = [f"/data/{rows.name}.csv" for rows in tables().values() if rows._meta.model in {type(it) for it in hidden}]
    silent = {address for address in [*map(reverse, rooms), *about, *files] if WORD not in found[address][1]}
    assert silent <= {"/data/stated_totals.csv", "/data/fatalities.csv"}
