"""Recording what a newer document does to an older one; struck where it was wrong. B3, 47号."""

from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.paging.typed import visible
from openhall.policies.kinds import LINK
from openhall.policies.models import PolicyDocument, PolicyLink
from openhall.policies.permissions import may_link
from openhall.policies.terms import LinkAct, LinkKind

ONLY_LEGAL = Said(
    "只有法制办可以登记文件的修改、替代、废止和解读。",
    "Only the Legal Affairs Office records what amends, replaces, annuls or explains a document.",
)


@acting()
def record(
    newer: PolicyDocument, older: PolicyDocument, kind: LinkKind, since: date, doing: Doing
) -> PolicyLink:
    """登记文件关系: from ``since`` on both pages say it."""
    before: PolicyLink | None = made_before(LINK, doing, LinkAct.RECORD, newer_id=newer.pk)
    if before is not None:
        return before
    if not may_link(doing.actor, doing.day):
        raise Refused(ONLY_LEGAL)
    return recorded(newer, older, kind, since, doing)


def recorded(
    newer: PolicyDocument, older: PolicyDocument, kind: LinkKind, since: date, doing: Doing
) -> PolicyLink:
    """The same without asking who: for a library that is brought in. Within an act."""
    if newer.pk == older.pk:
        raise Refused(Said("请选择两个不同的文件。", "Choose two different documents."), "older")
    if PolicyLink.objects.filter(newer=newer, older=older, kind=kind.value, struck=False).exists():
        raise Refused(Said("这个关系已经登记。", "This is recorded already."), "older")
    link = PolicyLink.objects.create(newer=newer, older=older, kind=kind.value, since=since)
    write(LINK, link, LinkAct.RECORD, doing, facts={"kind": kind.value, "since": since.isoformat()})
    _heard(link)
    return link


@deed(LINK, LinkAct.STRIKE)
def strike(link: PolicyLink, reason: str, doing: Doing) -> Deed:
    """撤销登记: it counts no more; the record stays."""
    if not may_link(doing.actor, doing.day):
        raise Refused(ONLY_LEGAL)
    if link.struck:
        raise Refused(Said("已经撤销。", "It is struck already."))
    if visible(reason) < 5:
        raise Refused(
            Said("请写明理由，不少于5个字。", "Say why, in at least 5 characters."), "reason"
        )
    done = write(
        LINK,
        link,
        LinkAct.STRIKE,
        doing,
        changes={"struck": True},
        facts={"reason": reason.strip()},
    )
    _heard(link)
    return done


def _heard(link: PolicyLink) -> None:
    for path in settings.POLICY_FOLLOWS:
        import_string(path)([link.newer.source_id, link.older.source_id])
