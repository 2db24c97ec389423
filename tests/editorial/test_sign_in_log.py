"""The log of sign-ins names the account and the network, and neither passwords nor full addresses."""

import pytest

from pkportal.editorial.sign_in_log import shortened_address
from tests.editorial.accounts import PASSWORD, account, fill_in, sign_in


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:aa:bb:cc::1", "2001:db8:aa::/48"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_address_is_shortened_to_its_network(address, network):
    assert shortened_address(address) == network


@pytest.mark.django_db
def test_sign_in_sign_out_and_failures_are_logged_in_a_line_each(client, caplog):
    caplog.set_level("INFO", "pkportal.accounts")
    anna = account("anna")

    sign_in(client, anna, REMOTE_ADDR="192.0.2.77")
    client.post("/admin/logout/", REMOTE_ADDR="192.0.2.77")
    for _ in range(6):
        sign_in(client, anna, password="wrong\nhorse", REMOTE_ADDR="192.0.2.78")
    fill_in(client, login=PASSWORD, password="anna")

    lines = [record.getMessage() for record in caplog.records if record.name == "pkportal.accounts"]
    assert lines == [
        "Signed in: user anna, from 192.0.2.0/24",
        "Signed out: user anna, from 192.0.2.0/24",
        *["Sign-in failed: user anna, from 192.0.2.0/24"] * 5,
        "Sign-in throttled: user anna, from 192.0.2.0/24",
        "Sign-in failed: user unknown, from 127.0.0.0/24",  # what was typed as a name may be a password
    ]
