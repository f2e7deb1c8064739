"""Where the browser fetches its sum."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from openhall.throttle.proof import challenge


@require_safe
def fresh(request: HttpRequest) -> JsonResponse:
    """A new challenge; nothing is kept of it until it is answered."""
    answer = JsonResponse(challenge())
    answer.headers["Cache-Control"] = "no-store"
    return answer


urlpatterns = [path("challenge.json", fresh, name="proof_challenge")]
