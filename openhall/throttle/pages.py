"""The page of who must wait: how long, what to do meanwhile, and everything that was typed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from openhall.deeds.sent import repeatable
from openhall.throttle.actions import TooMany

STATUS = 429


def too_many(request: HttpRequest, refusal: TooMany) -> HttpResponse:
    """429 with ``Retry-After``; what was typed stands in the page and is sent again by a button.

    Only for requests whose security token was already found good: a stranger's page cannot have
    its own fields repeated here.
    """
    answer: HttpResponse
    if request.path.startswith("/api/") or not request.accepts("text/html"):
        said = {"detail": str(refusal), "retry_after": refusal.seconds}
        answer = JsonResponse(said, status=STATUS)
    else:
        context = {
            "sentence": str(refusal),
            "fields": repeatable(request),
            "files": sorted(request.FILES),
            "address": request.get_full_path(),
        }
        answer = render(request, "throttle/too_many.html", context, status=STATUS)
    answer.headers["Retry-After"] = str(refusal.seconds)
    return answer
