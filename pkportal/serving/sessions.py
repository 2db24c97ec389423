"""Sessions whose key is signed when somebody signs in.

The server knows by the cookie alone, before it reads a body and without a query, that a client has signed in once:
nobody can make up such a cookie. Whether the session still lasts is asked of the database, by Django.
"""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import parse_cookie
from django.utils.crypto import constant_time_compare, salted_hmac

RANDOM_LENGTH = 20  # characters of a to z and 0 to 9: over 100 bits
SIGNATURE_LENGTH = 20  # hexadecimal digits: 80 bits; the database has room for 40 characters in all
SESSION_SALT = "pkportal.serving.sessions"


def signature(text: str, secret_key: str) -> str:
    """Return what only a holder of the secret key can write after a text."""
    return salted_hmac(SESSION_SALT, text, secret=secret_key, algorithm="sha256").hexdigest()[:SIGNATURE_LENGTH]


def is_signed(session_key: str) -> bool:
    """True if a session key was made at a sign-in, with the secret key or one before it."""
    text, given = session_key[:RANDOM_LENGTH], session_key[RANDOM_LENGTH:]
    secret_keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(given, signature(text, secret_key)) for secret_key in secret_keys)


def has_signed_session(cookies: str) -> bool:
    """True if a Cookie header has the session of somebody who signed in."""
    if f"{settings.SESSION_COOKIE_NAME}=" not in cookies:
        return False
    return is_signed(parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, ""))


class SessionStore(db.SessionStore):
    """Sessions in the database; a user is in no session but those with a signed key."""

    is_signing_in = False

    def cycle_key(self):
        """Give the session a new key, as Django does when somebody signs in, and sign it."""
        self.is_signing_in = True
        super().cycle_key()
        self.is_signing_in = False

    def _get_new_session_key(self):
        """Return a key that no other session has."""
        session_key = super()._get_new_session_key()
        if not self.is_signing_in and SESSION_KEY not in self:
            return session_key
        text = session_key[:RANDOM_LENGTH]
        return text + signature(text, settings.SECRET_KEY)

    def load(self):
        """Return what the session holds; nothing if it is a user's and its key is not signed."""
        session = super().load()
        if SESSION_KEY not in session or is_signed(self.session_key):
            return session
        self._session_key = None
        return {}
