"""The log of sign-ins names the account and the network, and neither passwords nor full addresses."""

import pytest

from tests.editorial.accounts import PASSWORD, account, fill_in, sign_in


@pytest.mark.django_db
def test_sign_in_sign_out_and_failures_are_logged_in_a_line_each(client, caplog):
    caplog.set_level("INFO", "pkportal.accounts")
    anna = account("anna")

    sign_in(client, anna, REMOTE_ADDR="192.0.2.77")
    client.post("/admin/logout/", REMOTE_ADDR="192.0.2.77")
    for _ in range(6):
        sign_in(client, anna, password="wrong\nhorse", REMOTE_ADDR="192.0.2.78")
    fill_in(client, login=PASSWORD, password="anna")

    lines = [(record.msg, *record.args.values()) for record in caplog.records if record.name == "pkportal.accounts"]
    assert lines == [
        ("signed in", "anna", "192.0.2.0/24"),
        ("signed out", "anna", "192.0.2.0/24"),
        *[("sign-in failed", "anna", "192.0.2.0/24")] * 5,
        ("sign-in throttled", "anna", "192.0.2.0/24"),
        ("sign-in failed", "unknown", "127.0.0.0/24"),  # what was typed as a name may be a password
    ]
