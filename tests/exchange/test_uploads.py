"""Uploads: limits of their size and of their rows."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pkportal.exchange import uploads
from pkportal.exchange.uploads import MAX_ROWS, MAX_UPLOAD_SIZE, UploadForm


def test_limits_are_those_that_the_help_texts_name():
    assert (MAX_ROWS, MAX_UPLOAD_SIZE) == (20_000, 10 * 1024 * 1024)
    assert "at most 10.0\xa0MB" in UploadForm().fields["file"].help_text


@pytest.mark.parametrize(("excess", "is_valid"), [(0, True), (1, False)])
def test_file_of_the_largest_size_is_accepted_and_a_larger_one_is_refused(monkeypatch, excess, is_valid):
    monkeypatch.setattr(uploads, "MAX_UPLOAD_SIZE", 4)
    file = SimpleUploadedFile("missions.csv", b"x" * (4 + excess))

    assert UploadForm(files={"file": file}).is_valid() == is_valid
