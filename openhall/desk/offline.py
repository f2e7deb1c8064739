"""The program by which a page stays on a device; it may keep pages beneath its own address only."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

PROGRAM = Path(__file__).parents[1] / "design" / "static" / "design" / "offline-worker.js"


@require_safe
def worker(request: HttpRequest, **where: str) -> HttpResponse:
    """The same for every page; asked anew each time, so that a mend of it reaches every device."""
    answer = HttpResponse(PROGRAM.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
