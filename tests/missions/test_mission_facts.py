"""The facts of a mission lead to the records that they are about: a resolution, a command, a stated total."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission():
    return make.published_mission(code="heron", name="Heron Force", start_date="1999")


def fact(client, name):
    context = client.get("/missions/heron/").context
    return context[name]


def test_each_resolution_of_the_legal_basis_leads_to_its_mandate(client, mission):
    for number, year in [(1970, 2011), (1973, 2011), (836, 1993)]:
        make.mandate(mission=mission, code=f"r-{number}", kind="unsc-resolution", symbol=f"S/RES/{number} ({year})")
    mission.legal_basis = "Council decision of 4 March 1973; resolutions 836 (1993), 1970, 1973 (2011) & 2100 (2013)"
    mission.save()

    assert fact(client, "legal_basis") == (
        "Council decision of 4 March 1973; resolutions "
        '<a href="/mandates/r-836/">836 (1993)</a>, <a href="/mandates/r-1970/">1970</a>, '
        '<a href="/mandates/r-1973/">1973 (2011)</a> &amp; 2100 (2013)'
    )


def test_agreement_of_the_legal_basis_leads_to_its_mandate(client, mission):
    make.mandate(
        mission=mission, code="mta", kind="agreement", title="Withdrawal", symbol="Military Technical Agreement"
    )
    mission.legal_basis = "Consent; <b>military technical agreement</b> of 9 June 1999"
    mission.save()

    assert fact(client, "legal_basis") == (
        'Consent; &lt;b&gt;<a href="/mandates/mta/">military technical agreement</a>&lt;/b&gt; of 9 June 1999'
    )


def test_legal_basis_that_names_no_mandate_leads_to_the_section_if_there_is_one(client, mission):
    mission.legal_basis = "Consent of the host"
    mission.save()
    assert fact(client, "legal_basis") == "Consent of the host"

    make.mandate(mission=mission, kind="nac-decision", title="Decision", symbol="Decision of 1 May")
    make.mandate(mission=mission, kind="nac-decision", title="Plan", symbol="Plan 1")
    assert fact(client, "legal_basis") == '<a href="#mandates">Consent of the host</a>'


def test_commands_that_led_a_mission_lead_to_their_pages(client, mission):
    higher = make.command(code="jfc-marsh", name="Joint Force Command Marsh")
    make.command(code="hq-heron", name="Headquarters Heron Force", parent=higher, mission=mission)
    mission.lead_command = "JFC Marsh / Headquarters Heron Force / Task Force"
    mission.save()

    assert fact(client, "lead_command") == (
        '<a href="/commands/jfc-marsh/">JFC Marsh</a> / '
        '<a href="/commands/hq-heron/">Headquarters Heron Force</a> / Task Force'
    )


def test_peak_strength_leads_to_the_stated_total_and_its_source(client, mission):
    mission.peak_strength, mission.peak_strength_date = 36300, "1999"
    mission.save()
    assert fact(client, "peak_total") is None

    make.stated_total(mission=mission, as_of="2001", total=36300)
    assert fact(client, "peak_total") is None
    total = make.stated_total(mission=mission, as_of="1999-12", total=36300)
    assert fact(client, "peak_total") == total
    text = " ".join(client.get("/missions/heron/").text.split())
    assert f'<a href="#{total.reference}">36,300</a> <sup class="note">' in text
