"""Forms of passkeys and security keys that refuse what no browser sends; allauth's own answer some of it with 500."""

import struct

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from django.forms import BooleanField
from django.utils.translation import gettext_lazy as _


class ReadableKeyMixin:
    """Takes a credential that cannot be read for a wrong one."""

    def full_clean(self):
        """Turn whatever reading the credential runs into, a missing part or a wrong type, into an error of the form."""
        try:
            super().full_clean()
        except (AttributeError, LookupError, TypeError, ValueError, struct.error):
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AddKeyForm(ReadableKeyMixin, forms.AddWebAuthnForm):
    """Adds a key to the own account."""

    passwordless = BooleanField(
        label=_("Sign in with this key alone"),
        required=False,
        help_text=_("Without name and password. The key then asks for your fingerprint, your face or a PIN."),
    )


class SignInByKeyForm(ReadableKeyMixin, forms.LoginWebAuthnForm):
    """Signs in with a passkey alone."""


class SecondFactorByKeyForm(ReadableKeyMixin, forms.AuthenticateWebAuthnForm):
    """Signs in with a key after the password."""


class ConfirmByKeyForm(ReadableKeyMixin, forms.ReauthenticateWebAuthnForm):
    """Confirms a change of the own account with a key."""
