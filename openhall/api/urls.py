"""The programs' door: the bank's callback. Its description is at ``/api/openapi.json``."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from ninja import NinjaAPI, Schema

from openhall.api.applications import router as applications
from openhall.api.messages import router as messages
from openhall.cases.actions import settle
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.refusals import Refused
from openhall.fees.rules.callback import NotFromTheBank, Paid

STATUS = {"signature": 403, "unknown": 404, "conflict": 409, "refused": 409}

api = NinjaAPI(title="OpenHall", version="1", docs_url=None, urls_namespace="api")


class Callback(Schema):
    """What the bank posts: the payment as signed, and its signature (Ed25519, base64)."""

    paid: dict[str, Any]
    signature: str


class Taken(Schema):
    """The receipt as it stands here; the same for a repeated callback."""

    notice: str
    serial: str
    amount: int


class Problem(Schema):
    """Why it was not taken."""

    detail: str


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    status = STATUS.get(refusal.code, 422)
    return api.create_response(request, {"detail": str(refusal)}, status=status)


@api.exception_handler(NotFromTheBank)
def unreadable(request: HttpRequest, error: NotFromTheBank) -> HttpResponse:
    detail = error.said.said_in(get_language())
    return api.create_response(request, {"detail": detail}, status=422)


@api.post(
    "/bank/receipts",
    response={200: Taken, 403: Problem, 404: Problem, 409: Problem, 422: Problem},
    summary="The collecting bank reports a payment",
)
def bank_receipt(request: HttpRequest, said: Callback) -> Taken:
    """Settle a payment notice on the bank's signed word; a repeated callback changes nothing."""
    paid = Paid.read(said.paid)
    doing = Doing(None, timezone.now(), system_key("bank", paid.bank, paid.serial))
    receipt = settle(paid, said.signature, doing)
    return Taken(notice=receipt.notice.number, serial=receipt.serial, amount=receipt.amount)


api.add_router("/outbox", messages)
api.add_router("", applications)
urlpatterns = [path("", api.urls)]
