"""An import is taken back as a whole: exactly its rows, and none that somebody changed since."""

import pghistory
import pytest

from missions.models import Contribution, Mission
from pkportal.content.history import own_context
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.staging.undoing import KeptRecord, undo_import
from tests import make

from .test_stages import apply_stage, stage_of

pytestmark = pytest.mark.django_db
HEADER = ["code", "name", "sources", "predecessors"]


@pytest.fixture
def missions():
    """Make three missions with their sources."""
    sources = {code: make.source(code=f"of-{code}") for code in "abc"}
    return {code: make.mission(code=code, name=f"Mission {code}", sources=[sources[code]]) for code in "abc"}


def imported(*rows, **options):
    """Apply a file in a context of its own, and return that context."""
    with pghistory.context(), own_context(act="import"):
        stage = stage_of(*rows, is_kept=False, **options)
        assert apply_stage(stage)
        with pghistory.context() as context:
            return context.id


def undone(context):
    with pghistory.context(), own_context(act="undo"):
        return undo_import(context, [*resources_by_model()])


def state():
    return {
        mission.code: (mission.name, *mission.sources.values_list("code", flat=True), *mission.predecessors.all())
        for mission in Mission.objects.order_by("code")
    }


def test_changes_of_cells_and_of_links_are_taken_back_and_swapped_names_too(missions):
    before = state()
    context = imported("a,Mission b,of-b;of-c,", "b,Mission a,,a", name="missions", header=HEADER)
    assert state() != before

    assert undone(context) == (0, 2, 0, [])
    assert state() == before


def test_added_records_are_deleted(missions):
    make.source(code="report")
    make.country(iso3="ITA")
    rows = [f"a,ITA,troops,{year},10,personnel,report" for year in (2001, 2002)]
    context = imported(*rows)

    assert undone(context) == (2, 0, 0, [])
    assert not Contribution.objects.exists()


def test_record_that_somebody_changed_since_is_named_and_stays(missions):
    context = imported("a,Other a,of-a,", "b,Other b,of-b,", name="missions", header=HEADER)
    with pghistory.context(), own_context(act="edit"):
        Mission.objects.filter(code="b").update(summary="Somebody wrote this later.")

    reference = Mission.objects.get(code="b").reference
    assert undone(context) == (0, 1, 0, [KeptRecord("missions.mission", reference, "Somebody changed it since.")])
    assert (state()["a"][0], state()["b"][0]) == ("Mission a", "Other b")


def test_added_record_on_which_another_depends_is_named_and_stays(missions):
    context = imported("new,A new source,report", name="sources", header=["code", "title", "kind"])
    missions["a"].sources.add(missions["a"].sources.model.objects.get(code="new"))

    (kept,) = undone(context).kept
    assert kept.reason == "Other records depend on it."
    assert missions["a"].sources.filter(code="new").exists()
