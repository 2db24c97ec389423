"""Stages of files: what waits holds no lock, is found again, and is applied as it was shown or not at all."""

import pytest
from django.contrib.auth.models import User

from missions.models import Contribution, Mission
from pkportal.exchange.reading import TableRow
from pkportal.exchange.registry import resources_by_name
from pkportal.exchange.staging.importing_in_sets import StagingOptions, apply_stage
from pkportal.exchange.staging.kept_stages import NoSuchStage, drop_stage, kept_stages, open_stage
from pkportal.exchange.staging.staged_file import counts_of, faults_of, rows_of_stage
from tests import make

HEADER = ["mission", "country", "kind", "as_of", "quantity", "unit", "source"]
CHANGED_SINCE = "Somebody changed this record since the file was read: it is not overwritten."


@pytest.fixture
def figure(db):
    return make.contribution(
        mission=make.mission(code="kfor"),
        country=make.country(iso3="ITA"),
        source=make.source(code="report"),
        as_of="2017-02",
        quantity=500,
    )


def stage_of(*rows, name="contributions", header=HEADER, is_kept=True):
    """Return the stage of a file with these rows."""
    numbered = [TableRow(number, row.split(",")) for number, row in enumerate(rows, 2)]
    return resources_by_name()[name]().import_data(header, numbered, None, StagingOptions(is_kept=is_kept))


def opened(stage):
    return open_stage(resources_by_name()["contributions"](), stage.name)


ROWS = ["kfor,ITA,troops,2017-02,551,personnel,report", "kfor,ITA,troops,2018,600,personnel,report"]


def test_stage_that_waits_changes_nothing_and_is_found_again_by_name(figure):
    stage = stage_of(*ROWS)

    again = opened(stage)

    assert counts_of(again) == (1, 1, 0, 0)
    rows = [(row.number, row.kind, row.cells["quantity"], row.title) for row in rows_of_stage(again)]
    assert rows == [
        (2, "changed", ("500", "551"), "kfor · ITA · troops · personnel · 2017-02 · deployed · report"),
        (3, "new", ("", "600"), "kfor · ITA · troops · personnel · 2018 · deployed · report"),
    ]
    assert [row.number for row in rows_of_stage(again, limit=1, kinds=["new"])] == [3]
    assert Contribution.objects.get().quantity == 500

    assert apply_stage(again)
    assert [*Contribution.objects.order_by("as_of").values_list("as_of", "quantity")] == [
        ("2017-02", 551),
        ("2018", 600),
    ]


def test_stage_that_was_thrown_away_is_not_found(figure):
    stage = stage_of(*ROWS)
    drop_stage(stage.name)

    assert stage.name not in kept_stages()
    with pytest.raises(NoSuchStage):
        opened(stage)


def test_row_whose_record_changed_since_is_named_and_not_overwritten(figure):
    stage = stage_of(*ROWS)
    Contribution.objects.update(note="A new note.")

    assert not apply_stage(stage)

    assert [(fault.row, fault.reason) for fault in faults_of(stage)] == [(2, CHANGED_SINCE)]
    assert Contribution.objects.get().quantity == 500


def test_good_rows_are_stored_without_the_others_if_that_is_asked_for(figure):
    stage = stage_of(*ROWS, "kfor,ITX,troops,2019,1,personnel,report")

    assert not apply_stage(stage)
    assert apply_stage(stage, only_good=True)
    assert {*Contribution.objects.values_list("as_of", flat=True)} == {"2017-02", "2018"}


def test_row_that_links_to_a_refused_row_is_refused_with_it(db):
    header = ["code", "name", "level", "parent"]
    stage = stage_of("a,A,tactical,b", "b,B,nonsense,", "c,C,strategic,", name="commands", header=header)

    apply_stage(stage, only_good=True)

    assert {*stage.model.objects.values_list("code", flat=True)} == {"c"}


@pytest.mark.parametrize(
    ("is_operator", "reason"),
    [(True, "It cites no source."), (False, "You may not publish or withdraw records: leave the status as it is.")],
)
def test_rules_and_rights_are_asked_again_when_a_stage_is_applied(db, is_operator, reason):
    mission = make.mission(code="ready")
    row = "ready,published,2026-11-22T00:00:00Z"
    stage = stage_of(row, name="missions", header=["code", "status", "published_at"])
    mission.sources.clear()

    user = None if is_operator else User.objects.create_user("editor")
    stage = open_stage(resources_by_name()["missions"](), stage.name, user)

    assert not apply_stage(stage)
    assert [fault.reason for fault in faults_of(stage)] == [reason]
    assert Mission.objects.get().status == "draft"
