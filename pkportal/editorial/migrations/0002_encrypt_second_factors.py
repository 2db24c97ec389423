"""Encrypt the secrets of authenticator apps and the seeds of recovery codes that were stored as they are."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations

SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def encrypt(text):
    """Return a text encrypted with the secret key, as it was done when this migration was written."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"pkportal.editorial.encryption")
    return Fernet(base64.urlsafe_b64encode(derivation.derive(settings.SECRET_KEY.encode()))).encrypt(text.encode()).decode()


def encrypt_secrets(apps, schema_editor):
    """Encrypt each secret; all were readable until now."""
    authenticators = apps.get_model("mfa", "Authenticator").objects
    for authenticator in authenticators.filter(type__in=SECRETS).select_for_update():
        name = SECRETS[authenticator.type]
        authenticator.data[name] = encrypt(authenticator.data[name])
        authenticator.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("editorial", "0001_cache_table"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(encrypt_secrets)]
