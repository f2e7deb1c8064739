"""Who deceived may not apply again for a time; told when he tries. 行政许可法 78, 79."""

from datetime import date

from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, held
from openhall.cases.terms import Outcome
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before, write
from openhall.glossary import Said
from openhall.organs.remedies import remedy_of
from openhall.paging.typed import visible
from openhall.papers.rules import procedure_words
from openhall.papers.terms import PaperKind
from openhall.permits.kinds import BAN
from openhall.permits.models import Ban
from openhall.permits.permissions import may_decide_on_licence
from openhall.permits.rules.validity import barred_until, barred_until_words, sentence_of_ban
from openhall.permits.terms import BanAct, BanGround
from openhall.vault.fields import blinds

ENDED_BADLY = {Outcome.REFUSED.value, Outcome.INELIGIBLE.value}


def not_barred(number: str, item_id: int, day: date) -> None:
    """Refuse, with the sentence, whose ``number`` may not apply for the matter on ``day``."""
    bans = Ban.objects.filter(
        identity_blind__in=blinds(number), item=item_id, since__lte=day, until__gte=day
    )
    if (ban := bans.order_by("-until").first()) is not None:
        raise Refused(sentence_of_ban(BanGround(ban.ground), ban.until), "number")


@acting()
def bar(case_id: int, ground: BanGround, reason: str, doing: Doing) -> Ban:
    """Record from a decision that the applicant may not apply for the matter again.

    One year after a refusal for false materials (78); three after a permit got by deceit was
    revoked (79). The public entry names the matter and the day, not the person.
    """
    same = {"case_id": case_id, "ground": ground.value}
    before: Ban | None = made_before(BAN, doing, BanAct.SET, **same)
    if before is not None:
        return before
    case, day = held(case_id, seen=doing.seen), doing.day
    if doing.actor is None or not may_decide_on_licence(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本单位的批准人可以决定不得再次申请（行政许可法 78、79）。",
                "Only a decider of this unit may bar an applicant (Administrative "
                "Licensing Law, art. 78 and 79).",
            )
        )
    if visible(reason) < 10:
        raise Refused(
            Said(
                "须写明事实和理由（不少于10个字）。",
                "State the facts and the reasons (at least 10 characters).",
            ),
            "reason",
        )
    revoked = hasattr(case, "licence") and case.licence.state == "revoked"
    if ground == BanGround.FALSE_MATERIALS and case.outcome not in ENDED_BADLY:
        raise Refused(
            Said(
                "本件没有因虚假材料不予受理或不予许可，不能限制申请（行政许可法 78）。",
                "This case was not declined or refused for false materials, so nobody is "
                "barred (Administrative Licensing Law, art. 78).",
            ),
            "ground",
        )
    if ground == BanGround.DECEIT and not revoked:
        raise Refused(
            Said(
                "许可没有因欺骗、贿赂被撤销，不能限制申请（行政许可法 79）。",
                "The permit was not revoked for deceit or bribery, so nobody is barred "
                "(Administrative Licensing Law, art. 79).",
            ),
            "ground",
        )
    if Ban.objects.filter(case=case, ground=ground.value).exists():
        raise Refused(
            Said("本件已经记录限制申请。", "This case has its bar on record already."), "ground"
        )
    until = barred_until(ground, day)
    ban = Ban.objects.create(
        identity_blind=case.identity_blind,
        item=case.item,
        ground=ground.value,
        case=case,
        reason=reason.strip(),
        since=day,
        until=until,
    )
    write(
        BAN,
        ban,
        BanAct.SET,
        doing,
        facts={"ground": ground.value, "since": day.isoformat(), "until": until.isoformat()},
    )
    words = procedure_words.ban(
        matter_of(case),
        barred_until_words(ground, until).zh,
        ground.basis,
        reason.strip(),
        remedy_of(case.organ),
    )
    give(case, PaperKind.BAN, words, doing)
    return ban
