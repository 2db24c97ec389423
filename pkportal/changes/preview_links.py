"""Secret links to previews: an expert without an account reads a draft as it was when the link was made."""

import gzip
import hashlib

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PreviewLink(models.Model):
    """A secret address of the page of a change set, until it expires or is revoked.

    The page is kept as it was rendered when the link was made, so reading it writes nothing and locks nothing. Of the
    secret only a digest is kept: whoever reads the database cannot open the page.
    """

    change_set = models.ForeignKey("changes.ChangeSet", models.CASCADE, related_name="preview_links")
    token_digest = models.CharField(max_length=64, unique=True)
    for_whom = models.CharField(_("for whom"), max_length=80)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    made_at = models.DateTimeField(db_default=Now())
    saved_at = models.DateTimeField()  # when the change set was saved as the page shows it
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    page = models.BinaryField()  # HTML, compressed with gzip; empty once the link has ended

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.for_whom} ({self.made_at:%Y-%m-%d})"

    @property
    def is_live(self):
        """True if the page can be read at the address."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def html(self):
        """Return the page."""
        return gzip.decompress(bytes(self.page)).decode()


def digest_of_token(token: str) -> str:
    """Return the digest by which the link with a secret is found."""
    return hashlib.sha256(token.encode()).hexdigest()
