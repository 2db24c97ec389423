"""Secrets of second factors are encrypted with SECRET_KEY, which can be changed."""

from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import call_command

from pkportal.editorial.encryption import decrypt
from tests.editorial.accounts import account, sign_in, totp_code

pytestmark = pytest.mark.django_db

SET_UP = "/admin/second-factor/totp/activate/"
ASK = "/admin/second-factor/authenticate/"
CODES = "/admin/second-factor/recovery-codes/"


@pytest.fixture
def anna(client):
    """Return an account with an authenticator app and recovery codes, signed in, with its secret."""
    anna = account("anna")
    sign_in(client, anna)
    anna.secret = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": totp_code(anna.secret)})
    return anna


def stored():
    """Return the secrets as the database has them."""
    return [
        authenticator.data.get("secret") or authenticator.data["seed"]
        for authenticator in Authenticator.objects.order_by("pk")
    ]


def passes(client, anna, code):
    """True if a code completes the sign-in."""
    client.logout()
    sign_in(client, anna)
    return client.post(ASK, {"code": code}).status_code == 302


def test_database_holds_no_secret_to_sign_in_with(client, anna):
    codes = client.get(CODES).context["unused_codes"]
    held = " ".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))

    assert len(stored()) == 2
    assert anna.secret not in held
    assert decrypt(stored()[0]) == anna.secret
    assert passes(client, anna, totp_code(anna.secret, 1))
    assert passes(client, anna, codes[0])


def test_secrets_that_were_stored_as_they_are_are_encrypted_by_a_migration(client, anna):
    for authenticator in Authenticator.objects.all():
        authenticator.data = {name: decrypt(value) for name, value in authenticator.data.items() if value} | {
            "used_mask": 0
        }
        authenticator.save()
    assert anna.secret in stored()

    import_module("pkportal.editorial.migrations.0002_encrypt_second_factors").encrypt_secrets(apps, None)

    assert anna.secret not in stored()
    assert passes(client, anna, totp_code(anna.secret, 1))


def test_codes_stay_right_when_the_secret_key_changes_and_the_former_is_named_until_all_is_reencrypted(
    client, anna, settings, capsys
):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "k" * 50
    assert passes(client, anna, totp_code(anna.secret, 1))

    call_command("reencrypt")
    settings.SECRET_KEY_FALLBACKS = []

    assert capsys.readouterr().out == "Secrets encrypted with SECRET_KEY: 2.\n"
    assert passes(client, anna, totp_code(anna.secret, -1))


def test_lost_secret_key_lets_nobody_in_and_is_no_error(client, anna, settings, capsys, caplog):
    settings.SECRET_KEY = "k" * 50
    code = totp_code("")

    assert not passes(client, anna, code)
    assert not passes(client, anna, totp_code(anna.secret, 1))
    assert "second factor not decrypted" in caplog.text
    call_command("reencrypt")
    assert "their key is not in SECRET_KEY_FALLBACKS: 2." in capsys.readouterr().err


def test_recovery_codes_that_are_shown_after_the_key_was_lost_are_right(client, anna, settings):
    settings.SECRET_KEY = "k" * 50
    client.force_login(anna)
    factors = client.get("/admin/second-factor/").context["authenticators"]

    assert passes(client, anna, factors["recovery_codes"].get_unused_codes()[0])
