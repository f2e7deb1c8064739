"""The programs' door: the bank's callback, and the open API under ``v1/``.

Each describes itself: ``/api/openapi.json``, ``/api/v1/openapi.json``.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import get_language
from ninja import NinjaAPI, Schema

from openhall.api.applications import router as applications
from openhall.api.messages import router as messages
from openhall.cases.actions import settle
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.refusals import Refused
from openhall.fees.bank import wechat
from openhall.fees.rules.callback import NotFromTheBank, Paid

STATUS = {"signature": 403, "unknown": 404, "conflict": 409, "refused": 409, "replayed": 409}

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


@api.post("/wechat/notices", include_in_schema=False)
def wechat_notice(request: HttpRequest) -> HttpResponse:
    """What WeChat Pay tells of a payment or a refund; it tells again until it hears 200.

    What was never paid, or paid wrongly, is refused for good: the daily comparison shows it.
    """
    try:
        said = wechat.told(request.headers, request.body)
        doing = Doing(None, timezone.now(), system_key("bank", said.paid.bank, said.paid.serial))
        settle(said.paid, said.signature, doing, proof=said.proof)
    except NotFromTheBank as error:
        return JsonResponse({"code": "FAIL", "message": error.said.zh}, status=403)
    except Refused as refusal:
        status = STATUS.get(refusal.code, 422)
        return JsonResponse({"code": "FAIL", "message": refusal.said.zh}, status=status)
    return JsonResponse({"code": "SUCCESS", "message": ""})


api.add_router("/outbox", messages)
api.add_router("", applications)
urlpatterns = [path("v1/", include("openhall.api.v1.routes")), path("", api.urls)]
