"""Second factor: who needs one to use the admin, and who has one."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q

from .roles import ROLES_WITH_SECOND_FACTOR

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes stand in for one of these


def has_second_factor() -> Exists:
    """Return the expression that is true of accounts with an authenticator app or a passkey."""
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS))


def lacks_second_factor(user: User) -> bool:
    """True if a user needs a second factor and has none; asked anew each time, as roles and factors change."""
    if settings.STAFF_MFA == "optional":
        return False
    needs_one = Q(is_superuser=True) | Q(groups__name__in=ROLES_WITH_SECOND_FACTOR)
    return User.objects.filter(needs_one, ~has_second_factor(), pk=user.pk).exists()
