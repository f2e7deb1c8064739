"""决定公开: decisions about companies that the public register shows. 行政许可法 40.

What was decided about a person is in the register by number; it is not told here, not even masked:
a search by name must not lead to a person.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from openhall.papers.terms import PaperKind
from openhall.permits.queries import of_companies
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind

BATCH: Final = 500


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    for line in of_companies(keys).iterator(chunk_size=BATCH):
        case, version = line.case, line.case.item_version
        yield Record(
            id=f"decision:{case.number}",
            kind=RecordKind.DECISION.value,
            key=case.number,
            root=f"decision:{case.number}",
            title=f"{version.name}（{line.holder}）",
            title_en=f"{version.name_en} ({line.holder})",
            at=("portal:decision", case.number),
            number=case.number,
            unit=line.organ.code,
            units=(line.organ.name, line.organ.name_en),
            day=line.decided_on,
            weight=0.8,
            note=(case.number, case.number),
        )


def _case(paper: Any) -> Iterable[str]:
    return (paper.about,) if paper.kind == PaperKind.GRANT.value else ()


DECISIONS: Final = Source(RecordKind.DECISION.value, _records, follows={"paper": _case})
