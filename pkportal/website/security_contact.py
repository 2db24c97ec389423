"""The file security.txt (RFC 9116): where to report a weakness of the site."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

VALID_DAYS = 180


@require_safe
def security_txt(request):
    """Name the contact of the site, until a day within a year; without a contact there is no such file."""
    if not settings.CONTACT:
        raise Http404
    expires = datetime.combine(timezone.localdate() + timedelta(days=VALID_DAYS), time(tzinfo=UTC))
    lines = [
        f"Contact: {settings.CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {settings.SITE_URL}{request.path}",
        "Preferred-Languages: en",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
