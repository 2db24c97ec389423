"""A source cannot be deleted while a list, a figure or a text names it."""

import pytest
from django.utils.html import strip_tags

from pkportal.sources.models import Source
from tests import make
from tests.editorial.pages import admin_url, publish_drafts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make_citing_record", "label"),
    [
        (lambda source: make.mission(name="Force", sources=[source]), "Mission: Force"),
        (lambda source: make.mission(name="Force", sources=[], outcome=f"So [@{source.code}]."), "Mission: Force"),
        (lambda source: make.topic(title="Peace", text=f"So [@{source.code}]."), "Topic: Peace"),
        (lambda source: make.challenge(title="Terrain", sources=[source]), "Challenge: Terrain"),
        (lambda source: make.appointment(person="Smith", sources=[source]), "Appointment: General Smith"),
    ],
    ids=["list of sources", "text of a mission", "text of a topic", "challenge", "appointment"],
)
def test_citing_record_is_named_and_prevents_the_deletion(admin_as, publisher, make_citing_record, label):
    source = make.source()
    citing = make_citing_record(source)
    browser = admin_as(publisher)

    page = browser.get(Source, "delete", source.pk)
    browser.post(Source, "delete", source.pk, data={"post": "yes"})
    browser.post(Source, "changelist", data={"action": "delete_selected", "_selected_action": source.pk, "post": "yes"})

    (protected,) = page.context["protected"]
    assert (strip_tags(protected), admin_url(type(citing), "change", citing.pk) in protected) == (label, True)
    assert Source.objects.filter(pk=source.pk).exists()


def test_citing_figure_is_named_once(admin_as, publisher):
    figure = make.contribution()

    page = admin_as(publisher).get(Source, "delete", figure.source.pk)

    assert len(page.context["protected"]) == 1


def test_source_that_is_not_cited_can_be_deleted(admin_as, publisher):
    source = make.source()

    admin_as(publisher).post(Source, "delete", source.pk, data={"post": "yes"})
    publish_drafts()

    assert not Source.objects.filter(pk=source.pk).exists()
