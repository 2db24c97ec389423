"""The download of a release."""

from django.http import Http404, StreamingHttpResponse
from django.views.decorators.http import condition, require_safe

from ..errors import takes_no_parameters
from .models import Release

FOR_EVER = "public, max-age=31536000, immutable"  # a release never changes


def etag_of(request, version):
    """Return the checksum of a release as its ETag, or nothing if there is none of this version."""
    checksum = Release.objects.filter(version=version).values_list("sha256", flat=True).first()
    return f'"{checksum}"' if checksum else None


@require_safe
@takes_no_parameters
@condition(etag_func=etag_of)
def release_file(request, version):
    """Send the file of a release, a chunk at a time."""
    release = Release.objects.filter(version=version).first()
    if release is None:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="{release.file_name}"',
        "Content-Length": release.size,
        "Cache-Control": FOR_EVER,
    }
    return StreamingHttpResponse(release.blocks(), content_type="application/zip", headers=headers)
