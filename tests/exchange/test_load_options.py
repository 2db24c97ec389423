"""The load command told what to do: good rows alone, refused ones to a file, the whole of something."""

import pytest

from missions.models import Event
from pkportal.exchange import importing
from pkportal.sources.models import Source

GOOD_AND_BAD = "code,title,kind\ngood,Good,news\nbad,,news\n"


def test_good_rows_are_stored_without_the_others_only_if_that_is_said(load):
    assert "Nothing was stored: 1 refused." in load(sources=GOOD_AND_BAD)
    assert "1 new, 0 changed, 0 unchanged, 1 refused" in load("--good-rows", sources=GOOD_AND_BAD)
    assert [source.code for source in Source.objects.all()] == ["good"]


def test_refused_rows_are_written_with_their_reasons_and_come_back_when_they_are_mended(load, tmp_path):
    refused = tmp_path / "refused.csv"
    load("--refused", str(refused), sources=GOOD_AND_BAD)

    assert refused.read_text() == "code,title,kind,why refused\nbad,,news,title: This cannot be blank.\n"
    assert "1 new" in load(sources=refused.read_text().replace("bad,,", "bad,Better,"))


def test_refused_cells_are_no_formulas_and_come_back_as_they_were_sent(load, tmp_path):
    refused = tmp_path / "refused.csv"
    cells = ["=1+1", "'=1+1", "''=1+1", "plain"]
    rows = "".join(f"s{number},{cell},nothing\n" for number, cell in enumerate(cells))

    load("--refused", str(refused), sources=f"code,title,kind\n{rows}")
    titles = [line.split(",")[1] for line in refused.read_text().splitlines()[1:]]
    assert titles == ["'=1+1", "'=1+1", "''=1+1", "plain"]

    load(sources=refused.read_text().replace(",nothing,", ",news,"))
    assert [*Source.objects.order_by("code").values_list("title", flat=True)] == ["=1+1", "=1+1", "'=1+1", "plain"]


def test_records_that_the_whole_of_a_mission_does_not_have_are_removed_if_that_is_said(load, record):
    header = "mission,date,kind,title\n"
    load(events=f"{header}kfor,2001,political,Talks\nkfor,2002,political,More talks\n")
    gone = Event.objects.get(title="Talks").reference
    kept = f"{header}kfor,2002,political,More talks\n"

    assert "removed" not in load(events=kept)
    for options in [["--dry-run"], []]:
        assert Event.objects.count() == 2
        assert f"events.csv does not have {gone}: it is removed." in load(
            "--whole", "mission=kfor", *options, events=kept
        )
    assert Event.objects.get().title == "More talks"


def test_record_on_which_others_depend_is_not_removed(load, record):
    output = load("--whole", "kind=news", sources="code,title,kind\nother,Other,news\n")
    assert "1 new" in output

    reference = Source.objects.get(code="report").reference
    output = load("--whole", "kind=report", sources="code,title,kind\nother,Other,news\n")
    assert f"{reference} is not in the file and cannot be removed: other records depend on it." in output


@pytest.mark.parametrize("whole", ["mission", "nonsense=1", "=", "kind=nonsense", "sources=report"])
def test_whole_of_something_that_is_no_column_and_value_is_refused(load, record, whole):
    assert "Nothing was stored" in load("--whole", whole, events="mission,date,kind,title\n")


def test_row_that_is_nearly_one_on_record_is_asked_about(load, record):
    header = "mission,date,kind,title\n"
    load(events=f"{header}kfor,2001-05,political,Talks of May\n")
    reference = Event.objects.get().reference

    output = load("--dry-run", events=f"{header}kfor,2001,political,talks of may\nkfor,2002,political,Talks of May\n")

    differing = "date “2001-05”, title “Talks of May”"
    assert f"row 2: It looks like {reference}, whose key differs only in {differing}." in output
    assert "row 3" not in output


def test_first_refusals_are_listed_and_the_others_counted(load, monkeypatch):
    monkeypatch.setattr(importing, "MAX_REFUSALS", 2)

    output = load(sources=GOOD_AND_BAD + "worse,,news\nworst,,film\n")

    assert "row 3, column title" in output
    assert "row 4, column title" in output
    assert "row 5" not in output
    assert "sources.csv: 2 more are refused; --refused writes all of them to a file." in output
    assert "Nothing was stored: 4 refused." in output
