"""The words of the papers: drafted by an office, seen as a sheet, approved by Legal Affairs. A6.

Who drafts does not approve; both look at the sheet first; an approved version is never changed.
"""

import hashlib
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.ledger.actions import append
from openhall.organs.models import Account, Organ
from openhall.papers.actions.giving import in_force
from openhall.papers.models import PaperTemplate
from openhall.papers.permissions import may_approve_words, may_word
from openhall.papers.rules.templates import DEFAULTS, faults_of
from openhall.papers.terms import PaperKind, TemplateState


def words_on(organ: Organ | None, kind: PaperKind, day: date) -> tuple[str, PaperTemplate | None]:
    """The words of ``kind`` in force for ``organ`` on ``day``, and the version they stand in."""
    if organ is None:
        rows = PaperTemplate.objects.filter(
            organ__isnull=True, kind=kind.value, state=TemplateState.APPROVED.value
        )
        found = rows.filter(effective_from__lte=day).order_by("-effective_from", "-version").first()
    else:
        _seal, template = in_force(organ.pk, kind, day)
        found = None if template is None else PaperTemplate.objects.get(pk=template)
    return (DEFAULTS[kind] if found is None else found.words), found


def all_words_on(organ: Organ | None, day: date) -> dict[str, PaperTemplate]:
    """For each kind of paper the version in force for ``organ`` on ``day``; one statement."""
    whose = Q(organ__isnull=True) if organ is None else Q(organ__isnull=True) | Q(organ=organ)
    rows = PaperTemplate.objects.filter(
        whose, state=TemplateState.APPROVED.value, effective_from__lte=day
    ).defer("words")
    # The organ's own stand before the city's, the newest before the older: the last one stays.
    last = rows.order_by(F("organ").asc(nulls_first=True), "effective_from", "version")
    return {row.kind: row for row in last}


def _locked(pk: int) -> PaperTemplate:
    return PaperTemplate.objects.select_for_update().get(pk=pk)


@transaction.atomic
def draft_words(
    organ: Organ | None, kind: PaperKind, words: str, account: Account, at: datetime
) -> PaperTemplate:
    """Keep a draft; the same person's open draft is written over. Refused with its first fault."""
    if not may_word(account, organ, timezone.localtime(at).date()):
        raise Refused(
            "只有本单位负责人或事项维护人员可以起草文书文字；全市文字由市政府办公厅起草。"
        )
    tidy = "\n".join(line.strip() for line in words.splitlines() if line.strip())
    if faults := faults_of(kind, tidy):
        raise Refused(faults[0], "words")
    rows = PaperTemplate.objects.filter(organ=organ, kind=kind.value)
    if rows.filter(state=TemplateState.PROPOSED.value).exists():
        raise Refused("上一版本正在法制审查，请等待审查结果后再起草。", "words")
    draft = rows.filter(state=TemplateState.DRAFT.value).first()
    if draft is None:
        last = rows.aggregate(last=Max("version"))["last"] or 0
        draft = PaperTemplate(organ=organ, kind=kind.value, version=last + 1)
    draft.words, draft.state = tidy, TemplateState.DRAFT.value
    draft.drafted_by, draft.drafted_at = account, at
    draft.drafter_saw_at = draft.legal_saw_at = None
    draft.remark = ""
    draft.save()
    return draft


@transaction.atomic
def saw(pk: int, account: Account, at: datetime) -> None:
    """The preview was drawn for ``account``: without it nothing is proposed or approved."""
    template = _locked(pk)
    if template.state == TemplateState.APPROVED:
        return
    if account.pk == template.drafted_by_id:
        template.drafter_saw_at = at
    elif may_approve_words(account, template, timezone.localtime(at).date()):
        template.legal_saw_at = at
    template.save(update_fields=["drafter_saw_at", "legal_saw_at"])


@transaction.atomic
def propose_words(pk: int, account: Account, at: datetime) -> PaperTemplate:
    """Lay the draft before the Legal Affairs Office."""
    template = _locked(pk)
    if not may_word(account, template.organ, timezone.localtime(at).date()):
        raise Refused("只有本单位负责人或事项维护人员可以提交文书文字。")
    if template.state != TemplateState.DRAFT:
        raise Refused("只有草稿可以提交审查。")
    if template.drafter_saw_at is None:
        raise Refused("请先预览成文效果，再提交法制审查。")
    template.state = TemplateState.PROPOSED.value
    template.save(update_fields=["state"])
    return template


@transaction.atomic
def approve_words(pk: int, begins: date, account: Account, at: datetime) -> PaperTemplate:
    """In force from ``begins`` on; what was given before keeps its words."""
    template = _locked(pk)
    day = timezone.localtime(at).date()
    if not may_approve_words(account, template, day):
        raise Refused(
            "文书文字由法制审查人员批准，起草人不能批准自己的文字（成办发〔2003〕75号）。"
        )
    if template.state != TemplateState.PROPOSED:
        raise Refused("只有已提交审查的文字可以批准。")
    if template.legal_saw_at is None:
        raise Refused("请先预览成文效果，再批准。")
    if begins < day:
        raise Refused("生效日期不能早于今天；已出具的文书保持原来的文字。", "begins")
    if faults := faults_of(PaperKind(template.kind), template.words):
        raise Refused(faults[0])
    template.state, template.effective_from = TemplateState.APPROVED.value, begins
    template.approved_by, template.approved_at = account, at
    template.save()
    append(
        "paper_words",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "organ": template.organ.code if template.organ else "",
            "paper": template.kind,
            "version": template.version,
            "begins": begins.isoformat(),
            "words": "sha256:" + hashlib.sha256(template.words.encode()).hexdigest(),
        },
    )
    return template


@transaction.atomic
def return_words(pk: int, remark: str, account: Account, at: datetime) -> PaperTemplate:
    """Back to its drafter, with what is to be mended."""
    template = _locked(pk)
    if not may_approve_words(account, template, timezone.localtime(at).date()):
        raise Refused("文书文字由法制审查人员审查。")
    if template.state != TemplateState.PROPOSED:
        raise Refused("只有已提交审查的文字可以退回。")
    if not remark.strip():
        raise Refused("请写明需要修改什么。", "remark")
    template.state, template.remark = TemplateState.DRAFT.value, remark.strip()[:300]
    template.legal_saw_at = None
    template.save(update_fields=["state", "remark", "legal_saw_at"])
    return template
