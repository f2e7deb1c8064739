"""Sending an application: once, whole, signed by everybody, by who may. 行政许可法 29, 31."""

import json
from collections import Counter

from django.utils import timezone

from openhall.applying.actions.applicant import party_of
from openhall.applying.actions.uploading import hand_files_over
from openhall.applying.models import Consent, Draft
from openhall.applying.queries import (
    Signer,
    agent_of,
    content_of,
    digest_now,
    is_offered,
    lacking,
    live_uploads,
    materials_of,
    newer_version,
    signers,
)
from openhall.applying.terms import SignatureState
from openhall.cases.actions.intake import submit
from openhall.cases.actions.record import Doing
from openhall.cases.models import Acting, Case
from openhall.cases.rules.acting import Agent, fault_of_agent
from openhall.cases.terms import ActingFor, Channel
from openhall.deeds.collecting import acting, marked
from openhall.deeds.refusals import Refused
from openhall.files.models import Upload
from openhall.files.terms import ScanState
from openhall.glossary import Said
from openhall.organs.models import Account


def refuse_signing_gaps(people: list[Signer], digest: str) -> None:
    """Refuse while anybody asked has not signed this very content."""
    for one in people:
        if one.state == SignatureState.DECLINED:
            raise Refused(
                Said(
                    f"{one.person.name}拒绝签署，不能提交。请与其协商修改，或者不再请其签署。",
                    f"{one.person.name} declined to sign, so it cannot be sent. Agree on a "
                    "change with them, or no longer ask them to sign.",
                ),
                "signatures",
            )
        if one.state == SignatureState.WAITING or (
            one.standing is not None and one.standing.digest != digest
        ):
            raise Refused(
                Said(
                    f"{one.person.name}还没有签署现在的内容。全部签署后才能提交。",
                    f"{one.person.name} has not signed what it says now. Send it once all have "
                    "signed.",
                ),
                "signatures",
            )


def refuse_uploads(uploads: list[Upload]) -> None:
    """Refuse an infected file, beside its material."""
    for one in uploads:
        if one.scan == ScanState.INFECTED.value:
            raise Refused(
                Said(
                    f"“{one.name}”查出病毒，已被删除，不能提交。请更换文件。",
                    f"“{one.name}” was infected and has been removed, so it cannot be sent. "
                    "Replace the file.",
                ),
                one.material,
            )


@acting()
def send(draft: Draft, account: Account | None) -> Case:
    """Submit the draft once: a second click answers with the same case.

    Order: sent before → still open → version in force → agent → papers → signatures → the act.
    """
    if draft.combined or draft.parent_id is not None:
        raise Refused(
            Said(
                "这是联合申请的一部分，全部事项一次提交。请在联合申请的页面提交。",
                "This is part of a joint application; all items are sent at once. Use the "
                "page of the joint application.",
            )
        )
    return send_one(draft, account)


def send_one(
    draft: Draft,
    account: Account | None,
    *,
    people: list[Signer] | None = None,
    part_days: int | None = None,
    followed_by: str = "",
) -> Case:
    """One draft into one case: alone, or as a part of a joint application, whose ``people`` have
    signed the whole already."""
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("item_version__item__organ", "case", "account")
        .get(pk=draft.pk)
    )
    if draft.case is not None:
        return draft.case
    day = timezone.localdate()
    if draft.ended:
        raise Refused(
            Said(
                "这份申请已经删除，不能提交。请从办事指南重新申请。",
                "This application was removed and cannot be sent. Apply again from the "
                "service guide.",
            )
        )
    if not is_offered(draft, day):
        raise Refused(
            Said(
                "该事项已不再办理，不能提交。请在办事指南中查找现行事项。",
                "This item is no longer handled; the application cannot be sent. Look for "
                "the item in force in the service guides.",
            ),
            "item",
        )
    if newer_version(draft, day) is not None:
        raise Refused(
            Said(
                "办事指南已更新。请先核对更新后的内容，再提交。",
                "The guide has changed. Check what changed, then send.",
            ),
            "item",
        )
    content = content_of(draft)
    party = party_of(content)
    agent = agent_of(draft, account)
    if fault := fault_of_agent(agent, party.number, day):
        raise Refused(fault[1], fault[0])
    uploads = live_uploads(draft)
    refuse_uploads(uploads)
    for gap in lacking(materials_of(draft, account, day), uploads):
        if not gap.on_paper:
            raise Refused(
                Said(
                    f"还缺少必要材料“{gap.material.name}”。请先上传。",
                    f"“{gap.material.name}” is missing and is required. Upload it first.",
                ),
                "materials",
            )
    if people is None:
        people, digest = signers(draft), digest_now(draft)
        refuse_signing_gaps(people, digest)
    facts, detail = said_with(agent, uploads, people)
    case = submit(
        draft.item_version.item.code,
        party,
        content.get("answers", {}),
        Channel.ONLINE,
        Doing(account, timezone.now(), draft.key),
        facts=facts,
        detail=detail,
        acting=authority_of(agent),
        folder_id=draft.folder_id,
        part_days=part_days,
        followed_by=followed_by,
    )
    hand_files_over(draft)
    standing = Consent.objects.filter(draft=draft, revoked_at__isnull=True)
    standing.update(case=case)
    for pk in standing.values_list("pk", flat=True):
        marked(Consent, pk)  # the submission commits to them
    Draft.objects.filter(pk=draft.pk).update(case=case)
    draft.case = case
    return case


def said_with(
    agent: Agent, uploads: list[Upload], people: list[Signer]
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
        listed = sorted([one.material, one.sha256] for one in uploads)
        detail["papers"] = json.dumps(listed)
    if people:
        facts["signatures"] = len(people)
    for place, one in enumerate(people, start=1):
        assert one.standing is not None  # refuse_signing_gaps let nobody else pass
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
