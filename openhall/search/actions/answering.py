"""“This answered it” and “this is not what I need”: said by residents, settled by staff. B8.

What is said is counted, without a word of who said it. Confirmed by staff it becomes the memory
that questions are answered from; what nobody found goes to the unit of the best result.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from openhall.deeds.refusals import Refused, kept
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.paging.typed import fault_of_text
from openhall.search.actions.counting import countable
from openhall.search.index.node import node
from openhall.search.models import LONGEST_QUERY, AnswerSaid, JudgedQuery
from openhall.search.permissions import may_settle_answers
from openhall.search.rules.reading import read
from openhall.search.terms import AnswerState

NOT_YOURS: Final = Said(
    "检索反馈和评测由信息化办或者市政府办公厅处理（成办发〔2003〕75号 二（二））。",
    "What residents say of answers, and judgements, are for the Informatization Office or the "
    "Government Office (成办发〔2003〕75号, part 2(2)).",
)
SETTLED: Final = Said("这条反馈已经处理。", "This has been settled already.")
GRADES: Final = (0, 1, 2, 3)


def say(typed: str, record: str = "", unit: str = "") -> bool:
    """Keep that ``record`` answered ``typed``, or (empty) that nothing did; whether it was kept.

    What looks like a person's number is not kept, and nothing is that the index does not hold.
    """
    query = countable(read(typed)) if fault_of_text(typed + record + unit) is None else ""
    if not query:
        return False
    title = root = ""
    if record:
        store = node().ready()
        numbers = store.numbers_of([record]) if store is not None else {}
        if store is None or record not in numbers:
            return False
        known = store.records([numbers[record]])[numbers[record]]
        title, root, unit = known.title, known.root, known.unit
    now = timezone.now()
    with transaction.atomic():
        row, made = AnswerSaid.objects.get_or_create(
            query=query[:LONGEST_QUERY],
            record=record,
            defaults={
                "root": root,
                "unit": unit[:40],
                "title": title[:300],
                "first_at": now,
                "last_at": now,
            },
        )
        if not made:
            AnswerSaid.objects.filter(pk=row.pk).update(times=F("times") + 1, last_at=now)
    return True


def settle(pk: int, by: Account, at: datetime, *, confirm: bool, reason: str = "") -> AnswerSaid:
    """Staff confirm that the record answers the question, or do not take it, with a reason."""
    if not may_settle_answers(by, timezone.localdate(at)):
        raise Refused(NOT_YOURS)
    if not confirm and not reason.strip():
        raise Refused(
            Said("请写明不采纳的理由。", "Say why it is not taken."),
            "reason",
        )
    with transaction.atomic():
        row = AnswerSaid.objects.select_for_update().get(pk=pk)
        if row.state != AnswerState.SAID.value:
            raise Refused(SETTLED)
        row.state = (AnswerState.CONFIRMED if confirm else AnswerState.REFUSED).value
        row.settled_at, row.settled_by, row.reason = at, by, kept(reason, 200, "reason")
        row.save()
    return row


def judge(typed: str, record: str, grade: int, by: Account, at: datetime) -> JudgedQuery:
    """Staff say how well ``record`` answers ``typed``: 3 best, 1 of some use, 0 takes it back."""
    if not may_settle_answers(by, timezone.localdate(at)):
        raise Refused(NOT_YOURS)
    query = read(typed).folded[:LONGEST_QUERY]
    if not query or grade not in GRADES or not record.strip():
        raise Refused(
            Said(
                "请填写检索词、结果和等级（0至3）。",
                "Give a query, a record and a grade from 0 to 3.",
            ),
            "query",
        )
    with transaction.atomic():
        row, _made = JudgedQuery.objects.get_or_create(
            query=query, defaults={"judged_at": at, "judged_by": by}
        )
        answers = {**row.answers, kept(record, 160, "record"): grade}
        row.answers = {one: kept for one, kept in answers.items() if kept}
        row.judged_at, row.judged_by = at, by
        row.save()
    return row
