"""Words that are counted are right for one: "1 partner", never "1 partners", on any page."""

import html
import re

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"</?(?:a|abbr|b|bdi|em|i|small|span|strong|time)\b[^>]*>|<!--.*?-->")
ATTRIBUTE = re.compile(r'\b(?:alt|aria-label|content|data-label|placeholder|title)="([^"]*)"')
ENDS_IN_S = "is|was|has|does|this|its|as|across|basis|class|status|previous|series"
# a number one by itself, not part of another number or of a date, before a plural
ONE_OF_MANY = re.compile(
    rf"(?<![\w.,/–-])1 (?!(?:{ENDS_IN_S})\b)"
    r"(?:(?:more|dated|public|other|permanent|unused|different) )*(?:[a-z]+[^s\W\d]s|are|were|have)\b"
)


def crawled(*starts):
    """Return the pages that links lead to from some addresses."""
    client, waiting, pages = Client(), [*starts], {}
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        pages[address] = client.get(address, follow=True).text
        waiting += {
            html.unescape(link).partition("#")[0]
            for link in re.findall(r'href="(/(?!static/|admin/)[^"?.]*)"', pages[address])
        }
    return pages


def wrong_counts(page):
    """Return the words of a page, or of its attributes, that say one of many."""
    main = page.partition("</head>")[2]
    text = re.sub(r"<[^>]*>", "\n", INLINE.sub(" ", main))
    lines = [*re.sub(r"[^\S\n]+", " ", text).split("\n"), *ATTRIBUTE.findall(page)]
    joined = "\n".join(lines)
    return [
        joined[max(found.start() - 30, 0) : found.end() + 30] for found in ONE_OF_MANY.finditer(html.unescape(joined))
    ]


def one_of_each(**fields):
    """Make one record of each kind, all about one mission."""
    ally, source, theme = make.country(joined_on="1949-04-04"), make.source(), make.theme()
    command = make.command()
    mission = make.published_mission(host_countries=[ally], sources=[source], **fields)
    given = {"mission": mission, "country": ally, "source": source}
    make.contribution(**given)
    make.fatality(**given)
    make.cost_share(country=ally, source=source)
    make.stated_total(mission=mission, source=source)
    make.mandate(mission=mission, sources=[source])
    make.event(mission=mission, sources=[source])
    make.appointment(command=command, country=ally, from_date="1999")
    make.challenge(mission=mission, theme=theme)
    lesson = make.published_lesson(missions=[mission], themes=[theme], sources=[source])
    make.remedial_action(lesson=lesson, source=source)
    make.published_topic(missions=[mission], lessons=[lesson])
    return given


@pytest.mark.parametrize(
    "word", ["1 partners", "<b>1</b>missions", "1 more rows", 'title="1 nations"', "1 are checked"]
)
def test_a_wrong_count_is_found(word):
    assert wrong_counts(f"<head></head><p>In 2001, {word} on record</p><img {word}>")


@pytest.mark.parametrize("words", ["1 partner", "11 partners", "2,001 missions", "1 is checked", "1 May has passed"])
def test_a_right_count_is_not(words):
    assert wrong_counts(f"<head></head><p>On record: {words}</p>") == []


def test_every_page_about_one_of_each_says_one():
    one_of_each()
    pages = crawled("/", "/search/?q=mission", "/search/?q=lesson&kind=lesson", "/missions/?view=map")

    assert {address: found for address, page in pages.items() if (found := wrong_counts(page))} == {}
    assert len(pages) > 25


def test_nations_are_counted_apart_as_ally_and_partner():
    given = one_of_each()
    make.contribution(mission=given["mission"], source=given["source"])
    page = Client().get(given["mission"].get_absolute_url()).text

    assert "(1 ally 100, 1 partner 100)" in re.sub(r"\s+", " ", page)
    assert wrong_counts(page) == []
