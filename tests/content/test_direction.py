"""Names cannot turn the text after them: characters that do so are refused in form, file and database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from missions.models import Country, Mission
from pkportal.content.direction import short_text_fields
from pkportal.content.direction_constraints import constrain_directions
from pkportal.content.models import Record
from pkportal.content.registry import models_with
from tests import make

pytestmark = pytest.mark.django_db
CONTROLS = [chr(number) for number in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]]
COLUMNS = [(model, field) for model in models_with(Record) for field in short_text_fields(model)]


def constraints(model):
    with connection.cursor() as cursor:
        return {*connection.introspection.get_constraints(cursor, model._meta.db_table)}


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_name_with_a_direction_control_is_refused_with_its_code(control):
    country = Country(iso3="ABC", iso2="AB", name=f"A{control}B", region="Southern Europe")

    with pytest.raises(ValidationError) as refused:
        country.full_clean()

    (message,) = refused.value.message_dict["name"]
    assert f"turns the direction of text (U+{ord(control):04X})" in message


def test_names_in_letters_from_right_to_left_and_with_joiners_are_accepted():
    for number, name in enumerate(["إيطاليا", "ישראל", "می\u200cخواهم", "A\u200e-B\u200f"]):
        assert make.country(iso3=f"AB{'CDEF'[number]}", name=name).name == name


def test_every_short_text_of_every_table_has_its_constraint():
    assert {"name", "title", "person", "place", "note", "symbol", "publisher"} <= {field.name for _m, field in COLUMNS}

    missing = [field for model, field in COLUMNS if f"{field.column}_keeps_direction" not in constraints(model)]

    assert missing == []


def test_typed_sql_cannot_store_one():
    mission = make.mission()
    for name in ["name", "acronym", "legal_basis"]:
        with pytest.raises(IntegrityError, match=f"{name}_keeps_direction"), transaction.atomic():
            Mission.objects.filter(pk=mission.pk).update(**{name: "a\u202eb"})


def test_names_that_have_them_already_are_cleaned_when_the_constraint_is_made():
    country = make.country(name="Plain")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE missions_country DROP CONSTRAINT name_keeps_direction")
        cursor.execute("UPDATE missions_country SET name = E'Ita\\u202Ely\\u2069'")

    constrain_directions(Country._meta.app_config)

    country.refresh_from_db()
    assert country.name == "Italy"
    assert "name_keeps_direction" in constraints(Country)


def test_form_with_one_is_refused_at_its_field(admin_client):
    fields = {"iso3": "ITA", "iso2": "IT", "name": "Ita\u2067ly", "region": "Southern Europe", "partnership": "none"}

    page = admin_client.post("/admin/missions/country/add/", fields)

    assert page.status_code == 200
    assert "turns the direction of text (U+2067)" in str(page.context["adminform"].form.errors["name"])
