"""Names with markup, scripts or quotation marks are shown as text on every page and in every file."""

import json
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils.html import escape
from django.utils.safestring import SafeString

from tests import make

pytestmark = pytest.mark.django_db
HOSTILE = "\"'><img src=x onerror=evil()><script>evil()</script>&lt;"


class Page(HTMLParser):
    """The tags of a page and the names of their attributes, as a browser would parse them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep a tag and the names of its attributes."""
        self.tags.append(tag)
        self.attributes += [name for name, _value in attrs]


@pytest.fixture
def addresses():
    host = make.country(iso3="EVL", iso2="EV", name=f"Land {HOSTILE}"[:80], region=HOSTILE[:60])
    source = make.source(code="evil", title=HOSTILE, publisher=HOSTILE, authors=HOSTILE, licence=HOSTILE, grade="A")
    mission = make.published_mission(
        code="evil",
        name=f"Evil {HOSTILE}",
        acronym="<b>'\"&",
        operation_names=f"{HOSTILE} 1999",
        legal_basis=HOSTILE,
        lead_command=HOSTILE,
        summary=HOSTILE,
        outcome=HOSTILE,
        host_countries=[host],
        sources=[source],
        latitude=42.6,
        longitude=21.1,
    )
    fields = {"mission": mission, "country": host, "source": source}
    for year in ["2001", "2002", "2003"]:
        make.contribution(**fields, as_of=year, note=HOSTILE, location=HOSTILE)
        make.stated_total(mission=mission, as_of=year, source=source)
    for nation in [make.country(), make.country()]:
        make.contribution(mission=mission, country=nation, as_of="2003", source=source, value_state="about")
    make.fatality(**fields)
    make.objective(mission=mission, text=HOSTILE, met="met", met_source=source)
    for code in ["evil", "evil-too"]:
        make.mandate(mission=mission, code=code, symbol=HOSTILE, title=HOSTILE, authorises=HOSTILE, sources=[source])
    make.event(mission=mission, title=HOSTILE, text=HOSTILE)
    command = make.command(mission=mission, code="evil", name=HOSTILE, place=HOSTILE, country=host, active_from="1999")
    for year in ["1999", "2001"]:
        make.appointment(command=command, person=HOSTILE, rank=HOSTILE[:60], country=host, from_date=year)
    theme = make.theme(code="evil", name=f"Theme {HOSTILE}"[:80], description=HOSTILE)
    make.challenge(mission=mission, theme=theme, title=HOSTILE, text=HOSTILE)
    for number in ["PK-L-6666", "PK-L-6667"]:
        lesson = make.published_lesson(
            number=number, title=f"Evil {HOSTILE}", conclusion=HOSTILE, missions=[mission], themes=[theme]
        )
    make.remedial_action(lesson=lesson, text=HOSTILE, action_body=HOSTILE, source=source)
    make.published_topic(
        code="evil", title=f"Evil {HOSTILE}", summary=HOSTILE, text=f"## {HOSTILE}\n\n{HOSTILE}", missions=[mission]
    )
    lists = ["missions/", "contributions/", "countries/", "mandates/", "lessons/", "challenges/", "sources/"]
    return [
        *("/", "/coverage/", "/commands/", "/commands/?on=2000", "/themes/", "/topics/", "/data/"),
        *(f"/{name}" for name in lists),
        *(f"/missions/?view={view}" for view in ["cards", "timeline", "map"]),
        *("/missions/?host=EVL&contributor=EVL", "/contributions/?mission=evil&date=2003", "/lessons/?theme=evil"),
        *("/missions/evil/", "/missions/evil/?on=2000", "/countries/EVL/", "/mandates/evil/", "/commands/evil/"),
        *("/themes/evil/", "/lessons/PK-L-6667/", "/topics/evil/", "/sources/evil/"),
        *("/search/?q=evil", "/search/?q=nation:EVL", "/search/suggestions/?q=evil", "/search/suggestions/?q=nation:l"),
        *("/search/?q=%22%3E%3Cscript%3E", "/missions/?q=%22%3E%3Cscript%3E", "/missions/?type=%22%3E%3Cscript%3E"),
        *("/commands/?on=%22%3E%3Cscript%3E", "/missions/evil/?on=%22%3E%3Cscript%3E"),
    ]


def test_every_page_escapes_names(client, addresses):
    for address in addresses:
        response = client.get(address)
        page = Page(response.text)

        assert response.status_code == 200
        assert "img" not in page.tags, address
        assert not [name for name in page.attributes if name.startswith("on")], address
        assert "<script>" not in response.text, address


def test_htmx_responses_escape_names(client, addresses):
    for address in ["/missions/?host=EVL", "/contributions/?country=EVL", "/lessons/?mission=evil"]:
        page = client.get(address, headers={"HX-Request": "true"})

        assert "evil()" in page.text
        assert "<script>" not in page.text


def test_json_has_the_name_unchanged(client, addresses):
    rows = json.loads(b"".join(client.get("/missions.json")))

    assert [row["name"] for row in rows] == [f"Evil {HOSTILE}"]


def test_bibtex_and_ris_have_one_record_whatever_the_title(client, addresses):
    bib, ris = (client.get(f"/sources/evil.{ending}").text for ending in ["bib", "ris"])

    assert r"\&lt;" in bib
    assert bib.count("@") == 1
    assert ris.count("TY  - ") == ris.count("ER  - ") == 1


def test_a_text_that_was_once_linked_as_markup_is_still_escaped_where_it_is_a_name():
    source = make.source(code="same", title=HOSTILE)
    page = Template("{{ source|link:markup }}{{ source|link:source.title }}")

    html = page.render(Context({"source": source, "markup": SafeString(HOSTILE)}))

    assert html == f'<a href="/sources/same/">{HOSTILE}</a><a href="/sources/same/">{escape(HOSTILE)}</a>'
