"""How far the life of an electronic notice has come. 财库〔2021〕31号."""

from dataclasses import dataclass
from datetime import datetime

from openhall.fees.terms import NoticeStage


@dataclass(frozen=True, slots=True)
class Life:
    """When each step was taken; None: not yet."""

    issued: datetime
    checked: datetime | None = None
    settled: datetime | None = None
    entered: datetime | None = None
    archived: datetime | None = None

    def steps(self) -> list[tuple[NoticeStage, datetime | None]]:
        """Every step in order. A notice is made, numbered and sent in one act."""
        return [
            (NoticeStage.ISSUED, self.issued),
            (NoticeStage.NUMBERED, self.issued),
            (NoticeStage.SENT, self.issued),
            (NoticeStage.CHECKED, self.checked),
            (NoticeStage.SETTLED, self.settled),
            (NoticeStage.ENTERED, self.entered),
            (NoticeStage.ARCHIVED, self.archived),
        ]
