"""决定公开: decisions about companies that the public register shows. 行政许可法 40.

What was decided about a person is in the register by number; it is not told here, not even masked:
a search by name must not lead to a person.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from openhall.papers.terms import PaperKind
from openhall.permits.queries import granted_to_companies
from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    for one in granted_to_companies(day, keys):
        paper, version = one.paper, one.case.item_version
        yield Record(
            id=f"decision:{paper.number}",
            kind=RecordKind.DECISION.value,
            key=paper.number,
            root=f"decision:{paper.number}",
            title=f"{version.name}（{one.holder}）",
            title_en=f"{version.name_en} ({one.holder})",
            at=("portal:decisions",),
            number=paper.number,
            unit=paper.organ.code,
            units=(paper.organ.name, paper.organ.name_en),
            day=paper.issued_on,
            weight=0.8,
            note=(paper.number, paper.number),
        )


def _number(paper: Any) -> Iterable[str]:
    return (paper.number,) if paper.kind == PaperKind.GRANT.value else ()


DECISIONS: Final = Source(RecordKind.DECISION.value, _records, follows={"paper": _number})
