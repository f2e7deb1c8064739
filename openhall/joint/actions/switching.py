"""The switch 超时默许、缺席默认: set and ended as dated data with its basis; off by itself.

行政许可法 knows no consent by silence between organs; a city that wants it names the document it
rests on, and the days on which it holds (norms 2.5).
"""

from datetime import date

from django.db.models import Q

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.joint.models import DeemedConsent
from openhall.joint.permissions import may_switch_deemed_consent
from openhall.ledger.actions import append
from openhall.organs.models import Account

BASIS_AT_LEAST = 5  # characters


def _allowed(doing: Doing) -> Account:
    if doing.actor is None or not may_switch_deemed_consent(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有本级政府办公厅可以设定超时默许、缺席默认的规定。",
                "Only the General Office of the government of this level may set rules on "
                "silence and absence.",
            )
        )
    actor: Account = doing.actor
    return actor


@acting()
def switch_on(since: date, until: date | None, basis: str, doing: Doing) -> DeemedConsent:
    """Switch it on from a coming day, on a named document; never for days that are past."""
    who = _allowed(doing)
    if len(basis.strip()) < BASIS_AT_LEAST:
        raise Refused(
            Said("请写明依据的文件名称和文号。", "Name the document it rests on, with its number."),
            "basis",
        )
    if since <= doing.day:
        raise Refused(
            Said(
                "施行日期应当晚于今天：已经过去的沉默不能追认为同意。",
                "The first day must be later than today: past silence is never made "
                "consent afterwards.",
            ),
            "since",
        )
    if until is not None and until < since:
        raise Refused(
            Said("失效日期不能早于施行日期。", "The last day cannot be earlier than the first."),
            "until",
        )
    standing = DeemedConsent.objects.filter(Q(until__isnull=True) | Q(until__gte=since))
    if until is not None:
        standing = standing.filter(since__lte=until)
    if standing.exists():
        raise Refused(
            Said(
                "这段时间已经有施行的规定。请先写明原规定的失效日期。",
                "A rule is in force in this time. Give the last day of that one first.",
            ),
            "since",
        )
    made = DeemedConsent.objects.create(
        since=since, until=until, basis=basis.strip(), set_by=who, set_at=doing.at
    )
    _log(made, "on", doing)
    return made


@acting()
def switch_off(pk: int, until: date, doing: Doing) -> DeemedConsent:
    """End it: ``until`` is the last day in force, today or later."""
    _allowed(doing)
    found = DeemedConsent.objects.select_for_update().get(pk=pk)
    if found.until is not None and found.until < doing.day:
        raise Refused(Said("这项规定已经失效。", "This rule has ended."))
    if until < doing.day or until < found.since:
        raise Refused(
            Said(
                "失效日期不能早于今天，也不能早于施行日期。",
                "The last day cannot be earlier than today, nor than the first day.",
            ),
            "until",
        )
    found.until = until
    found.save(update_fields=["until"])
    _log(found, "off", doing)
    return found


def _log(switch: DeemedConsent, what: str, doing: Doing) -> None:
    append(
        "deemed-consent",
        {
            "v": 1,
            "switch": what,
            "since": switch.since.isoformat(),
            "until": switch.until.isoformat() if switch.until else None,
            "basis": switch.basis,
            "at": doing.at.isoformat(timespec="seconds"),
        },
    )
