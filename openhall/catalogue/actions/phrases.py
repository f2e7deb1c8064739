"""Placeholder phrases, kept by the Legal Affairs Office: who added or withdrew which and why."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from openhall.catalogue.actions.record import day_of
from openhall.catalogue.models import HollowPhrase
from openhall.catalogue.permissions import may_keep_list
from openhall.catalogue.rules.guide import LEAST, bare
from openhall.deeds.refusals import Refused
from openhall.ledger.actions import append
from openhall.organs.models import Account

LONGEST = 60


def _allowed(actor: Account | None, at: datetime, reason: str) -> None:
    if not may_keep_list(actor, day_of(at)):
        raise Refused("只有法制办可以修改占位用语。")
    if not reason.strip():
        raise Refused("请写明理由。", "reason")


def _signed(verb: str, phrase: str, at: datetime, reason: str) -> None:
    body = {"v": 1, "log": settings.LEDGER_ORIGIN, "verb": verb, "phrase": phrase}
    moment = at.isoformat(timespec="seconds")
    append("catalogue", body | {"reason": reason, "event_time": moment})


@transaction.atomic
def add_phrase(phrase: str, actor: Account | None, at: datetime, reason: str) -> HollowPhrase:
    """From now on a guide made of ``phrase`` does not pass the gate; what is in force stays."""
    _allowed(actor, at, reason)
    said = phrase.strip()
    if len(bare(said)) < LEAST or len(said) > LONGEST:
        raise Refused(f"占位用语应为{LEAST}—{LONGEST}个字。", "phrase")
    known = HollowPhrase.objects.filter(phrase=said).first()
    if known is not None and known.withdrawn_at is None:
        raise Refused("已有这条占位用语。", "phrase")
    if known is None:
        known = HollowPhrase(phrase=said)
    known.added_by, known.added_at, known.reason = actor, at, reason.strip()[:200]
    known.withdrawn_by, known.withdrawn_at, known.withdrawn_reason = None, None, ""
    known.save()
    _signed("phrase_added", said, at, reason.strip())
    return known


@transaction.atomic
def withdraw_phrase(
    phrase_id: int, actor: Account | None, at: datetime, reason: str
) -> HollowPhrase:
    """The phrase is allowed again; the row stays with who withdrew it and why."""
    _allowed(actor, at, reason)
    known = HollowPhrase.objects.get(pk=phrase_id)
    if known.withdrawn_at is not None:
        raise Refused("这条占位用语已经撤下。", "phrase")
    known.withdrawn_by, known.withdrawn_at = actor, at
    known.withdrawn_reason = reason.strip()[:200]
    known.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    _signed("phrase_withdrawn", known.phrase, at, reason.strip())
    return known
