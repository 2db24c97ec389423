"""Coverage grid: one row per subject, one square per year with data."""

from pkportal.charts.grid import GridCell, GridInput, YearSpan, coverage_grid


def test_years_without_data_have_no_square():
    cells = [GridCell(1999, "known", "3 figures of 1999", "/?1999"), GridCell(2001, "estimated", "1 of 2001", "/?2001")]
    (row,), ticks = coverage_grid([GridInput("KFOR", "/kfor/", YearSpan(1999, 2026), cells)], 1990, 2026)

    first, second = row.squares
    assert (first.cell.year, second.cell.year) == (1999, 2001)
    assert first.x + first.width < second.x
    first_tick, *_others = ticks
    assert first_tick.label == "1990"


def test_lifespan_reaches_to_the_last_year_of_the_axis():
    (row,), _ticks = coverage_grid([GridInput("KFOR", "/kfor/", YearSpan(1999, 2026), [])], 1990, 2026)

    assert round(row.life.x + row.life.width) == 100
