"""Names from right to left are isolated wherever they are shown, so that they cannot turn what stands beside them."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from pkportal.website.isolation import isolate_names
from tests import make

ARABIC, HEBREW = "قوة كوسوفو", "ישראל"
LETTER = re.compile("[\u0590-\u08ff]+")


@pytest.mark.parametrize(
    ("html", "isolated"),
    [
        (f"<p>12 of {HEBREW} 34</p>", f"<p>12 of <bdi>{HEBREW}</bdi> 34</p>"),
        (f"<b>{ARABIC}</b> (1999)", f"<b><bdi>{ARABIC}</bdi></b> (1999)"),
        (f"{ARABIC}, {HEBREW} 1", f"<bdi>{ARABIC}</bdi>, <bdi>{HEBREW}</bdi> 1"),
        (f"{HEBREW}-{HEBREW} KFOR", f"<bdi>{HEBREW}-{HEBREW}</bdi> KFOR"),
        (f"{HEBREW} &amp; {ARABIC}", f"<bdi>{HEBREW}</bdi> &amp; <bdi>{ARABIC}</bdi>"),
        (f"<title>{HEBREW} – Record</title>", f"<title>\u2068{HEBREW}\u2069 – Record</title>"),
        (f'<option value="{HEBREW}">{HEBREW} 3', f'<option value="{HEBREW}"><bdi>{HEBREW}</bdi> 3'),
        (f'<option value="{HEBREW}">{HEBREW} 3</option>', f'<option value="{HEBREW}">\u2068{HEBREW}\u2069 3</option>'),
        (f"<svg><text>{HEBREW} 3</text></svg>", f"<svg><text>\u2068{HEBREW}\u2069 3</text></svg>"),
        (f'<a title="1 > {HEBREW}">{HEBREW}</a>', f'<a title="1 > \u2068{HEBREW}\u2069"><bdi>{HEBREW}</bdi></a>'),
        (f'<td data-label="{HEBREW} 3">', f'<td data-label="\u2068{HEBREW}\u2069 3">'),
        (f"<svg><a aria-label='{HEBREW} 3'></a></svg>", f"<svg><a aria-label='\u2068{HEBREW}\u2069 3'></a></svg>"),
        (f"<input value='{HEBREW}'>", f"<input value='{HEBREW}'>"),
        (f"<textarea>{HEBREW}</textarea>", f"<textarea>{HEBREW}</textarea>"),
        (f"<script>'{HEBREW}'</script><!-- {HEBREW} -->", f"<script>'{HEBREW}'</script><!-- {HEBREW} -->"),
        ("<p>Türkiye – Åland · Ελλάδα</p>", "<p>Türkiye – Åland · Ελλάδα</p>"),
    ],
)
def test_name_is_isolated_in_text_and_nowhere_else(html, isolated):
    assert isolate_names(html) == isolated


class Texts(HTMLParser):
    """The texts of a page that stand outside of ``<bdi>``, of form fields and of isolating characters."""

    def __init__(self, html):
        super().__init__()
        self.open, self.loose, self.isolated = [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in {"bdi", "textarea", "script"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data):
        self.isolated += len(re.findall("\u2068[^\u2069]*\u2069", data)) + ("bdi" in self.open)
        if not self.open:
            self.loose += LETTER.findall(re.sub("\u2068[^\u2069]*\u2069", "", data))


@pytest.mark.django_db
def test_every_page_isolates_every_name_from_right_to_left(client, admin_client):
    country = make.country(iso3="RTL", name=HEBREW, region=ARABIC)
    source = make.source(code="rtl", title=ARABIC, publisher=HEBREW, authors=ARABIC, grade="A")
    mission = make.published_mission(
        code="rtl", name=ARABIC, host_countries=[country], sources=[source], latitude=42.6, longitude=21.1
    )
    for year in ["2001", "2002"]:
        stated = {"mission": mission, "country": country, "source": source}
        make.contribution(**stated, as_of=year, note=HEBREW, location=ARABIC)
    make.mandate(mission=mission, code="rtl", symbol=HEBREW, title=ARABIC)
    make.event(mission=mission, title=HEBREW)
    command = make.command(mission=mission, code="rtl", name=ARABIC, place=HEBREW, active_from="1999")
    make.appointment(command=command, person=HEBREW, rank=ARABIC, country=country, from_date="1999")
    theme = make.theme(code="rtl", name=HEBREW)
    make.challenge(mission=mission, theme=theme, title=ARABIC)
    make.published_lesson(number="PK-L-7777", title=HEBREW, missions=[mission], themes=[theme])
    make.published_topic(code="rtl", title=ARABIC, missions=[mission])
    kinds = ["missions", "mandates", "commands", "themes", "topics", "sources"]
    lists = [f"/{kind}/" for kind in [*kinds, "contributions", "countries", "lessons", "challenges"]]
    addresses = [*lists, *(f"/{kind}/rtl/" for kind in kinds), "/countries/RTL/", "/lessons/PK-L-7777/"]
    views = [f"/missions/?host=RTL&view={view}" for view in ["cards", "timeline", "map"]]
    for address in [*addresses, *views, "/", f"/search/?q={HEBREW}", "/missions/rtk/"]:
        page = Texts(client.get(address).text)

        assert page.loose == [], address
        assert page.isolated, address
    assert Texts(admin_client.get("/admin/missions/country/").text).loose == []


@pytest.mark.django_db
def test_name_is_isolated_in_the_subject_of_a_report_too(client, settings):
    settings.CONTACT = "mailto:desk@record.example"
    make.event(title=HEBREW)

    assert f"%E2%81%A8{quote(HEBREW)}%E2%81%A9" in client.get("/events/").text


@pytest.mark.django_db
def test_files_have_the_name_unchanged(client):
    make.country(iso3="RTL", name=HEBREW)

    file = b"".join(client.get("/countries.csv")).decode()

    assert f",{HEBREW}," in file
    assert "\u2068" not in file


@pytest.mark.django_db
def test_page_without_such_names_is_sent_as_it_is(client):
    make.country(name="Türkiye")

    page = client.get("/countries/").text

    assert "Türkiye" in page
    assert "<bdi>" not in page
    assert "\u2068" not in page
