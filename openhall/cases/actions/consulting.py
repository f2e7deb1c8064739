"""Behind the window: another unit consulted inside a case, and notes between colleagues. A2.

行政许可法 26; norms 2.5. The unit that is asked sees the question and what was shared, no more.
"""

import base64
from collections.abc import Sequence
from datetime import date
from typing import Final

from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, held, record, stage_after
from openhall.cases.kinds import CASE, NOTE
from openhall.cases.models import Case, CaseEvent, CaseNote, Consultation
from openhall.cases.permissions import is_applicant, may_handle, may_note, may_opine
from openhall.cases.terms import Act, BesideAct, ConsultedOpinion
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.writer import deed, done_before, made_before, write
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.paging.typed import visible
from openhall.papers.rules import procedure_words
from openhall.papers.terms import PaperKind
from openhall.vault.rules.shred import lock


@deed(CASE, Act.CONSULT)
def consult(
    case: Case,
    organ: Organ,
    question: str,
    due_on: date,
    doing: Doing,
    *,
    answers: Sequence[str] = (),
    uploads: Sequence[int] = (),
) -> CaseEvent:
    """征求意见: ask ``organ`` by a day, and share only the answers and uploads named."""
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件的承办人可以征求其他单位意见。",
                "Only the handler of this case may consult another unit.",
            )
        )
    stage = stage_after(case, Act.CONSULT)
    if organ.pk == case.organ_id:
        raise Refused(
            Said("请选择本单位以外的单位。", "Choose a unit other than your own."), "organ"
        )
    if visible(question) < 10:
        raise Refused(
            Said(
                "请写明征求意见的问题（不少于10个字）。",
                "Write the question (at least 10 characters).",
            ),
            "question",
        )
    if due_on <= day:
        raise Refused(
            Said("答复期限应当晚于今天。", "The day for the answer must be later than today."),
            "due_on",
        )
    if Consultation.objects.filter(case=case, organ=organ, answered_at__isnull=True).exists():
        raise Refused(
            Said(
                f"正在征求{organ.name}的意见，不必重复。",
                f"{organ.name} is being consulted already; there is no need to ask again.",
            ),
            "organ",
        )
    own = set(case.uploads.filter(replaced=False).values_list("pk", flat=True))
    if foreign := set(uploads) - own:
        raise Refused(
            Said(
                f"材料{sorted(foreign)[0]}不属于本件，不能提供。",
                f"Material {sorted(foreign)[0]} is not of this case and cannot be shared.",
            ),
            "uploads",
        )
    Consultation.objects.create(
        case=case,
        organ=organ,
        question=question.strip(),
        shared={"answers": list(answers), "uploads": list(uploads)},
        asked_by=doing.actor,
        asked_at=doing.at,
        due_on=due_on,
    )
    event = record(
        case,
        Act.CONSULT,
        doing,
        stage=stage,
        changes={},
        facts={"organ": organ.code, "due_on": due_on.isoformat()},
        detail={"question": question.strip()},
    )
    words = procedure_words.consultation(matter_of(case), organ.name, question.strip(), due_on)
    give(case, PaperKind.CONSULTATION, words, doing)
    return event


@acting()
def opine(consultation_id: int, opinion: ConsultedOpinion, reason: str, doing: Doing) -> CaseEvent:
    """反馈意见 by the unit that was asked: 同意, 不同意 with the reason, or 同意但需转报."""
    asked = Consultation.objects.select_related("organ").get(pk=consultation_id)
    before: CaseEvent | None = done_before(CASE, doing, (Act.OPINE,), asked.case_id)
    if before is not None:
        return before
    case = held(asked.case_id)
    day = doing.day
    answers = doing.actor is not None and may_opine(doing.actor, asked.organ, day)
    if not answers or is_applicant(doing.actor, case):
        raise Refused(
            Said(
                "只有被征求意见单位的承办、批准人员可以反馈意见。",
                "Only handlers and deciders of the unit consulted may answer.",
            )
        )
    stage = stage_after(case, Act.OPINE)
    asked.refresh_from_db()
    if asked.answered_at is not None:
        raise Refused(
            Said(
                "本单位已经反馈意见，不能更改。",
                "Your unit has answered; the answer cannot be changed.",
            )
        )
    if opinion == ConsultedOpinion.DISAGREE and visible(reason) < 10:
        raise Refused(
            Said(
                "不同意的须写明理由（不少于10个字）。",
                "Say why you do not agree (at least 10 characters).",
            ),
            "reason",
        )
    Consultation.objects.filter(pk=asked.pk).update(
        opinion=opinion.value,
        reason=reason.strip(),
        answered_by=doing.actor,
        answered_at=doing.at,
    )
    return record(
        case,
        Act.OPINE,
        doing,
        stage=stage,
        changes={},
        facts={"organ": asked.organ.code, "opinion": opinion.value, "late": day > asked.due_on},
        detail={"reason": reason.strip()} if reason.strip() else None,
    )


MOST_NOTE: Final = 2000  # characters


@acting()
def note(case_id: int, words: str, doing: Doing) -> CaseNote:
    """A note for colleagues: encrypted, never shown to the applicant, never taken back."""
    written = kept(words, MOST_NOTE, "words")
    same = {"case_id": case_id, "words": written}
    before: CaseNote | None = made_before(NOTE, doing, BesideAct.NOTE, **same)
    if before is not None:
        return before
    case = Case.objects.select_related("organ").get(pk=case_id)
    day = doing.day
    if doing.actor is None or not may_note(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件所在单位的在岗人员可以写内部记事。",
                "Only staff on duty in the unit of this case may write internal notes.",
            )
        )
    if not words.strip():
        raise Refused(Said("请写下记事的内容。", "Write the note."), "words")
    made = CaseNote.objects.create(
        case=case,
        author=doing.actor,
        desk=doing.desk,
        sealed=lock(base64.b64decode(case.salt), "note", written),
        at=doing.at,
    )
    write(NOTE, made, BesideAct.NOTE, doing)
    return made
