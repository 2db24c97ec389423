"""A source stays as long as anything names it, in a list of its own, in a figure or in a sentence."""

import pytest

from pkportal.sources.models import Source
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (lambda it: make.mission(name="Force", sources=[it]), "Mission: Force"),
        (lambda it: make.mission(name="Force", sources=[], outcome=f"Peace [@{it.code}]."), "Mission: Force"),
        (lambda it: make.topic(title="Peace", text=f"Peace [@{it.code}]."), "Topic: Peace"),
        (lambda it: make.challenge(title="Terrain", sources=[it]), "Challenge: Terrain"),
        (lambda it: make.appointment(person="Smith", sources=[it]), "Appointment: General Smith"),
    ],
)
def test_what_names_a_source_is_said_and_keeps_it(desk, publisher, name, why):
    source = make.source()
    name(source)
    here = desk(publisher)

    asked = here.get(Source, "delete", source.pk)
    here.post(Source, "delete", source.pk, data={"post": "yes"})
    here.post(Source, "changelist", data={"action": "delete_selected", "_selected_action": source.pk, "post": "yes"})

    assert asked.context["protected"] == [why]
    assert Source.objects.filter(pk=source.pk).exists()


def test_a_figure_is_named_once(desk, publisher):
    figure = make.contribution()

    asked = desk(publisher).get(Source, "delete", figure.source.pk)

    assert len(asked.context["protected"]) == 1


def test_a_source_that_nothing_names_can_go(desk, publisher):
    source = make.source()

    desk(publisher).post(Source, "delete", source.pk, data={"post": "yes"})

    assert not Source.objects.filter(pk=source.pk).exists()
