"""Uploads between a preview and its confirmation: limits of size, the token, and the deletion of files."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now

from missions.models import Country, Mission
from pkportal.content.models import Record
from pkportal.exchange import uploads
from pkportal.exchange.csv_file import UnreadableFile
from pkportal.exchange.models import StoredUpload
from pkportal.exchange.uploads import (
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

UPLOAD = Upload("missions.csv", b"code\n\x00kfor\n", "fingerprint")
HOUR = timedelta(hours=1)


@pytest.fixture
def user(db):
    return User.objects.create_user("editor")


def wait(age, **which):
    """Let uploads be as old as if they had waited."""
    StoredUpload.objects.filter(**which).update(stored_at=Now() - age)


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


def test_upload_can_be_taken_once_and_is_then_gone(user):
    token = store_upload(UPLOAD, user, Mission)

    assert take_upload(token, user, Mission) == UPLOAD

    assert not StoredUpload.objects.exists()
    with pytest.raises(UploadExpired):
        take_upload(token, user, Mission)


@pytest.mark.parametrize(("other_user", "model"), [(True, Mission), (False, Country)])
def test_upload_cannot_be_taken_by_another_user_or_for_another_model(user, other_user, model):
    token = store_upload(UPLOAD, user, Mission)

    with pytest.raises(UploadExpired):
        take_upload(token, User.objects.create_user("other") if other_user else user, model)
    assert take_upload(token, user, Mission) == UPLOAD


def test_upload_can_be_taken_within_a_day(user):
    token = store_upload(UPLOAD, user, Mission)
    wait(23 * HOUR)

    assert take_upload(token, user, Mission) == UPLOAD


def test_upload_cannot_be_taken_after_a_day(user):
    token = store_upload(UPLOAD, user, Mission)
    wait(25 * HOUR)

    with pytest.raises(UploadExpired):
        take_upload(token, user, Mission)


def test_storing_deletes_uploads_older_than_a_day_and_no_others(user):
    old, younger = (store_upload(UPLOAD, user, Mission) for _ in range(2))
    wait(23 * HOUR, token=younger)
    wait(25 * HOUR, token=old)

    store_upload(UPLOAD, user, Mission)

    assert StoredUpload.objects.count() == 2
    assert take_upload(younger, user, Mission) == UPLOAD


def test_uploads_of_an_account_go_with_it(user):
    store_upload(UPLOAD, user, Mission)

    user.delete()

    assert not StoredUpload.objects.exists()


@pytest.mark.django_db
def test_nobody_can_be_given_a_right_on_uploads_which_are_no_content():
    assert not Permission.objects.filter(content_type__app_label="exchange").exists()
    assert not issubclass(StoredUpload, Record)
