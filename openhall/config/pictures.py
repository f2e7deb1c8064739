"""Pictures of the public pages, for an installation that keeps its files on its own disk.

Only the folders of pictures are open. Documents go through Wagtail's own view, which asks whether
their collection is private; applicants' papers are in another store altogether.
"""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

OPEN = {"images", "original_images", "avatar_images"}


def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """One stored picture. It is sandboxed: an SVG can carry a script."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] not in OPEN or ".." in parts:
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
