"""Encryption of what second factors keep secret: the database and its backups hold nothing to sign in with."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

from .sign_in_log import log

ENCRYPTION_CONTEXT = "pkportal.editorial.encryption"
SECRETS = {"totp": "secret", "recovery_codes": "seed"}  # what an authenticator of allauth keeps secret, by its type


def fernet(secret_key: str) -> Fernet:
    """Return the encryption with a secret key."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=ENCRYPTION_CONTEXT.encode())
    return Fernet(base64.urlsafe_b64encode(derivation.derive(secret_key.encode())))


def encryption() -> MultiFernet:
    """Return the encryption with the secret key, which also decrypts what a key before it has encrypted."""
    return MultiFernet([fernet(secret_key) for secret_key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def encrypt(text: str) -> str:
    """Return a text encrypted."""
    return encryption().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Return a text decrypted; if its secret key is lost, a text that nobody knows, with which no code is right."""
    try:
        return encryption().decrypt(encrypted).decode()
    except InvalidToken:
        log.error("second factor not decrypted", {"reason": "SECRET_KEY is another"})
        digest = salted_hmac(ENCRYPTION_CONTEXT, encrypted, algorithm="sha256").digest()
        return base64.b32encode(digest[:20]).decode()


class EncryptingAdapter(DefaultMFAAdapter):
    """Lets allauth encrypt the secrets of second factors."""

    def encrypt(self, text):
        """Encrypt a secret that is stored."""
        return encrypt(text)

    def decrypt(self, encrypted_text):
        """Decrypt a stored secret."""
        return decrypt(encrypted_text)
