"""The records of supervision."""

from openhall.supervision.models.card import Card, Notice, PreWarning
from openhall.supervision.models.complaint import Complaint
from openhall.supervision.models.deed import SupervisionDeed
from openhall.supervision.models.issue import Issue
from openhall.supervision.models.reading import Cursor, LagMonth, LateEntry
from openhall.supervision.models.review import CaseFileReview, SampleDraw
from openhall.supervision.models.rule import BonusRule, ScoreWeight, SupervisionRule, WeightSet
from openhall.supervision.models.score import BonusRow, DeductionRow, Score
from openhall.supervision.models.serial import Serial

__all__ = [
    "BonusRow",
    "BonusRule",
    "Card",
    "CaseFileReview",
    "Complaint",
    "Cursor",
    "DeductionRow",
    "Issue",
    "LagMonth",
    "LateEntry",
    "Notice",
    "PreWarning",
    "SampleDraw",
    "Score",
    "ScoreWeight",
    "Serial",
    "SupervisionDeed",
    "SupervisionRule",
    "WeightSet",
]
