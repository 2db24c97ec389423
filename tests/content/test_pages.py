"""Links to records: what is loaded of a record for a list of links to it."""

import pytest

from lessons.models import Lesson, Topic
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make_record", "model", "loaded", "left_out"),
    [
        (make.lesson, Lesson, {"number", "title", "conclusion"}, {"observation", "cited", "search"}),
        (make.topic, Topic, {"code", "title", "summary"}, {"text", "cited", "search"}),
    ],
)
def test_list_of_links_loads_no_long_text_but_the_one_that_results_show(make_record, model, loaded, left_out):
    make_record()

    deferred = model.objects.for_links().get().get_deferred_fields()

    assert deferred >= left_out
    assert not deferred & loaded
