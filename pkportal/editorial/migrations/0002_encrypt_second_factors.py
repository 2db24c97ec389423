"""Encrypt the secrets of authenticator apps and the seeds of recovery codes that were stored as they are."""

from django.db import migrations

from pkportal.editorial.encryption import SECRETS, encrypt


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
