"""Rails: the lines beside the rows of a chain or a tree."""

from pkportal.figures.rails import rails


def test_a_row_that_follows_from_another_is_led_to():
    top, below = rails([None, 0])

    assert top.goes_on
    assert not top.arrives
    assert below.arrives.startswith(f"M{top.node} 0")
    assert below.arrives.endswith(f"H{below.node}")


def test_a_line_passes_the_rows_between_a_row_and_its_last_follower():
    rows = rails([None, 0, 1, 0])

    assert [row.passing for row in rows] == [[], [rows[0].node], [rows[0].node], []]


def test_a_row_alone_has_a_mark_and_no_line():
    (row,) = rails([None])

    assert (row.passing, row.arrives, row.goes_on) == ([], "", False)


def test_all_rows_are_equally_wide_so_that_their_words_align():
    assert len({row.width for row in rails([None, 0, 1, None])}) == 1
