"""A new password by mail: the link goes to the address of an account, works once, and tells nobody who has one."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from tests.editorial.accounts import PASSWORD, account, sign_in

pytestmark = pytest.mark.django_db

NEW = "a battery of horses"


def ask(client, email):
    return client.post("/admin/password_reset/", {"email": email})


def link():
    (message,) = mail.outbox
    return re.search(r"https?://testserver(/admin/password_reset/\S+)", message.body)[1]


def set_password(client, address, password=NEW):
    form = client.get(address, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


def test_link_in_a_mail_sets_a_new_password_once(client):
    anna = account("anna", email="Anna@Example.org")

    assert ask(client, "anna@example.org").url == "/admin/password_reset/done/"
    address = link()
    assert mail.outbox[0].to == ["anna@example.org"]
    assert mail.outbox[0].subject == "New password for the Peacekeeping Record"
    assert "account anna" in mail.outbox[0].body
    set_password(client, address)

    assert sign_in(client, anna, password=NEW).url == "/admin/"
    client.logout()
    assert "invalid" in client.get(address, follow=True).text
    assert not EmailAddress.objects.exists()  # an old address could ask for a new password for ever


def test_unknown_inactive_and_passwordless_accounts_get_no_mail_and_the_same_answer(client):
    account("anna", email="anna@example.org", is_active=False)
    passwordless = account("carla", email="carla@example.org")
    passwordless.set_unusable_password()
    passwordless.save()

    answers = {ask(client, f"{name}@example.org").url for name in ["anna", "carla", "nobody"]}

    assert answers == {"/admin/password_reset/done/"}
    assert mail.outbox == []


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012", "anna-anna-anna"])
def test_new_password_must_be_long_and_not_easily_guessed(client, password):
    account("anna-anna-anna", email="anna@example.org")
    ask(client, "anna@example.org")

    page = set_password(client, link(), password)

    assert page.context["form"].errors.keys() == {"password1"}


def test_mail_server_that_is_down_is_no_error_page(client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    account("anna", email="anna@example.org")

    assert ask(client, "anna@example.org").url == "/admin/password_reset/done/"
    assert "Mail not sent" in caplog.text


def test_signed_in_user_changes_the_password_with_the_old_one(client):
    anna = account("anna")
    sign_in(client, anna)
    form = {"password1": NEW, "password2": NEW}

    wrong = client.post("/admin/password_change/", {**form, "oldpassword": "wrong"})
    right = client.post("/admin/password_change/", {**form, "oldpassword": PASSWORD})

    assert wrong.context["form"].errors.keys() == {"oldpassword"}
    assert right.url == "/admin/"
    anna.refresh_from_db()
    assert anna.check_password(NEW)
