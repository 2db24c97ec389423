"""The request that a thread answers: its id, its client's address, and the user if the session was read."""

import ipaddress
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.conf import settings

PREFIX_LENGTHS = {4: 24, 6: 48}  # of an address in the log: a network, not a person


class CurrentRequest:
    """A request from the moment the server has it; ``django_request`` is there once Django has it too.

    ``view`` names what answered it if it was not a view of Django.
    """

    __slots__ = ("address", "django_request", "id", "view")

    def __init__(self, id: str, address: str):
        self.id = id
        self.address = address
        self.view = ""
        self.django_request: Any = None

    @property
    def user(self) -> str:
        """Return the name of the user, or nothing while no code has asked for the user: logging needs no query."""
        user = getattr(self.django_request, "_cached_user", None)
        return user.get_username() if user else ""


current_request: ContextVar[CurrentRequest | None] = ContextVar("current_request", default=None)


def client_address(environ: dict) -> str:
    """Return the address of the client; behind a proxy, as the proxy has seen it."""
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or environ.get("REMOTE_ADDR", "")


@lru_cache(maxsize=4096)
def shorten_address(address: str) -> str:
    """Return the network of an address, of which one client cannot be told from another: a /24, or a /48 of IPv6."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ipaddress.ip_network((parsed, PREFIX_LENGTHS[parsed.version]), strict=False))
