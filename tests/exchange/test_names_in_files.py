"""Other names of records in the cells of a file, where a code stands: read and said, refused if several have it."""

import pytest

from missions.models import Command, Contribution, Mission
from tests import make

FIGURES = "mission,country,kind,as_of,basis,quantity,unit,source\n"


@pytest.fixture
def names(record):
    turkey = make.country(name="Türkiye", iso3="TUR", iso2="TR")
    czechia = make.country(name="Czechia", iso3="CZE", iso2="CZ")
    slovakia = make.country(name="Slovakia", iso3="SVK", iso2="SK")
    make.country_name(country=turkey, name="Turkey", kind="former")
    make.country_name(country=turkey, name="640", kind="code_cow")
    for country in [czechia, slovakia]:
        make.country_name(country=country, name="Czechoslovakia", kind="former")
    make.mission_name(mission=Mission.objects.get(code="kfor"), name="Operation Heron", kind="operation")
    make.mission_name(mission=make.mission(code="draft"), name="Operation Stork", kind="operation")


@pytest.mark.parametrize("country", ["Turkey", "TURKEY", "640", "tur"])
def test_another_name_is_read_as_the_code_and_said(load, names, country):
    output = load(contributions=f"{FIGURES}operation heron,{country},troops,2001,deployed,100,personnel,report\n")

    assert Contribution.objects.get().country.iso3 == "TUR"
    assert output.splitlines() == [
        "contributions.csv: 1 new, 0 changed, 0 unchanged, 0 refused",
        "contributions.csv, column mission: “operation heron” was read as kfor",
        f"contributions.csv, column country: “{country}” was read as TUR",
    ]


def test_row_with_another_name_is_the_row_with_the_code(load, names):
    load(contributions=f"{FIGURES}kfor,TUR,troops,2001,deployed,100,personnel,report\n")

    output = load(contributions=f"{FIGURES}kfor,Turkey,troops,2001,deployed,120,personnel,report\n")

    assert output.startswith("contributions.csv: 0 new, 1 changed")


def test_several_names_in_one_cell_are_read(load, names):
    load(missions="code,host_countries,predecessors\nkfor,Turkey;CZE,Operation Stork\n")

    mission = Mission.objects.get(code="kfor")
    assert [country.iso3 for country in mission.host_countries.order_by("iso3")] == ["CZE", "TUR"]
    assert [mission.code for mission in mission.predecessors.all()] == ["draft"]


def test_name_that_several_have_is_refused_with_their_codes(load, names):
    output = load(contributions=f"{FIGURES}kfor,Czechoslovakia,troops,1991,deployed,100,personnel,report\n")

    assert "“Czechoslovakia” may be any of CZE, SVK: write the code that is meant." in output
    assert not Contribution.objects.exists()


def test_name_that_nobody_has_is_refused(load, names):
    output = load(contributions=f"{FIGURES}kfor,Atlantis,troops,1991,deployed,100,personnel,report\n")

    assert "No country has the code “Atlantis”." in output


def chain_under(parent):
    """Return a file of two commands, the second under the first as a cell names it."""
    rows = f"jfc,Joint Force Command,operational,,report\nkfor-hq,HQ KFOR,tactical,{parent},report\n"
    return f"code,name,level,parent,sources\n{rows}"


@pytest.mark.parametrize(
    ("parent", "said"),
    [
        ("jfc", ""),
        (" jfc ", "column parent: “ jfc ” was read as jfc"),
        ("JFC", "column parent: “JFC” was read as jfc"),
        ("Joint Force Command", "column parent: “Joint Force Command” was read as jfc"),
    ],
)
def test_link_to_a_row_of_the_same_file_is_read_by_its_names(load, record, parent, said):
    output = load(commands=chain_under(parent))

    assert "2 new" in output
    assert said in output
    assert ("column parent" in output) == bool(said)
    assert Command.objects.get(code="kfor-hq").parent.code == "jfc"


def test_misspelt_link_to_a_row_of_the_same_file_is_asked_about(load, record):
    misspelt = chain_under("Joint Force Comand")

    assert "Is it right to read “Joint Force Comand” as jfc?" in load(commands=misspelt)
    assert "column parent, “nobody”: No command has the code “nobody”." in load(commands=chain_under("nobody"))
    load("--accept-likely", commands=misspelt)
    assert Command.objects.get(code="kfor-hq").parent.code == "jfc"


def test_word_for_nothing_is_no_link_within_the_file(load, record):
    assert "column parent: “n/a” was read as blank" in load(commands=chain_under("n/a"))
    assert Command.objects.get(code="kfor-hq").parent is None


def test_several_links_within_the_file_are_read_by_names(load, record):
    header = "code,name,predecessors,type,region,start_date,end_date,state,summary,sources\n"
    rest = "peacekeeping,western-balkans,1995,1996,completed,It kept it.,report\n"
    rows = f'ifor,Implementation Force,,{rest}sfor,SFOR,"Implementation Force, kfor",{rest}'

    output = load(missions=header + rows)

    assert "column predecessors: “Implementation Force, kfor” was read as ifor;kfor" in output
    assert [it.code for it in Mission.objects.get(code="sfor").predecessors.order_by("code")] == ["ifor", "kfor"]
