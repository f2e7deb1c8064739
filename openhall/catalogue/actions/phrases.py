"""Placeholder phrases, kept by the Legal Affairs Office: who added or withdrew which and why."""

from typing import Any

from openhall.catalogue.kinds import PHRASE
from openhall.catalogue.models import HollowPhrase
from openhall.catalogue.permissions import may_keep_list
from openhall.catalogue.rules.guide import LEAST, bare
from openhall.catalogue.terms import PhraseAct
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.writer import deed, locked, made_before, write
from openhall.glossary import Said

LONGEST = 60


def _allowed(reason: str, doing: Doing) -> None:
    if not may_keep_list(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有法制办可以修改占位用语。",
                "Only the Legal Affairs Office keeps the phrases that say nothing.",
            )
        )
    if not reason.strip():
        raise Refused(Said("请写明理由。", "Say why."), "reason")


@acting()
def add_phrase(phrase: str, reason: str, doing: Doing) -> HollowPhrase:
    """From now on a guide made of ``phrase`` does not pass the gate; what is in force stays."""
    said = phrase.strip()
    known: HollowPhrase | None = made_before(PHRASE, doing, PhraseAct.ADD, phrase=said)
    if known is not None:
        return known
    _allowed(reason, doing)
    if len(bare(said)) < LEAST or len(said) > LONGEST:
        raise Refused(
            Said(
                f"占位用语应为{LEAST}—{LONGEST}个字。",
                f"A phrase has {LEAST} to {LONGEST} characters.",
            ),
            "phrase",
        )
    known = HollowPhrase.objects.filter(phrase=said).first()
    if known is not None and known.withdrawn_at is None:
        raise Refused(Said("已有这条占位用语。", "This phrase stands there already."), "phrase")
    changes: dict[str, Any] = {
        "added_by": doing.actor,
        "added_at": doing.at,
        "reason": kept(reason, 200, "reason"),
    }
    if known is None:
        known = HollowPhrase.objects.create(phrase=said, added_at=doing.at)
    else:
        known = locked(PHRASE, known.pk)
        changes |= {"withdrawn_by": None, "withdrawn_at": None, "withdrawn_reason": ""}
    facts = {"reason": reason.strip()}
    write(PHRASE, known, PhraseAct.ADD, doing, changes=changes, facts=facts)
    return known


@deed(PHRASE, PhraseAct.WITHDRAW)
def withdraw_phrase(known: HollowPhrase, reason: str, doing: Doing) -> Deed:
    """The phrase is allowed again; the row stays with who withdrew it and why."""
    _allowed(reason, doing)
    if known.withdrawn_at is not None:
        raise Refused(Said("这条占位用语已经撤下。", "This phrase is withdrawn already."), "phrase")
    changes = {
        "withdrawn_by": doing.actor,
        "withdrawn_at": doing.at,
        "withdrawn_reason": kept(reason, 200, "reason"),
    }
    facts = {"reason": reason.strip()}
    return write(PHRASE, known, PhraseAct.WITHDRAW, doing, changes=changes, facts=facts)
