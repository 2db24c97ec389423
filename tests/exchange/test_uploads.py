"""Uploads: limits of the size of a file, at once and in parts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pkportal.exchange import uploads
from pkportal.exchange.uploads import MAX_UPLOAD_SIZE, PART_SIZE, PartForm, UploadForm


def test_limits_are_those_that_the_help_texts_name(settings):
    assert MAX_UPLOAD_SIZE == 10 * 1024 * 1024 > PART_SIZE
    assert "at most 200.0\xa0MB" in UploadForm().fields["file"].help_text

    settings.MAX_IMPORT_MB = 30
    assert "at most 30.0\xa0MB" in UploadForm().fields["file"].help_text


@pytest.mark.parametrize(("excess", "is_valid"), [(0, True), (1, False)])
def test_file_of_the_largest_size_is_accepted_and_a_larger_one_is_refused(monkeypatch, excess, is_valid):
    monkeypatch.setattr(uploads, "MAX_UPLOAD_SIZE", 4)
    file = SimpleUploadedFile("missions.csv", b"x" * (4 + excess))

    assert UploadForm(files={"file": file}).is_valid() == is_valid


@pytest.mark.parametrize(
    ("excess", "reasons"),
    [(0, {}), (1, {"size": ["The file is larger than 1.0\xa0MB, the most that can be taken here."]})],
)
def test_file_in_parts_is_as_large_as_the_settings_say(settings, excess, reasons):
    settings.MAX_IMPORT_MB = 1
    said = {"name": "missions.csv", "size": 1024 * 1024 + excess, "start": 0}

    assert PartForm(said, {"part": SimpleUploadedFile("part", b"x")}).errors == reasons
