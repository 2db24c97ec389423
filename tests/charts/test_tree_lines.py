"""Tree lines: the lines beside the rows of a tree."""

from pkportal.charts.tree_lines import as_tree, lay_out_tree


def test_line_leads_from_a_parent_to_its_child():
    parent, child = lay_out_tree([None, 0])

    assert parent.goes_on
    assert not parent.arrives
    assert child.arrives.startswith(f"M{parent.node} 0")
    assert child.arrives.endswith(f"H{child.node}")


def test_line_passes_the_rows_between_a_parent_and_its_last_child():
    rows = lay_out_tree([None, 0, 1, 0])

    parent, *_others = rows
    assert [row.passing for row in rows] == [[], [parent.node], [parent.node], []]


def test_single_row_has_no_lines():
    (row,) = lay_out_tree([None])

    assert (row.passing, row.arrives, row.goes_on) == ([], "", False)


def test_rows_are_indented_by_depth():
    rows = lay_out_tree([None, 0, 1])

    assert [row.depth for row in rows] == [0, 1, 2]
    assert all(row.node < row.width for row in rows)
    top, middle, bottom = rows
    assert top.width < middle.width < bottom.width


class Record:
    def __init__(self, pk, parent_id=None):
        self.pk, self.parent_id = pk, parent_id


def test_records_are_listed_under_their_parents_in_the_given_order():
    records = [Record(1), Record(2), Record(3, 1), Record(4, 3), Record(5, 1), Record(6, 99)]

    assert [(row.pk, lines.depth) for row, lines in as_tree(records, "parent_id")] == [
        *[(1, 0), (3, 1), (4, 2), (5, 1)],
        *[(2, 0), (6, 0)],
    ]


def test_roots_can_have_a_common_top():
    rows = as_tree([Record(1), Record(2, 1), Record(3)], "parent_id", top="Mission")

    assert [(row if isinstance(row, str) else row.pk, lines.depth) for row, lines in rows] == [
        ("Mission", 0),
        *[(1, 1), (2, 2), (3, 1)],
    ]


def test_records_in_a_circle_are_listed_once():
    rows = as_tree([Record(1, 2), Record(2, 1), Record(3, 3)], "parent_id")

    assert [row.pk for row, _lines in rows] == [1, 2, 3]
