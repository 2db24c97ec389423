"""Invalid requests to the pages about accounts get a page or a reason, and never a server error."""

import pytest
from django.urls import get_resolver, reverse

from tests.editorial.accounts import account

pytestmark = pytest.mark.django_db

FIELDS = ["login", "password", "next", "email", "code", "credential", "oldpassword", "password1", "password2", "name"]
ARGUMENTS = {"uidb36": "zzzzzzzzzzzzz", "key": "\x00", "pk": 9**30}


def addresses():
    """Yield the address of every page about accounts, with made-up arguments."""
    routes = get_resolver().reverse_dict
    for name in [name for name in routes if isinstance(name, str) and name.startswith(("account_", "mfa_"))]:
        possibilities, *_rest = routes[name]
        _route, parameters = possibilities[0]
        yield reverse(name, kwargs={parameter: ARGUMENTS[parameter] for parameter in parameters})


@pytest.mark.parametrize("value", ["\x00", "💥" * 500], ids=["null", "long"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_no_page_breaks(client, settings, value, signed_in):
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    anna = account("anna", "Publisher")
    form = dict.fromkeys(FIELDS, value)

    statuses = {}
    for address in addresses():
        for method in [client.get, client.post]:
            if signed_in:
                client.force_login(anna)
            statuses[method.__name__, address] = method(address, form).status_code

    assert len(statuses) > 40
    assert {request: status for request, status in statuses.items() if status >= 500} == {}
