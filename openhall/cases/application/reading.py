"""What was sent: from the step that received it, never from what the case says today."""

import json
from dataclasses import dataclass
from datetime import datetime

from openhall.cases.application.seal import seal_of
from openhall.cases.materials import material_called
from openhall.cases.models import Case, CaseEvent
from openhall.cases.rules.applied import detail_of, grouped
from openhall.cases.terms import ActingFor, Channel
from openhall.catalogue.asking import form_of
from openhall.files.models import Upload
from openhall.forms.rules import FormDefinition, Told, told_under
from openhall.organs.terms import IdentityKind


@dataclass(frozen=True, slots=True)
class Applied:
    """One application as it was sent. Rows are pairs of what was asked and what was answered;
    the answers stand under the headings of the form.

    ``intact``: whether its digest is the one that the step which received it committed to.
    """

    case: Case
    title: str
    sent_at: datetime
    channel: Channel
    applicant: list[tuple[str, str]]
    answers: list[Told]
    papers: list[tuple[str, str]]
    signatures: int
    digest: str
    intact: bool

    @property
    def mark(self) -> str:
        return grouped(self.digest)


def applied_with(case: Case) -> Applied | None:
    """The application ``case`` began with; None where its personal data were erased."""
    event = CaseEvent.objects.filter(case=case, seq=1).first()
    if event is None:
        return None
    sealed = event.detail_under(case.salt)
    if "form" not in sealed:
        return None
    form = form_of(case.item_version) or FormDefinition("", "", ())
    papers = detail_of(sealed)
    digest = seal_of(case, papers, sealed["answers"])
    files = (
        Upload.objects.filter(folder=case.folder_id) if case.folder_id else Upload.objects.none()
    )
    named = {one.pk: one.name for one in files}
    by_digest = {one.sha256: one.name for one in files}
    return Applied(
        case=case,
        title=form.title or f"{case.item_version.name}申请表",
        sent_at=event.event_time,
        channel=Channel(case.channel),
        applicant=_applicant(case),
        answers=told_under(form, json.loads(sealed["answers"]), "zh", files=named),
        papers=[
            (material_called(case, material), by_digest.get(sha256, ""))
            for material, sha256 in papers
        ],
        signatures=int(event.facts.get("signatures", 0)),
        digest=digest,
        intact=digest == sealed["form"],
    )


def _document(kind: str) -> str:
    """The paper by which an agent is known, as it stands before the number."""
    return IdentityKind(kind).zh if kind else "身份证件号码"


def _applicant(case: Case) -> list[tuple[str, str]]:
    rows = [
        ("姓名或者名称", case.applicant_name),
        (IdentityKind(case.identity_kind).zh, case.identity_number),
        ("联系电话", case.phone or "没有电话，寄送纸质文书"),
        ("通信地址", case.address),
        ("代理人或者经办人", case.agent_name),
        (f"其{_document(case.agent_identity)}", case.agent_number),
    ]
    if (acting := getattr(case, "acting", None)) is not None:
        rows += [("申请方式", ActingFor(acting.kind).zh), ("其联系电话", acting.phone)]
    return [(label, words) for label, words in rows if words]
