"""Telling the applicant: a message is queued in the act's own transaction. A5, A8; 3.5.

The account's inbox first, then the channel its holder chose; without a choice, and for who has no
account, the telephone of the application. A message that cannot be addressed is left out: the
paper of the act stands in any case.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings

from openhall.cases.models import Case
from openhall.cases.rules.tidings import TIDINGS, compose, day_in
from openhall.cases.terms import Act, Delivery, NoticeTo, Outcome, SuspensionGround
from openhall.outbox.actions import send
from openhall.outbox.models import Preference
from openhall.outbox.rules.addresses import fault_of_address
from openhall.outbox.terms import Channel

RECENT: Final = timedelta(days=7)  # a history that is simulated today rings nobody's telephone
TOLD_TOGETHER: Final = frozenset(
    {
        Act.SUBMIT,
        Act.ACCEPT,
        Act.DEEM_ACCEPTED,
        Act.DECLINE,
        Act.ASK_FOR_SUPPLEMENT,
        Act.SUPPLEMENT,
        Act.LAPSE,
    }
)


def tell(case: Case, act: Act, facts: Mapping[str, Any], key: str) -> None:
    """Queue the messages of one act, each under a key of its own; none for most acts."""
    if act not in TIDINGS or (act == Act.SUSPEND and not facts.get("noticed")):
        return
    if case.part_days is not None and act in TOLD_TOGETHER:
        return  # once for the whole joint application, not once a unit
    preference = None
    if case.account_id is not None:
        preference = Preference.objects.filter(account=case.account_id).first()
    language = preference.language if preference else "zh"
    said = compose(act, _values(case, facts, language), language)
    if said is not None:
        carry(case, preference, said, language, key)


def carry(
    case: Case,
    preference: Preference | None,
    said: tuple[str, str],
    language: str,
    key: str,
    about: str = "",
) -> None:
    """Queue one message about ``case`` (or ``about`` the joint application it is part of)."""
    subject, words = said
    for channel, to in _addresses(case, preference):
        carried = words if channel == Channel.ACCOUNT else words + _where(language)
        send(
            channel,
            to,
            subject,
            carried,
            about=about or case.number,
            key=f"{channel.value}-{key}",
            account_id=case.account_id,
            language=language,
        )


def _where(language: str) -> str:
    """Where to read more; never the query code itself."""
    if language == "en":
        return f"\nRead more with your query code: {settings.BASE_URL}/en/track/"
    return f"\n凭查询码查看：{settings.BASE_URL}/track/"


def _addresses(case: Case, preference: Preference | None) -> Iterator[tuple[Channel, str]]:
    """Where to tell it. Where an agent acts, the one chosen before sending; the account's own
    choice is the agent's then, and does not stand for the applicant."""
    if case.account_id is not None:
        yield Channel.ACCOUNT, ""
    acting = getattr(case, "acting", None) if case.agent_name else None
    by_applicant = acting is not None and acting.notices_to == NoticeTo.APPLICANT.value
    if acting is not None and not by_applicant and acting.phone and preference is None:
        if not fault_of_address(Channel.SMS, acting.phone):
            yield Channel.SMS, acting.phone
    elif preference is not None and not by_applicant:
        yield from preference.addresses()
    elif case.phone and not fault_of_address(Channel.SMS, case.phone):
        yield Channel.SMS, case.phone


def _said(term: type[Any], code: object, language: str) -> str:
    return str(term(code).said_in(language)) if code else ""


def _day_of(facts: Mapping[str, Any], language: str) -> Callable[[str], str]:
    def said(name: str) -> str:
        found = facts.get(name)
        return day_in(language, date.fromisoformat(found) if found else None)

    return said


def _values(case: Case, facts: Mapping[str, Any], language: str) -> dict[str, str]:
    english = language == "en"
    day = _day_of(facts, language)
    amount = facts.get("amount")
    return {
        "item": (english and case.item_version.name_en) or case.item_version.name,
        "organ": (english and case.organ.name_en) or case.organ.name,
        "number": case.number,
        "answer": day_in(language, case.answer_due),
        "promise": day_in(language, case.promise_due),
        "statutory": day_in(language, case.statutory_due),
        "delivery": day_in(language, case.delivery_due),
        "due": day("due_on"),
        "ask_by": day("ask_by"),
        "hearing": day("held_on"),
        "superior": str(facts.get("to") or ""),
        "points": str(len(facts["points"])) if isinstance(facts.get("points"), list) else "",
        "outcome": _said(Outcome, case.outcome, language),
        "competent": str(facts.get("competent_organ") or ""),
        "ground": _said(SuspensionGround, facts.get("ground"), language),
        "days": str(facts.get("planned_days") or ""),
        "amount": f"{amount / 100:.2f}" if isinstance(amount, int) else "",
        "notice": str(facts.get("notice") or ""),
        "way": _said(Delivery, facts.get("way"), language),
    }
