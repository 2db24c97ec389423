"""What change sets do, in words: the queue says whether one publishes, withdraws or edits."""

import pytest

from pkportal.changes.effects import Effects, effects_of
from pkportal.changes.models import ChangeSet

EDIT, ONLINE, OFFLINE = {"name": ["A", "B"]}, {"status": ["draft", "published"]}, {"status": ["published", "withdrawn"]}


def change_set(*changes):
    """Make a change set of changes: what each does, and its cells."""
    made = ChangeSet.objects.create(title="It")
    for number, (action, cells) in enumerate(changes):
        made.changes.create(kind="missions.mission", reference=f"MI-{number}", action=action, title="M", cells=cells)
    return made


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([], ""),
        ([("change", ONLINE)], "publishes a record"),
        ([("change", {"published_at": ["2090-01-01", "2026-01-01"]})], "publishes a record"),
        ([("change", {**ONLINE, **EDIT})], "publishes a record, changes a record"),
        ([("change", {**OFFLINE, "withdrawal_reason": ["", "Wrong."]}), ("change", EDIT)],
         "withdraws a record, changes a record"),
        ([("change", EDIT)] * 3 + [("add", EDIT)] * 2 + [("remove", EDIT)],
         "adds 2 records, changes 3 records, removes a record"),
        ([("add", {"status": ["", "published"]})], "publishes a record, adds a record"),
        ([("change", {"status": ["published", "draft"]})], "changes a record"),
    ],
)  # fmt: skip
def test_says_whether_it_publishes_withdraws_or_edits(db, changes, words):
    made = change_set(*changes)

    assert effects_of([made]).get(made.pk, Effects()).in_words() == words


def test_queue_says_it_of_each_set_in_as_many_queries_for_many(admin_client, django_assert_num_queries):
    counts = []
    for _ in range(2):
        change_set(("change", ONLINE), ("remove", EDIT))
        with django_assert_num_queries(8):
            page = admin_client.get("/admin/changes/changeset/")
        counts.append(page.text.count("publishes a record, removes a record"))

    assert counts == [1, 2]
