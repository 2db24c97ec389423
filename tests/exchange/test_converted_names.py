"""Words and names in cells: yes and no, choices and records are read by all their names, and slips are asked about."""

import pytest

from pkportal.exchange.cell_reading import Everything
from tests import make

from .columns import NBSP, WHOLE, ZERO_WIDTH_SPACE, reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def nations():
    """Make nations whose names are near each other, and a mission with several names."""
    for iso3, iso2, name in [("ITA", "IT", "Italy"), ("SVK", "SK", "Slovakia"), ("SVN", "SI", "Slovenia")]:
        make.country(iso3=iso3, iso2=iso2, name=name)
    make.country_name(country=make.country(iso3="TUR", iso2="TR", name="Türkiye"), name="Turkey", kind="former")
    make.mission(code="kfor", name="Kosovo Force", acronym="KFOR")
    make.source(code="report", title="A long report")


@pytest.mark.parametrize(
    ("texts", "value"), [(["TRUE", "1", "y", "ja", "oui", "да", "✓"], True), (["0", "nein"], False)]
)
def test_yes_and_no_are_read_in_other_words(texts, value):
    readings = [reader("contributions.checked").read(text) for text in texts]

    assert [reading.value for reading in readings] == [value] * len(texts)
    assert readings[0].conversion == f"“{texts[0]}” was read as {'yes' if value else 'no'}"


@pytest.mark.parametrize(
    ("path", "text", "read"),
    [
        *[("contributions.kind", text, "troops") for text in ["Troops", "TROOPS", "troops ", "“troops”"]],
        *[
            ("contributions.kind", text, "police-and-advisers")
            for text in ["police and advisers", "Police_and_Advisers"]
        ],
        ("contributions.unit", "euros", "EUR"),
        ("lessons.dotmlpfi", "Training, Doctrine", ["doctrine", "training"]),
    ],
)
def test_choice_is_read_by_its_label(path, text, read):
    reading = reader(path).read(text)

    assert reading.value == read
    assert reading.conversion.startswith(f"“{text}” was read as ")


@pytest.mark.parametrize(
    ("text", "likely"), [("tropps", "troops"), ("troop", "troops"), ("police", "police-and-advisers")]
)
def test_misspelt_choice_is_refused_with_the_likely_code(text, likely):
    refusal = reader("contributions.kind").read(text).refusal

    assert refusal.startswith(f"“{text}” is not one of: troops, training, ")
    assert refusal.endswith(f", financial. Likely: {likely}.")


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        *[("contributions.country", text, "ITA") for text in ["ita", "Italy", "ITALY", "IT", " ITA", "“ITA”"]],
        *[("contributions.country", text, "ITA") for text in [f"ITA{NBSP}", f"I{ZERO_WIDTH_SPACE}TA", "\ufeffITA"]],
        *[("contributions.country", text, "TUR") for text in ["Turkey", "Türkiye", "Tu\u0308rkiye", "Turkiye"]],
        *[("contributions.mission", text, "kfor") for text in ["KFOR", "Kosovo Force", "Operation Kosovo Force"]],
        ("contributions.source", "A long report", "report"),
        *[
            ("missions.host_countries", text, "ITA;TUR")
            for text in ["Turkey;Italy", "ITA, TUR", "ITA\nTUR", "ITA | TUR"]
        ],
    ],
)
def test_record_is_read_by_its_names_and_said(nations, path, text, code):
    column = reader(path)
    reading = column.read(text)

    assert (column.widget.render(reading.value), reading.refusal) == (code, "")
    assert reading.conversion.split("” was read as ")[1].split(",")[0] == code


def test_misspelt_name_near_one_record_is_read_only_once_a_person_has_confirmed_it(nations):
    reading = reader("contributions.country").read("Itlay")
    question = "Is it right to read “Itlay” as ITA?"
    assert reading[:4] == (None, f"No country has the code “Itlay”. {question}", "", question)

    confirmed = reader("contributions.country", confirmed=[("country", "Itlay")])
    assert confirmed.read("Itlay").value.iso3 == "ITA"
    assert confirmed.read("Itlay").conversion == "“Itlay” was read as ITA"
    assert confirmed.read("Turkei").question
    assert reader("contributions.country").read("I\u0422A").question == "Is it right to read “I\u0422A” as ITA?"
    assert reader("contributions.country", confirmed=Everything()).read("Turkei").value.iso3 == "TUR"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Slovania", "No country has the code “Slovania”. Likely: SVN, SVK."),
        ("Atlantis", "No country has the code “Atlantis”."),
    ],
)
def test_misspelt_name_near_several_records_or_none_is_refused(nations, text, refusal):
    assert reader("contributions.country").read(text)[:4] == (None, refusal, "", "")


def test_conversion_that_a_person_refuses_is_a_fault(nations):
    refused = [("quantity", "1,200"), ("country", "Turkey")]

    assert reader(WHOLE, refused=refused).read("1,200")[:2] == (
        None,
        "It is not to be read so: “1,200” was read as 1200.",
    )
    assert reader(WHOLE, refused=refused).read("1,201").value == 1201
    assert "“Turkey” was read as TUR" in reader("contributions.country", refused=refused).read("Turkey").refusal
