"""Uploads between a preview and its confirmation: limits of size, the token, and the deletion of files."""

import os
import time
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from missions.models import Country, Mission
from pkportal.exchange import uploads
from pkportal.exchange.csv_file import UnreadableFile
from pkportal.exchange.uploads import (
    FILE_PREFIX,
    MAX_AGE,
    MAX_ROWS,
    MAX_UPLOAD_SIZE,
    Upload,
    UploadExpired,
    UploadForm,
    read_upload,
    store_upload,
    take_upload,
)

USER = SimpleNamespace(pk=7)
UPLOAD = Upload("missions.csv", b"code\nkfor\n", "fingerprint")
HOUR = 60 * 60


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_limits_are_those_that_the_help_texts_name():
    assert (MAX_ROWS, MAX_UPLOAD_SIZE, MAX_AGE) == (20_000, 10 * 1024 * 1024, 24 * HOUR)
    assert "at most 10.0\xa0MB" in UploadForm().fields["file"].help_text


@pytest.mark.parametrize(("excess", "is_valid"), [(0, True), (1, False)])
def test_file_of_the_largest_size_is_accepted_and_a_larger_one_is_refused(monkeypatch, excess, is_valid):
    monkeypatch.setattr(uploads, "MAX_UPLOAD_SIZE", 4)
    file = SimpleUploadedFile("missions.csv", b"x" * (4 + excess))

    assert UploadForm(files={"file": file}).is_valid() == is_valid


def test_file_with_the_most_rows_is_read_and_a_longer_one_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_ROWS", 2)

    assert read_upload(b"code\na\nb\n") == (["code"], [["a"], ["b"]])
    with pytest.raises(UnreadableFile, match="more than 2 rows"):
        read_upload(b"code\na\nb\nc\n")


def test_upload_can_be_taken_once_and_leaves_no_file(folder):
    token = store_upload(UPLOAD, USER, Mission)
    (file,) = folder.iterdir()
    assert file.name.startswith(FILE_PREFIX)

    assert take_upload(token, USER, Mission) == UPLOAD

    assert [*folder.iterdir()] == []
    with pytest.raises(UploadExpired):
        take_upload(token, USER, Mission)


@pytest.mark.parametrize(("user", "model"), [(SimpleNamespace(pk=8), Mission), (USER, Country)])
def test_upload_cannot_be_taken_by_another_user_or_for_another_model(user, model):
    token = store_upload(UPLOAD, USER, Mission)

    with pytest.raises(UploadExpired):
        take_upload(token, user, model)
    assert take_upload(token, USER, Mission) == UPLOAD


@pytest.mark.parametrize(("age", "is_kept"), [(23 * HOUR, True), (25 * HOUR, False)])
def test_token_expires_after_a_day(monkeypatch, age, is_kept):
    token = store_upload(UPLOAD, USER, Mission)
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + age)

    if is_kept:
        assert take_upload(token, USER, Mission) == UPLOAD
    else:
        with pytest.raises(UploadExpired):
            take_upload(token, USER, Mission)


@pytest.mark.parametrize(
    ("name", "age", "is_kept"), [(FILE_PREFIX, 23, True), (FILE_PREFIX, 25, False), ("other-", 25, True)]
)
def test_storing_deletes_uploads_older_than_a_day_and_no_other_files(folder, name, age, is_kept):
    old = folder / f"{name}old"
    old.write_bytes(b"x")
    modified_at = time.time() - age * HOUR
    os.utime(old, (modified_at, modified_at))

    store_upload(UPLOAD, USER, Mission)

    assert old.exists() == is_kept
    assert len([*folder.iterdir()]) == 1 + is_kept
