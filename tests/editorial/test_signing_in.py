"""Signing in to the admin, how it is throttled and when it ends, and protection against forms from other sites."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from pkportal.serving.sessions import has_signed_session
from tests.editorial.accounts import PASSWORD, account, fill_in, sign_in, totp_code

pytestmark = pytest.mark.django_db

SET_UP = "/admin/second-factor/totp/activate/"
BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def test_sign_in_leads_to_the_admin_and_to_no_other_site(client):
    anna = account("anna")

    for target in ["", "//evil.example", "https://evil.example/", "//[x", "http://[::1", "http://\u2100/"]:
        client.logout()
        assert client.get("/admin/login/", {"next": target}).status_code == 200
        assert sign_in(client, anna, next=target).url == "/admin/"
        assert client.post("/admin/logout/", {"next": target}).url == "/admin/login/"
    client.logout()
    assert sign_in(client, anna, next="/admin/missions/mission/?q=kfor").url == "/admin/missions/mission/?q=kfor"


def test_admin_leads_to_the_sign_in_and_back(client):
    assert client.get("/admin/missions/mission/").url == "/admin/login/?next=/admin/missions/mission/"


def test_typing_begins_in_the_first_field_of_the_sign_in(client):
    inputs = re.findall("<input[^>]*>", client.get("/admin/login/").text)

    assert [re.search('name="([^"]+)"', it)[1] for it in inputs if "autofocus" in it] == ["login"]


def test_form_without_a_csrf_token_is_refused_with_a_page():
    page = Client(enforce_csrf_checks=True).post("/admin/login/", {"login": "anna"})

    assert page.status_code == 403
    assert "<h1>Form not accepted</h1>" in page.text
    assert "DEBUG" not in page.text


@pytest.mark.parametrize(
    "form", [{"login": "anna"}, {"login": "\x00", "password": PASSWORD}, {"login": "nobody", "password": PASSWORD}, {}]
)
def test_sign_in_that_is_not_understood_or_not_right_gets_the_form_again(client, form):
    account("anna")

    page = client.post("/admin/login/", form)

    assert page.status_code == 200
    assert page.context["form"].errors


def test_inactive_account_cannot_sign_in(client):
    anna = account("anna", is_active=False)

    sign_in(client, anna)

    assert client.get("/admin/").status_code == 302


def test_account_that_is_not_of_the_staff_is_refused_without_a_redirect_loop(client):
    anna = account("anna", is_staff=False)

    sign_in(client, anna)

    assert client.get("/admin/").status_code == 403


def test_nobody_can_sign_up(client):
    assert client.get("/admin/signup/", follow=True).redirect_chain[-1][0].startswith("/admin/login/")
    assert client.get("/accounts/signup/").status_code == 404


class TestThrottle:
    """Attempts are counted in the database, where all processes see them."""

    @pytest.fixture(autouse=True)
    def forget_earlier_attempts(self):
        cache.clear()

    def test_account_is_closed_for_a_while_after_five_wrong_passwords_from_anywhere(self, client):
        anna, ben = account("anna"), account("ben")
        for number in range(5):
            sign_in(client, anna, password="wrong", REMOTE_ADDR=f"192.0.2.{number}")

        throttled = sign_in(client, anna, REMOTE_ADDR="192.0.2.9")

        assert throttled.context["form"].non_field_errors() == [
            "Too many attempts failed. Wait five minutes, then try again."
        ]
        assert sign_in(client, ben, REMOTE_ADDR="192.0.2.9").url == "/admin/"
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) > 0 FROM shared_cache")
            assert cursor.fetchone() == (True,)

    def test_address_is_refused_after_ten_wrong_passwords_for_any_account(self, client):
        anna = account("anna")
        for number in range(10):
            fill_in(client, login=f"account-{number}", password="wrong")

        assert sign_in(client, anna).status_code == 200
        assert sign_in(client, anna, REMOTE_ADDR="192.0.2.1").url == "/admin/"

    def test_right_password_does_not_count(self, client):
        anna = account("anna")
        for _ in range(12):
            assert sign_in(client, anna).url == "/admin/"
            client.logout()

    def test_address_that_tries_too_often_gets_a_page_with_429(self, client):
        for number in range(30):
            client.post("/admin/login/", {"login": f"account-{number}"})

        page = client.post("/admin/login/", {"login": "anna"})

        assert page.status_code == 429
        assert "<h1>Too many attempts</h1>" in page.text
        assert '" href="/admin/login/">' in page.text  # the way back, in a minute

    def test_address_is_the_one_that_the_trusted_proxy_names(self, client, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        anna = account("anna")
        for number in range(10):
            forged = f"198.51.100.{number}, 192.0.2.7"
            fill_in(client, login=f"account-{number}", password="wrong", HTTP_X_FORWARDED_FOR=forged)

        assert sign_in(client, anna, HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 200
        assert sign_in(client, anna, HTTP_X_FORWARDED_FOR="192.0.2.8").url == "/admin/"


class TestSession:
    def test_session_ends_eight_hours_after_the_last_page_of_the_admin(self, client, monkeypatch):
        sign_in(client, account("anna"))
        client.get("/admin/")
        session = Session.objects.get()
        assert abs((session.expire_date - timezone.now()).total_seconds() - 8 * 3600) < 60

        hour_later = time.time() + 3600
        monkeypatch.setattr("time.time", lambda: hour_later)
        Session.objects.update(expire_date=timezone.now() + timezone.timedelta(hours=7))
        client.get("/admin/")

        prolonged = Session.objects.get()
        assert prolonged.expire_date > timezone.now() + timezone.timedelta(hours=7, minutes=30)

    def test_session_that_was_idle_too_long_is_over(self, client):
        sign_in(client, account("anna"))
        Session.objects.update(expire_date=timezone.now())

        assert client.get("/admin/").url.startswith("/admin/login/")

    def test_server_knows_by_the_cookie_alone_who_signed_in(self, client):
        client.get("/admin/second-factor/webauthn/login/", headers=BY_SCRIPT)  # keeps a challenge for anybody who asks
        before = cookie(client)
        sign_in(client, account("anna"))
        after = cookie(client)
        client.post("/admin/logout/")

        assert "sessionid=" in before
        assert [has_signed_session(text) for text in [before, after, cookie(client)]] == [False, True, False]

    @pytest.mark.parametrize("made_up", ["", "sessionid=", "sessionid=some", "sessionid=\xff", f"sessionid={'0' * 40}"])
    def test_made_up_cookie_is_no_sign_in(self, made_up):
        assert not has_signed_session(made_up)

    def test_cookie_that_django_does_not_read_is_no_sign_in_either(self, client):
        sign_in(client, account("anna"))

        assert not has_signed_session(f"{cookie(client)}; sessionid=some")

    def test_cookie_outlives_a_change_of_the_secret_key_while_the_former_is_named(self, client, settings):
        sign_in(client, account("anna"))
        former, settings.SECRET_KEY = settings.SECRET_KEY, "k" * 50
        assert not has_signed_session(cookie(client))

        settings.SECRET_KEY_FALLBACKS = [former]

        assert has_signed_session(cookie(client))
        assert client.get("/admin/").status_code == 200

    def test_session_without_a_signed_key_holds_no_user(self, client):
        sign_in(client, account("anna"))
        Session.objects.update(session_key="k" * 32)
        client.cookies["sessionid"] = "k" * 32

        assert client.get("/admin/").url.startswith("/admin/login/")


def cookie(client):
    """Return the Cookie header that a browser would send."""
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


@pytest.mark.parametrize("address", ["/about/", "/missions/"])
def test_public_page_sets_no_cookie_and_does_not_vary_by_one(client, address):
    page = client.get(address)

    assert not page.cookies
    assert "Cookie" not in page["Vary"]
    assert not Session.objects.exists()


def test_each_form_about_accounts_has_one_token_and_its_fields(client):
    visitor, anna = Client(), account("anna")
    sign_in(client, anna)
    client.post(SET_UP, {"code": totp_code(client.get(SET_UP).context["form"].secret)})
    sign_in(visitor, anna)
    pages = {
        "/admin/second-factor/authenticate/": (visitor, {"code", "credential"}),
        "/admin/login/": (Client(), {"login", "password"}),
        "/admin/password_reset/": (Client(), {"email"}),
        "/admin/second-factor/webauthn/add/": (client, {"name", "credential"}),
        "/admin/second-factor/totp/deactivate/": (client, set()),
    }

    for address, (browser, fields) in pages.items():
        forms = re.findall("<form[ >].*?</form>", browser.get(address).text, re.DOTALL)
        names = [re.findall('name="([^"]+)"', form) for form in forms]
        assert [form.count("csrfmiddlewaretoken") for form in names] == [1] * len(forms), address
        assert fields <= {name for form in names for name in form}, address
