"""Rails: the lines beside the rows of a chain or a tree."""

from pkportal.charts.tree_lines import as_tree, lay_out_tree


def test_a_row_that_follows_from_another_is_led_to():
    top, below = lay_out_tree([None, 0])

    assert top.goes_on
    assert not top.arrives
    assert below.arrives.startswith(f"M{top.node} 0")
    assert below.arrives.endswith(f"H{below.node}")


def test_a_line_passes_the_rows_between_a_row_and_its_last_follower():
    rows = lay_out_tree([None, 0, 1, 0])

    assert [row.passing for row in rows] == [[], [rows[0].node], [rows[0].node], []]


def test_a_row_alone_has_a_mark_and_no_line():
    (row,) = lay_out_tree([None])

    assert (row.passing, row.arrives, row.goes_on) == ([], "", False)


def test_the_words_of_a_row_begin_right_of_its_mark_and_further_in_than_those_above():
    rows = lay_out_tree([None, 0, 1])

    assert [row.depth for row in rows] == [0, 1, 2]
    assert all(row.node < row.width for row in rows)
    assert rows[0].width < rows[1].width < rows[2].width


class Record:
    def __init__(self, pk, parent_id=None):
        self.pk, self.parent_id = pk, parent_id


def test_records_are_put_under_those_they_follow_from_in_the_order_given():
    records = [Record(1), Record(2), Record(3, 1), Record(4, 3), Record(5, 1), Record(6, 99)]

    assert [(row.pk, lines.depth) for row, lines in as_tree(records, "parent_id")] == [
        *[(1, 0), (3, 1), (4, 2), (5, 1)],
        *[(2, 0), (6, 0)],
    ]


def test_all_beginnings_may_hang_from_a_top():
    rows = as_tree([Record(1), Record(2, 1), Record(3)], "parent_id", top="Mission")

    assert [(row if isinstance(row, str) else row.pk, lines.depth) for row, lines in rows] == [
        ("Mission", 0),
        *[(1, 1), (2, 2), (3, 1)],
    ]


def test_records_that_follow_from_each_other_are_all_shown_once():
    rows = as_tree([Record(1, 2), Record(2, 1), Record(3, 3)], "parent_id")

    assert [row.pk for row, _lines in rows] == [1, 2, 3]
