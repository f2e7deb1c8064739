"""A refusal as a programme reads it: RFC 9457, in both languages, with clause and next step."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language_from_request
from ninja import Schema
from pydantic import Field

from openhall.clients.rules.grounds import GROUNDS
from openhall.deeds.refusals import Refused
from openhall.glossary import Said, cited
from openhall.throttle.actions import TooMany

MEDIA: Final = "application/problem+json"


class Words(Schema):
    """One sentence or name in both languages; English may be empty where nobody wrote it."""

    zh: str
    en: str


class FieldFault(Schema):
    """What is wrong with one field or parameter."""

    field: str
    zh: str
    en: str


class Problem(Schema):
    """Why it was not done (RFC 9457): ``said`` in both languages, the clause, what to do next."""

    type: str = Field(json_schema_extra={"format": "uri"})
    title: str
    status: int
    detail: str
    instance: str
    said: Words
    clause: str
    next: Words
    faults: list[FieldFault]


BY_STATUS: Final = {one.status: code for code, one in GROUNDS.items()}


def problem(
    request: HttpRequest,
    code: str,
    said: Said,
    *,
    faults: Iterable[dict[str, str]] = (),
    clause: str = "",
    headers: dict[str, str] | None = None,
) -> JsonResponse:
    """The answer for a refusal of the kind ``code``."""
    # This door has one address for every language, so the header says which is read.
    ground, language = GROUNDS[code], get_language_from_request(request)
    law = clause or ground.clause
    body: dict[str, Any] = {
        "type": f"{settings.BASE_URL}/open/api/#problem-{code}",
        "title": ground.title.said_in(language),
        "status": ground.status,
        "detail": said.said_in(language) or said.zh,
        "instance": request.path,
        "said": {"zh": said.zh, "en": said.en},
        "clause": cited(law).said_in(language) if law else "",
        "next": {"zh": ground.then.zh, "en": ground.then.en},
        "faults": list(faults),
    }
    return JsonResponse(
        body,
        status=ground.status,
        content_type=MEDIA,
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )


def of_refusal(request: HttpRequest, refusal: Refused) -> JsonResponse:
    """The answer for a refusal by the law of a room."""
    code = refusal.code if refusal.code in GROUNDS else "refused"
    faults = [
        {"field": getattr(one, "field", ""), "zh": one.said.zh, "en": one.said.en}
        for one in refusal.faults or (refusal,)
        if getattr(one, "field", "") and hasattr(one, "said")
    ]
    headers: dict[str, str] = {}
    if code == "key":
        headers["WWW-Authenticate"] = 'Bearer realm="OpenHall", error="invalid_token"'
    if isinstance(refusal, TooMany):
        headers["Retry-After"] = str(refusal.seconds)
    return problem(request, code, refusal.said, faults=faults, headers=headers)


ABSENT: Final = Said("没有这个编号的内容。", "There is nothing under this number.")


def absent(said: Said = ABSENT) -> Refused:
    """Raised where there is no such thing, or where it is another's: nobody learns which."""
    return Refused(said, code="absent")


def unreadable(field: str, said: Said) -> Refused:
    """Raised where a parameter cannot be what it should be."""
    return Refused(said, field, code="unreadable")
