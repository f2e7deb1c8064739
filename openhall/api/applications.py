"""Applying through the programs' door: by the rule of the page, under the applicant's own sign-in.

The live form is open data; checking answers writes nothing and asks for no sign-in. An application
is sent only by the signed-in account itself (session and CSRF token): no key of a program acts for
a person (docs/decisions/0012-one-form.md).
"""

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Field as Said
from ninja import Router, Schema, Status
from ninja.security import django_auth

from openhall.applying.actions.drafting import start_filled
from openhall.applying.actions.sending import send
from openhall.applying.application import Application as Draughted
from openhall.applying.queries import draft_keyed
from openhall.cases.terms import ApplicantKind
from openhall.catalogue.asking import form_of
from openhall.catalogue.queries import ItemVersion, version_in_force
from openhall.deeds.refusals import KEY_SPENT
from openhall.forms.rules import Checked, FormDefinition, answers_of, as_json, digest_of
from openhall.organs.queries import Account
from openhall.organs.terms import IdentityKind

router = Router()


class Problem(Schema):
    """Why it was not taken."""

    detail: str
    field: str = ""


class LiveForm(Schema):
    """The questions of an item in force today. ``digest`` stands on the printed form too."""

    item: str
    version: int
    title: str
    title_en: str
    digest: str
    fields: list[dict[str, Any]]


class Answered(Schema):
    """Answers by the key of their question."""

    item: str = Said(max_length=60)
    answers: dict[str, Any]


class Fault(Schema):
    """One question answered wrongly, and what to do, in both languages."""

    field: str
    zh: str
    en: str


class Judged(Schema):
    """Answers as they would be kept, and what is wrong with the others."""

    valid: bool
    answers: dict[str, Any]
    faults: list[Fault]


class Applicant(Schema):
    """Who applies; ``number`` is that of the document ``identity``, or a company's credit code."""

    kind: ApplicantKind = ApplicantKind.PERSON
    name: str = Said(max_length=120)
    identity: IdentityKind = IdentityKind.RESIDENT_ID
    number: str = Said(max_length=80)
    phone: str = Said("", max_length=80)
    address: str = Said("", max_length=200)
    agent_name: str = Said("", max_length=60)
    agent_identity: IdentityKind | None = None
    agent_number: str = Said("", max_length=80)


class Application(Answered):
    """An application; the same ``key`` again answers with the first one and does nothing."""

    applicant: Applicant
    key: uuid.UUID


class Sent(Schema):
    """``case`` is its number; empty while papers are to be uploaded at ``continue_at``."""

    case: str
    query_code: str
    continue_at: str
    missing: list[str]


def _asked(code: str) -> tuple[ItemVersion | None, FormDefinition]:
    version = version_in_force(code, timezone.localdate())
    form = form_of(version) if version else None
    return version, form or FormDefinition("", "", ())


def _judged(checked: Checked) -> Judged:
    faults = [Fault(field=key, zh=said.zh, en=said.en) for key, said in checked.faults.items()]
    return Judged(valid=checked.is_valid, answers=checked.answers, faults=faults)


NOT_THERE = "今天没有这个编码的现行事项。请在办事指南中查找。"


@router.get(
    "/items/{code}/form", response={200: LiveForm, 404: Problem}, summary="The form in force today"
)
def live_form(request: HttpRequest, code: str) -> LiveForm | Status:
    """Its questions with labels, conditions, limits and formulas; free, for anyone."""
    version, form = _asked(code)
    if version is None or not form.fields:
        return Status(404, Problem(detail=NOT_THERE))
    return LiveForm(
        item=code,
        version=version.number,
        title=form.title,
        title_en=form.title_en,
        digest=digest_of(form),
        fields=[as_json(one) for one in form],
    )


@router.post(
    "/applications/check",
    response={200: Judged, 404: Problem},
    summary="Check answers without sending them",
)
def check(request: HttpRequest, said: Answered) -> Judged | Status:
    """Judge answers by the rule of the page; nothing is kept."""
    version, form = _asked(said.item)
    if version is None:
        return Status(404, Problem(detail=NOT_THERE))
    return _judged(answers_of(form, said.answers, timezone.localdate()))


@router.post(
    "/applications",
    auth=django_auth,
    response={
        201: Sent,
        202: Sent,
        401: Problem,
        403: Problem,
        404: Problem,
        409: Problem,
        422: Judged | Problem,
    },
    summary="Apply, as the signed-in applicant",
)
def apply(request: HttpRequest, said: Application) -> Status:
    """Send an application. Where papers are demanded it waits as a draft until they are uploaded.

    Faulty answers are told question by question and nothing is kept.
    """
    account = request.user
    assert isinstance(account, Account)
    key, today = f"api-{account.pk}-{said.key}", timezone.localdate()
    draft = draft_keyed(key, account)
    if draft is None:
        version, form = _asked(said.item)
        if version is None:
            return Status(404, Problem(detail=NOT_THERE))
        checked = answers_of(form, said.answers, timezone.localdate())
        if not checked.is_valid:
            return Status(422, _judged(checked))
        content = {"party": said.applicant.dict(), "answers": checked.answers}
        draft = start_filled(version, account, content, key)
    elif draft.item_version.item.code != said.item:
        fault = Fault(field="key", zh=KEY_SPENT.zh, en=KEY_SPENT.en)
        return Status(422, Judged(valid=False, answers={}, faults=[fault]))
    missing = [] if draft.case is not None else _missing(Draughted(draft, account, today))
    if missing:
        address = settings.BASE_URL + reverse("portal:draft", args=[draft.pk, "papers"])
        waiting = Sent(case="", query_code="", continue_at=address, missing=missing)
        return Status(202, waiting)
    case = send(draft, account)
    address = settings.BASE_URL + reverse("portal:case", args=[case.number])
    return Status(
        201, Sent(case=case.number, query_code=case.query_code, continue_at=address, missing=[])
    )


def _missing(application: Draughted) -> list[str]:
    return [one.material.name for one in application.gaps if not one.on_paper]
