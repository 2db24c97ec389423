"""``manage.py reencrypt``: encrypt the secrets of second factors with the present SECRET_KEY."""

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand
from django.db import transaction

from pkportal.editorial.encryption import SECRETS, encryption


class Command(BaseCommand):
    """Makes SECRET_KEY_FALLBACKS unnecessary after a change of the key."""

    help = "Encrypt the secrets of second factors with SECRET_KEY, so that SECRET_KEY_FALLBACKS can be removed."

    @transaction.atomic
    def handle(self, *args, **options):
        """Encrypt each secret anew, and print how many there were and how many could not be read."""
        number = lost = 0
        for authenticator in Authenticator.objects.filter(type__in=SECRETS).select_for_update():
            name = SECRETS[authenticator.type]
            try:
                authenticator.data[name] = encryption().rotate(authenticator.data[name]).decode()
            except InvalidToken:
                lost += 1
                continue
            authenticator.save(update_fields=["data"])
            number += 1
        self.stdout.write(f"Secrets encrypted with SECRET_KEY: {number}.")
        if lost:
            self.stderr.write(f"Left as they are, because their key is not in SECRET_KEY_FALLBACKS: {lost}.")
