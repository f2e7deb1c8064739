"""问答: questions that were published with their answers, personal data removed. A8."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from openhall.enquiries.queries import published
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind

BATCH: Final = 500
BODY: Final = 2000


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    for one in published(keys=keys).iterator(chunk_size=BATCH):
        yield Record(
            id=f"answer:{one.number}",
            kind=RecordKind.ANSWER.value,
            key=one.number,
            root=f"answer:{one.number}",
            title=one.public_title,
            at=("portal:answer", one.number),
            body=f"{one.public_text}\n{one.public_answer}"[:BODY],
            number=one.number,
            unit=one.organ.code,
            units=(one.organ.name, one.organ.name_en),
            day=one.published_on,
            note=(one.public_answer[:120], one.public_answer[:120]),
        )


def _number(enquiry: Any) -> Iterable[str]:
    return (enquiry.number,)


def _public(keys: list[str], day: date) -> set[str]:
    return set(published(keys=keys).values_list("number", flat=True))


ANSWERS: Final = Source(RecordKind.ANSWER.value, _records, {"enquiry": _number}, _public)
