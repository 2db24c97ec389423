"""The address to serve at: a host and a port of this machine."""

import errno
import ipaddress
import socket
import sys
from argparse import ArgumentTypeError
from dataclasses import dataclass


@dataclass(frozen=True)
class Address:
    """A host as it was typed, its IP address, and a port."""

    host: str
    ip: str
    port: int

    def __str__(self):
        return f"{self.host}:{self.port}"

    @classmethod
    def parse(cls, text):
        """Parse HOST:PORT, where HOST is a name or an IP address, in brackets if it has colons."""
        host, _, port = text.rpartition(":")
        if not host or not port.isdecimal() or int(port) not in range(1, 65536):
            raise ArgumentTypeError(f"“{text}” is not HOST:PORT, like 127.0.0.1:8000")
        try:
            addresses = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):  # an invalid name, like a..b
            raise ArgumentTypeError(f"“{host}” is not an address of this machine") from None
        (_family, _type, _protocol, _name, (ip, *_rest)), *_others = addresses
        return cls(host, str(ip), int(port))

    @property
    def is_loopback(self):
        """True if only this machine reaches it."""
        return ipaddress.ip_address(self.ip).is_loopback

    def bind_error(self):
        """Try to bind, and return why it failed, or an empty text."""
        family = socket.AF_INET6 if ":" in self.ip else socket.AF_INET
        with socket.socket(family) as trial:
            if sys.platform != "win32":  # on Windows it would let two programs share a port
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((self.ip, self.port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    return (
                        f"Port {self.port} on {self.host} is in use by another program, perhaps this portal. "
                        f"Stop it, or choose another: --bind {self.host}:{self.port + 1}"
                    )
                return f"Nothing can be served on {self}: {error.strerror}."
        return ""
