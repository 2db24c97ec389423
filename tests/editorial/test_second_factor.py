"""Second factor: who needs one, how it is set up and used, and how a lost one is replaced."""

import re
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission

from tests import make
from tests.editorial.accounts import account, fill_in, sign_in, totp_code
from tests.editorial.pages import messages

pytestmark = pytest.mark.django_db

SET_UP = "/admin/second-factor/totp/activate/"
ASK = "/admin/second-factor/authenticate/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.STAFF_MFA = "required"


def set_up(client, user):
    """Sign in for the first time, set up an authenticator app, sign out, and return its secret."""
    sign_in(client, user)
    secret = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": totp_code(secret)})
    client.post("/admin/logout/")
    return secret


@pytest.mark.parametrize("role", ["Publisher", "Data manager", "Administrator"])
def test_who_publishes_or_manages_accounts_sets_one_up_before_anything_in_the_admin_opens(client, role):
    mission = make.mission()
    sign_in(client, account("anna", role))

    for address in ["/admin/", "/admin/missions/mission/", f"/admin/missions/mission/{mission.pk}/change/"]:
        assert client.get(address).url == SET_UP
    assert client.post("/admin/missions/mission/add/", {"code": "x"}).url == SET_UP


def test_superuser_needs_one_and_an_editor_does_not(client):
    sign_in(client, account("root", is_superuser=True))
    assert client.get("/admin/").url == SET_UP

    client.logout()
    sign_in(client, account("anna", "Editor"))
    assert client.get("/admin/").status_code == 200


def test_nobody_needs_one_where_it_is_optional(client, settings):
    settings.STAFF_MFA = "optional"
    sign_in(client, account("anna", "Publisher"))

    assert client.get("/admin/").status_code == 200


def test_it_is_set_up_right_after_signing_in_and_opens_the_admin(client):
    sign_in(client, account("anna", "Publisher"))
    page = client.get(SET_UP)
    assert page.status_code == 200  # the password was just given, and is not asked for again
    assert "data:image/svg+xml" in page.text

    wrong = client.post(SET_UP, {"code": "000000"})
    right = client.post(SET_UP, {"code": totp_code(page.context["form"].secret)}, follow=True)

    assert wrong.context["form"].errors
    assert right.redirect_chain[-1][0] == "/admin/second-factor/recovery-codes/"
    assert len(set(re.findall(r"<code>(\d{8})</code>", right.text))) == 10
    assert client.get("/admin/").status_code == 200


def test_password_alone_then_no_longer_signs_in_but_with_a_code_it_does(client):
    anna = account("anna", "Publisher")
    secret = set_up(client, anna)

    assert sign_in(client, anna).url == ASK
    assert client.get("/admin/").url.startswith("/admin/login/")
    assert client.post(ASK, {"code": "000000"}).context["form"].errors
    assert client.post(ASK, {"code": totp_code(secret, steps=1)}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_code_signs_in_once(client):
    anna = account("anna", "Publisher")
    secret = set_up(client, anna)
    code = totp_code(secret, steps=1)
    sign_in(client, anna)
    client.post(ASK, {"code": code})
    client.post("/admin/logout/")

    sign_in(client, anna)

    assert client.post(ASK, {"code": code}).context["form"].errors


def test_recovery_code_signs_in_once(client):
    anna = account("anna", "Publisher")
    set_up(client, anna)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, anna)

    assert client.post(ASK, {"code": code}).url == "/admin/"
    client.post("/admin/logout/")
    sign_in(client, anna)
    assert client.post(ASK, {"code": code}).context["form"].errors


def test_codes_are_throttled_too(client):
    anna = account("anna", "Publisher")
    secret = set_up(client, anna)
    sign_in(client, anna)
    for _ in range(5):
        client.post(ASK, {"code": "000000"})

    page = client.post(ASK, {"code": totp_code(secret, steps=1)})

    assert page.status_code == 200
    assert "Too many attempts" in unescape(str(page.context["form"].errors))


def test_change_of_the_second_factor_asks_for_the_password_some_minutes_after_signing_in(client, settings):
    sign_in(client, account("anna", "Publisher"))
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0

    assert client.get(SET_UP).url.startswith("/admin/confirm/")


def test_every_page_of_the_own_account_opens(client):
    sign_in(client, account("anna", "Publisher"))
    secret = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": totp_code(secret)})

    for page in ["", "totp/deactivate/", "webauthn/", "webauthn/add/", "recovery-codes/", "recovery-codes/generate/"]:
        assert client.get(f"/admin/second-factor/{page}").status_code == 200
    assert client.get("/admin/confirm/").status_code == 200
    assert client.get("/admin/password_change/").status_code == 200


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "x",
        "[]",
        "null",
        '{"id": "x"}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {}}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", '
        '"clientDataJSON": "e30", "authenticatorData": "eA", "signature": "eA", "attestationObject": "eA"}}',
    ],
)
def test_passkey_that_is_made_up_is_refused(client, credential):
    by_key = client.post("/admin/second-factor/webauthn/login/", {"credential": credential})
    anna = account("anna", "Publisher")
    set_up(client, anna)
    sign_in(client, anna)
    as_second_factor = client.post(ASK, {"credential": credential})
    client.post("/admin/logout/")
    client.force_login(anna)
    client.get("/admin/second-factor/webauthn/add/")
    added = client.post("/admin/second-factor/webauthn/add/", {"credential": credential})

    assert by_key.url == "/admin/login/"
    assert as_second_factor.context["form"].errors or as_second_factor.context["webauthn_form"].errors
    assert added.status_code in {200, 302}
    assert {factor.type for factor in Authenticator.objects.all()} == {"totp", "recovery_codes"}


class TestLostSecondFactor:
    def remove(self, client, user):
        data = {"action": "remove_second_factor", "_selected_action": [user.pk]}
        return client.post("/admin/auth/user/", data, follow=True)

    @pytest.fixture
    def administrator(self, client):
        """Sign in as an administrator with a second factor."""
        chief = account("chief", "Administrator")
        secret = set_up(client, chief)
        sign_in(client, chief)
        client.post(ASK, {"code": totp_code(secret, steps=1)})
        return chief

    def test_administrator_removes_it_and_its_owner_sets_up_another(self, client, administrator):
        anna = account("anna", "Publisher")
        Authenticator.objects.create(user=anna, type="totp", data={"secret": "A"})

        page = self.remove(client, anna)

        assert messages(page)[-1] == "The second factor of 1 account was removed."
        assert not anna.authenticator_set.exists()
        client.post("/admin/logout/")
        assert sign_in(client, anna).url == "/admin/"
        assert client.get("/admin/").url == SET_UP

    def test_administrator_cannot_remove_that_of_a_superuser(self, client, administrator):
        root = account("root", is_superuser=True)
        Authenticator.objects.create(user=root, type="totp", data={"secret": "A"})

        page = self.remove(client, root)

        assert messages(page)[-1] == "The second factor of 0 accounts was removed."
        assert root.authenticator_set.exists()

    def test_list_of_accounts_shows_who_has_one_and_nobody_reads_its_secret(self, client, administrator):
        page = client.get("/admin/auth/user/")

        assert [account.has_second_factor for account in page.context["cl"].result_list] == [True]
        administrator.is_superuser = True
        administrator.save()
        assert "mfa" not in {app["app_label"] for app in client.get("/admin/").context["app_list"]}

    def test_who_may_only_view_accounts_has_no_such_action(self, client):
        anna = account("anna", "Editor")
        anna.user_permissions.add(Permission.objects.get(codename="view_user"))
        Authenticator.objects.create(user=anna, type="totp", data={"secret": "A"})
        client.force_login(anna)

        self.remove(client, anna)

        assert anna.authenticator_set.exists()


def test_wrong_password_does_not_tell_that_there_is_a_second_factor(client):
    anna = account("anna", "Publisher")
    set_up(client, anna)

    with_factor = fill_in(client, login="anna", password="wrong")
    without = fill_in(client, login="nobody", password="wrong")

    assert with_factor.context["form"].errors == without.context["form"].errors


@pytest.mark.parametrize("address", ["totp/deactivate/", "recovery-codes/generate/"])
def test_page_that_ends_codes_says_so_and_leads_back(client, address):
    sign_in(client, account("anna"))
    client.post(SET_UP, {"code": totp_code(client.get(SET_UP).context["form"].secret)})

    page = client.get(f"/admin/second-factor/{address}").text

    assert "will no longer sign you in" in page
    assert '" href="/admin/second-factor/">' in page
