"""Addresses: those that are nearly right lead on, others name the nearest, and a withdrawn record has its notice."""

import datetime

import pytest
from django.utils import timezone

from tests import make
from tests.equipment.make import equipment

pytestmark = pytest.mark.django_db


@pytest.fixture
def records():
    """Make a record of every kind that has a page of its own, with a code of its own."""
    mission = make.published_mission(code="kfor", name="Kosovo Force")
    return [
        mission,
        make.country(iso3="ITA", iso2="IT", name="Italy"),
        make.source(code="UN-sres-1244", title="Resolution 1244"),
        make.mandate(mission=mission, code="un-sres-1244"),
        make.command(code="jfc-naples", name="JFC Naples"),
        make.theme(code="handover"),
        make.published_lesson(number="PK-L-0042"),
        make.published_topic(code="mandates"),
        equipment(code="leopard", mission=mission),
    ]


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase])
@pytest.mark.parametrize("slash", ["/", ""])
def test_code_in_any_case_leads_on_by_one_redirect_with_or_without_the_final_slash(client, records, change, slash):
    for record in records:
        right = record.get_absolute_url()
        folder, key = right.strip("/").split("/")
        wrong = f"/{folder}/{change(key)}{slash}"
        response = client.get(wrong, {"on": "2010", "page": "2"}, follow=True)

        assert response.status_code == 200, wrong
        expected = [] if wrong == right else [(f"{right}?on=2010&page=2", 301)]
        assert response.redirect_chain == expected, wrong


def test_file_of_a_record_in_any_case_leads_on(client, records):
    response = client.get("/sources/un-SRES-1244.bib")

    assert (response.status_code, response["Location"]) == (301, "/sources/UN-sres-1244.bib")
    assert client.get("/sources/un-sres-1244.exe").status_code == 404


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/missions/kosovo-force/", "/missions/kfor/"),
        ("/missions/Kosovo%20Force/", "/missions/kfor/"),
        ("/countries/italy/", "/countries/ITA/"),
        ("/countries/IT/", "/countries/ITA/"),
    ],
)
def test_name_of_a_record_in_place_of_its_code_leads_on_to_it(client, records, address, canonical):
    assert client.get(address).headers["Location"] == canonical


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("/missions/kforr/", ["kfor"]),
        ("/missions/kosovo/", ["kfor"]),
        ("/missions/Kosovo%20Forze/annex/", ["kfor"]),
        ("/countries/italia/", ["ITA"]),
        ("/sources/un-sres-1245/", ["UN-sres-1244"]),
        ("/lessons/pk-l-42/", ["PK-L-0042"]),
        ("/lessons/42/", ["PK-L-0042"]),
        ("/missions/zzz/", []),
        ("/nowhere/kfor/", []),
        ("/missions/kfor%00/", []),
        (f"/missions/{'kfor' * 200}/", []),
    ],
)
def test_unknown_address_names_the_nearest_records_of_its_kind(client, records, address, codes):
    page = client.get(address)

    assert page.status_code == 404
    assert [record.code for record in page.context["nearest"]] == codes
    assert ("Did you mean" in page.text) == bool(codes)
    assert all(client.get(record.address).status_code == 200 for record in page.context["nearest"])


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/nations/ITA/", ["/countries/ITA/"]),
        ("/mission/kfor/", ["/missions/kfor/"]),
        ("/mandate/", ["/mandates/"]),
        ("/missions.cvs", ["/missions/"]),
        ("/glosary/", ["/glossary/"]),
        ("/zzzzzz/kfor/", []),
    ],
)
def test_address_with_a_wrong_first_word_names_the_nearest_page(client, records, address, nearest):
    page = client.get(address)

    assert page.status_code == 404
    assert [record.address for record in page.context["nearest"]] == nearest


@pytest.mark.parametrize("file", ["themes.csv", "commands.xlsx", "appointments.json"])
def test_address_of_a_file_that_is_among_the_data_names_it(client, file):
    response = client.get(f"/{file}")

    assert response.status_code == 404
    assert f"/data/{file}" in response.text


@pytest.mark.parametrize(
    ("address", "words"),
    [("/commands/SACEUR/", "SACEUR"), ("/r/EV-9999", "EV-9999"), ("/x/rules-of-engagement/", "rules of engagement")],
)
def test_page_that_is_not_there_offers_to_search_for_the_words_of_its_address(client, address, words):
    page = client.get(address)

    assert page.status_code == 404
    assert f'name="q" value="{words}"' in page.text


def test_pages_in_any_case_lead_on_by_one_redirect(client):
    for address in ["/Missions/", "/ABOUT/", "/Missions.CSV"]:
        response = client.get(address, {"utm_source": "a"})

        assert (response.status_code, response["Location"]) == (301, f"{address.lower()}?utm_source=a")
    assert client.get("/r/FIG-99999").status_code == 404


def withdrawn(record):
    make.published(record)
    make.withdrawn(record)
    return record


def test_withdrawn_record_has_its_notice_and_so_have_its_parts(client):
    mission = withdrawn(make.mission(code="gone", name="The Withdrawn Force"))
    parts = [make.mandate(mission=mission, title="A withdrawn presence"), make.command(mission=mission, name="HQ Gone")]
    others = [withdrawn(make.lesson(title="Never do this")), withdrawn(make.topic(title="A withdrawn topic"))]

    for record in [mission, *parts, *others]:
        title = getattr(record, record.result_fields.title)
        for address in [record.get_absolute_url(), record.get_absolute_url().upper().rstrip("/")]:
            page = client.get(address)

            assert page.status_code == 410
            assert title in page.text
            assert f"withdrawn from the record on {timezone.now():%-d %B %Y}" in page.text
            assert "canonical" not in page.text


def test_withdrawn_record_says_why_it_is_gone(client):
    mission = make.published_mission(code="twice")
    make.withdrawn(mission, reason="It was counted twice.")

    assert "<p>It was counted twice.</p>" in client.get("/missions/twice/").text
    assert client.get("/missions/twice.bib").text.splitlines()[1:] == ["It was counted twice."]


def test_withdrawn_record_and_its_parts_lead_to_what_took_their_place(client):
    old, new = make.published_mission(code="old"), make.published_mission(code="new")
    event = make.event(mission=old)
    make.withdrawn(old, reason="Both were one.", moved_to=new.reference)

    for address in ["/missions/old/", f"/r/{old.reference}", f"/r/{event.reference}"]:
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, "/missions/new/")


@pytest.mark.parametrize("moved_to", ["M-9999", "/missions/old/", "draft"])
def test_withdrawn_record_leads_nowhere_that_there_is_not(client, moved_to):
    old, draft = make.published_mission(code="old"), make.mission()
    make.withdrawn(old, reason="It was wrong.", moved_to=draft.reference if moved_to == "draft" else moved_to)

    page = client.get("/missions/old/")

    assert page.status_code == 410
    assert "It was wrong." in page.text


def never_published(record):
    return record


def scheduled(record):
    record.published_at = timezone.now() + datetime.timedelta(days=1)
    make.published(record)
    return record


def withdrawn_before_it_was_public(record):
    return withdrawn(scheduled(record))


def withdrawn_as_a_draft(record):
    make.withdrawn(record)
    return record


@pytest.mark.parametrize("state", [never_published, scheduled, withdrawn_before_it_was_public, withdrawn_as_a_draft])
def test_record_that_was_never_public_is_not_revealed(client, state):
    mission = state(make.mission(code="secret", name="Secret Force"))
    records = [mission, make.mandate(mission=mission, code="secret"), state(make.lesson(title="Secret rule"))]
    unknown = client.get("/missions/unknown/").text

    for record in records:
        for address in [record.get_absolute_url(), record.get_absolute_url().upper()]:
            assert client.get(address).status_code == 404
    assert client.get("/missions/secret/").text.replace("secret", "unknown") == unknown


CANONICAL = '<link rel="canonical" href="{}">'
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.mark.parametrize(
    ("address", "canonical", "is_indexed"),
    [
        ("/", "/", True),
        ("/missions/", "/missions/", True),
        ("/missions/?q=", "/missions/", True),
        ("/missions/?page=1", "/missions/", True),
        ("/missions/?page=2", "/missions/?page=2", True),
        ("/missions/?page=999", "/missions/?page=3", True),
        ("/missions/?type=peacekeeping", "/missions/", False),
        ("/missions/?type=peacekeeping&page=2", "/missions/", False),
        ("/missions/?sort=name", "/missions/", False),
        ("/missions/?view=cards", "/missions/", False),
        ("/missions/?utm_source=a", "/missions/", True),
        ("/missions/?page=all", "/missions/", True),
        ("/search/?q=peace", "/search/", False),
    ],
)
def test_lists_have_a_canonical_address_and_filtered_ones_are_not_indexed(
    client, page_size, settings, address, canonical, is_indexed
):
    page_size(1)
    for _ in range(3):
        make.published_mission()

    page = client.get(address).text

    assert CANONICAL.format(f"{settings.SITE_URL}{canonical}") in page
    assert (NOINDEX not in page) == is_indexed


def test_page_of_a_record_is_known_by_its_address_alone(client, records, settings):
    page = client.get("/missions/kfor/?on=2010").text

    assert CANONICAL.format(f"{settings.SITE_URL}/missions/kfor/") in page
    assert NOINDEX in page
