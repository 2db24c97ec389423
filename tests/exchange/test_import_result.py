"""The result of an import: its preview, its counts and its refusals."""

import pytest

from pkportal.exchange.importing import LONG_CELL, PREVIEW_ROWS, ImportedRow, ImportResult, Refusal, shorten

NEW, CHANGED, UNCHANGED = ImportedRow.IMPORT_TYPE_NEW, ImportedRow.IMPORT_TYPE_UPDATE, ImportedRow.IMPORT_TYPE_SKIP


def row(import_type, *diff):
    result = ImportedRow()
    result.import_type, result.diff = import_type, list(diff)
    return result


def result(*rows):
    for number, imported in enumerate(rows, 2):
        imported.number = number
    return ImportResult("files.csv", {"code": 0, "name": 1, "note": 2}, ["code"], list(rows))


def test_unchanged_rows_come_last_with_their_row_numbers():
    rows = result(row(UNCHANGED, "a", "", ""), row(NEW, "b", "", ""), row(CHANGED, "c", "", "")).shown()

    assert [(shown_row["number"], shown_row["kind"], shown_row["cells"]) for shown_row in rows] == [
        (3, NEW, ["b"]),
        (4, CHANGED, ["c"]),
        (2, UNCHANGED, ["a"]),
    ]


def test_preview_shows_the_columns_of_the_key_and_changed_columns():
    changed = result(row(UNCHANGED, "a", "x", "y"), row(CHANGED, "b", "x", "<ins>z</ins>"))

    assert changed.shown_columns == ["code", "note"]
    assert changed.hidden_columns == ["name"]
    assert [row["cells"] for row in changed.shown()] == [["b", "<ins>z</ins>"], ["a", "y"]]


@pytest.mark.parametrize(("rows", "hidden"), [(0, 0), (PREVIEW_ROWS, 0), (PREVIEW_ROWS + 1, 1)])
def test_rows_beyond_the_limit_of_the_preview_are_counted(rows, hidden):
    long = result(*[row(NEW, "a", "", "")] * rows)

    assert (len([*long.shown()]), long.hidden) == (rows - hidden, hidden)


@pytest.mark.parametrize(("length", "is_shown"), [(LONG_CELL, True), (LONG_CELL + 1, False)])
def test_long_cell_is_replaced_by_its_length(length, is_shown):
    ((cell,),) = [row["cells"] for row in result(row(UNCHANGED, "x" * length, "", "")).shown()]

    assert cell == ("x" * length if is_shown else f"<em>a long text of {length} characters</em>")


def test_fingerprint_differs_for_other_changes():
    first = result(row(NEW, "a", "b", "c"))

    assert first.fingerprint == result(row(NEW, "a", "b", "c")).fingerprint
    others = [row(CHANGED, "a", "b", "c"), row(NEW, "a", "b", "d"), row(NEW, "a", "bc", "")]
    assert first.fingerprint not in {result(other).fingerprint for other in others}


def test_result_as_text_is_its_counts():
    rows = [row(NEW)] * 3 + [row(CHANGED)] * 2 + [row(UNCHANGED)]

    assert str(result(*rows)) == "files.csv: 3 new, 2 changed, 1 unchanged, 0 refused"


def test_refusals_beyond_the_limit_are_not_shown():
    refusals = [Refusal("files.csv", f"reason {number}") for number in range(PREVIEW_ROWS + 1)]

    assert ImportResult("files.csv", refusals=refusals).shown_refusals() == refusals[:-1]


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (Refusal("a.csv", "Why."), "a.csv: Why."),
        (Refusal("a.csv", "Why.", 3), "a.csv, row 3: Why."),
        (Refusal("a.csv", "Why.", 3, "name", "x"), "a.csv, row 3, column name, “x”: Why."),
        (Refusal("a.csv", "y" * 901, 3), f"a.csv, row 3: {'y' * 900}…"),
        (
            Refusal("a.csv", f"“{'x' * 301}” is bad.", 3, "name", "x" * 301),
            f"a.csv, row 3, column name, “{'x' * 300}…”: “{'x' * 300}…” is bad.",
        ),
    ],
)
def test_refusal_names_its_place_and_shortens_long_texts(refusal, text):
    assert str(refusal) == text


@pytest.mark.parametrize(("text", "short"), [("", ""), ("abc", "abc"), ("abcd", "abc…")])
def test_text_is_shortened_only_if_it_is_too_long(text, short):
    assert shorten(text, 3) == short
