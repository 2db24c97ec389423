"""The first account signs in: it sets up an authenticator app, and then comes in by its code or by a passkey."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import visit
from tests.browser.test_every_page import EXCESS_WIDTH, VIEWS, axe_faults, load_axe
from tests.editorial.accounts import totp_code

TOUCHED_BY_ITS_OWNER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def password(portal_log):
    """Return the password that ``manage.py up`` printed."""
    return re.search(r"editor, password (\S+)", portal_log.read_text())[1]


def enter_password(page, password):
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def enter_code(page, code, button):
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name=button).click()


def check_page(page):
    """Check a page as those are checked that everybody can read."""
    load_axe(page)
    for view in VIEWS.values():
        assert axe_faults(page, view) == {}
        assert page.evaluate(EXCESS_WIDTH) == 0


def test_first_account_sets_up_a_second_factor_and_signs_in_with_it(page, new_context, base_url, password, browser):
    visit(page, "/admin/")
    enter_password(page, password)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    check_page(page)
    secret = page.locator("#authenticator_secret").inner_text()
    enter_code(page, totp_code(secret), "Set up")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    check_page(page)
    recovery_code = page.locator(".recovery-codes code").first.inner_text()
    page.get_by_role("link", name="Continue to the admin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Start")
    page.get_by_role("link", name="Second factor").click()
    check_page(page)

    page.get_by_role("button", name="Sign out").click()
    enter_password(page, password)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    check_page(page)
    enter_code(page, totp_code(secret, steps=1), "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Start")

    passkey_page = browser.new_page(base_url=base_url.replace("127.0.0.1", "localhost"))  # no passkey for a number
    add_a_passkey(passkey_page, password, recovery_code)
    passkey_page.get_by_role("button", name="Sign out").click()
    passkey_page.get_by_role("button", name="Sign in with a passkey").click()
    expect(passkey_page.get_by_role("heading", level=1)).to_have_text("Start")
    passkey_page.context.close()


def add_a_passkey(page, password, recovery_code):
    """Sign in with a recovery code, and let the browser keep a passkey."""
    visit(page, "/admin/")
    enter_password(page, password)
    enter_code(page, recovery_code, "Sign in")
    authenticators = page.context.new_cdp_session(page)
    authenticators.send("WebAuthn.enable")
    authenticators.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCHED_BY_ITS_OWNER})
    visit(page, "/admin/second-factor/webauthn/add/")
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Security key added.")).to_be_visible()
