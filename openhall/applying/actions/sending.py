"""Sending an application: once, whole, signed by everybody, by who may. 行政许可法 26, 29, 31."""

import json
from collections import Counter
from collections.abc import Sequence

from django.utils import timezone

from openhall.applying.actions.applicant import party_of
from openhall.applying.actions.drafting import discard
from openhall.applying.actions.for_all import part_draft
from openhall.applying.actions.uploading import hand_files_over
from openhall.applying.application import Application, infected
from openhall.applying.models import Consent, Draft
from openhall.applying.queries import Signer, live_uploads
from openhall.applying.rooms_above import bind_together
from openhall.cases.actions.intake import submit
from openhall.cases.actions.record import Doing
from openhall.cases.application.seal import Enclosed, sealed_papers
from openhall.cases.models import Acting, Case
from openhall.cases.rules.acting import Agent
from openhall.cases.terms import ActingFor, Channel
from openhall.deeds.collecting import acting, marked
from openhall.deeds.keys import within
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import fresh_code
from openhall.files.models import Upload
from openhall.files.terms import ScanState, TrustLevel
from openhall.glossary import Said
from openhall.organs.models import Account


def refuse_uploads(uploads: list[Upload]) -> None:
    """Refuse an infected file, beside its material."""
    for one in uploads:
        if one.scan == ScanState.INFECTED.value:
            raise Refused(infected(one), one.material)


def _refuse_closed(application: Application) -> None:
    if application.draft.ended:
        raise Refused(
            Said(
                "这份申请已经删除，不能提交。请从办事指南重新申请。",
                "This application was removed and cannot be sent. Apply again from the "
                "service guide.",
            )
        )
    if not application.is_open:
        raise Refused(
            Said(
                "该事项已不再办理，不能提交。请在办事指南中查找现行事项。",
                "This item is no longer handled; the application cannot be sent. Look for "
                "the item in force in the service guides.",
            ),
            "item",
        )
    if application.is_outdated:
        raise Refused(
            Said(
                "办事指南已更新。请先核对更新后的内容，再提交。",
                "The guide has changed. Check what changed, then send.",
            ),
            "item",
        )


@acting()
def send(draft: Draft, account: Account | None) -> Case:
    """Submit every part in one transaction, or nothing at all: the case of the leading part.

    A second click answers with the same. Order: sent before → still open → guides in force →
    everything that is wrong, at once → each part → bound together, where there are several.
    """
    if draft.parent_id is not None:
        raise Refused(
            Said(
                "这是联合申请的一部分，全部事项一次提交。请在联合申请的页面提交。",
                "This is part of a joint application; all items are sent at once. Use the "
                "page of the joint application.",
            )
        )
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("item_version__item__organ", "case", "account")
        .get(pk=draft.pk)
    )
    if draft.case is not None:
        return draft.case
    application = Application(draft, account, timezone.localdate())
    _refuse_closed(application)
    if wrongs := application.wrongs:
        faults = [Fault(one.said, one.place) for one in wrongs]
        raise Refused(wrongs[0].said, wrongs[0].place, faults)
    whole, code = application.whole, ""
    enclosed = enclosed_with(application)
    if whole is not None:
        code = fresh_code()
    answers, cases = application.answers_apart(), []
    for part in application.parts:
        one = part_draft(draft, part)
        uploads = live_uploads(one)
        facts, detail = said_with(application.agent, uploads, application.people)
        case = submit(
            part.code,
            party_of(application.written.said),
            answers[part.code],
            Channel.ONLINE,
            Doing(account, timezone.now(), one.key),
            facts=facts,
            detail=detail,
            acting=authority_of(application.agent),
            folder_id=one.folder_id,
            part_days=part.days,
            followed_by=code,
            enclosed=enclosed,
        )
        _handed_over(one, case)
        cases.append(case)
    if whole is not None:
        for left in Draft.objects.filter(parent=draft, case__isnull=True, ended=""):
            discard(left)  # of a part that was taken off again
        doing = Doing(account, timezone.now(), within(draft.key, "joint"))
        bind_together(whole, cases, code, doing, enclosed)
    return next(case for case in cases if case.item_id == draft.item_version.item_id)


def _handed_over(draft: Draft, case: Case) -> None:
    """Files and consents go with the case; the draft keeps what it became."""
    hand_files_over(draft)
    standing = Consent.objects.filter(draft=draft, revoked_at__isnull=True)
    standing.update(case=case)
    for pk in standing.values_list("pk", flat=True):
        marked(Consent, pk)  # the submission commits to them
    Draft.objects.filter(pk=draft.pk).update(case=case)


def enclosed_with(application: Application) -> Enclosed:
    """What the receipt lists: the papers sent, and those still to be shown or brought."""
    had, to_show = [], [gap.material.name for gap in application.gaps if gap.on_paper]
    for row in application.papers:
        files = [one for one in application.uploads if one.material == row.material.key]
        if files:
            had.append(row.material.name + (f"（{len(files)}个文件）" if len(files) > 1 else ""))
        if any(one.trust == TrustLevel.C.value and one.repeats is None for one in files):
            to_show.append(row.material.name)
    return Enclosed(had, to_show)


def said_with(
    agent: Agent, uploads: list[Upload], people: Sequence[Signer]
) -> tuple[dict[str, object], dict[str, str]]:
    """What the submission says beside applicant and answers: public facts, private detail.

    The log commits to each signature and to each file, so neither can be exchanged afterwards.
    """
    facts: dict[str, object] = {}
    detail: dict[str, str] = {}
    if agent.kind != ActingFor.SELF:
        facts |= {"acting": agent.kind.value, "notices_to": agent.notices_to.value}
        detail["agent"] = json.dumps([agent.name, agent.number, agent.scope], ensure_ascii=False)
    if again := Counter(one.trust for one in uploads if one.repeats is not None):
        facts["reused"] = dict(sorted(again.items()))
    if uploads:
        detail["papers"] = sealed_papers(uploads)
    if people:
        facts["signatures"] = len(people)
    for place, one in enumerate(people, start=1):
        assert one.standing is not None  # nothing is sent while anybody has not signed
        said = [one.person.name, one.person.number, one.standing.digest]
        moment = one.standing.at.isoformat(timespec="seconds")
        detail[f"signature_{place}"] = json.dumps([*said, moment], ensure_ascii=False)
    return facts, detail


def authority_of(agent: Agent) -> Acting | None:
    """The authority on which the agent applies, to stand beside the case; None for oneself."""
    if agent.kind == ActingFor.SELF:
        return None
    return Acting(
        kind=agent.kind.value,
        scope=agent.scope,
        until=agent.until,
        phone=agent.phone,
        notices_to=agent.notices_to.value,
    )
