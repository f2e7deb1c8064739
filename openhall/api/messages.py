"""Where a message gateway reports how a message ended; signed as ``outbox/carriers/gateway.py``."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from openhall.outbox.actions import report
from openhall.outbox.rules.signature import NotFromTheGateway, Report, check

router = Router()


class Ending(Schema):
    """The message as it stands here; the same for a repeated report."""

    id: int
    state: str


class Refusal(Schema):
    """Why the report was not taken."""

    detail: str


@router.post(
    "/reports",
    response={200: Ending, 403: Refusal, 404: Refusal, 422: Refusal},
    summary="A message gateway reports whether a message arrived",
)
def delivery_report(request: HttpRequest) -> Status:
    """Take ``{"id", "state": "delivered" | "failed", "note"}`` on the gateway's signed word."""
    said = request.headers
    moment, signed = said.get("X-OpenHall-Time", ""), said.get("X-OpenHall-Signature", "")
    try:
        check(settings.OUTBOX_KEY, moment, request.body, signed, int(timezone.now().timestamp()))
    except NotFromTheGateway as error:
        return Status(403, {"detail": str(error)})
    try:
        message = report(Report.read(request.body))
    except NotFromTheGateway as error:
        return Status(422, {"detail": str(error)})
    if message is None:
        return Status(404, {"detail": "没有这个编号的消息。"})
    return Status(200, {"id": message.pk, "state": message.state})
