"""Coverage: what is known in which year."""

from pkportal.charts.grid import GridCell, GridInput, YearSpan, coverage_grid


def test_a_year_of_which_nothing_is_known_stays_empty():
    cells = [GridCell(1999, "known", "3 figures of 1999", "/?1999"), GridCell(2001, "estimated", "1 of 2001", "/?2001")]
    (row,), ticks = coverage_grid([GridInput("KFOR", "/kfor/", YearSpan(1999, 2026), cells)], 1990, 2026)

    assert [square.cell.year for square in row.squares] == [1999, 2001]
    assert row.squares[0].x + row.squares[0].width < row.squares[1].x
    assert [tick.label for tick in ticks][0] == "1990"


def test_the_life_of_a_thing_reaches_to_the_last_year_of_the_axis():
    (row,), _ticks = coverage_grid([GridInput("KFOR", "/kfor/", YearSpan(1999, 2026), [])], 1990, 2026)

    assert round(row.life.x + row.life.width) == 100
