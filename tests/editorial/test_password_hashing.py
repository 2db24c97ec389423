"""Passwords are checked one at a time in a process, so that many sign-ins at once leave the machine to readers."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from pkportal.editorial.password_hashing import hashing_turn
from pkportal.settings import PASSWORD_HASHERS
from tests.editorial.accounts import PASSWORD, account, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hasher_of_the_portal(settings):
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS


def test_sign_in_while_another_password_is_checked_is_asked_to_try_again(client):
    anna = account("anna")

    with hashing_turn():
        page = sign_in(client, anna)

    assert (page.status_code, page["Retry-After"]) == (503, "1")
    assert "<h1>Busy, try again</h1>" in page.text
    assert sign_in(client, anna).url == "/admin/"


def test_password_that_was_hashed_before_still_signs_in_and_is_hashed_anew(client):
    anna = account("anna")
    anna.password = Argon2PasswordHasher().encode(PASSWORD, "saltsaltsalt")
    anna.save()

    assert sign_in(client, anna).url == "/admin/"

    anna.refresh_from_db()
    assert "m=19456,t=2,p=1" in anna.password
