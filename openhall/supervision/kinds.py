"""What deeds of this room are done to."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from openhall.deeds.kinds import Founding, Kind, Owned, register
from openhall.glossary import Said, Term
from openhall.supervision.models import (
    BonusRow,
    BonusRule,
    Card,
    CaseFileReview,
    Complaint,
    DeductionRow,
    Issue,
    Notice,
    SampleDraw,
    Score,
    ScoreWeight,
    SupervisionDeed,
    SupervisionRule,
    WeightSet,
)
from openhall.supervision.terms import (
    CardAct,
    ComplaintAct,
    DrawAct,
    IssueAct,
    ReviewAct,
    RuleAct,
    ScoreAct,
    Subject,
    WeightsAct,
)

SEEDS: Final = Path(__file__).parent / "seeds"
FIRST_DAY: Final = date(2010, 1, 1)  # 成府发〔2009〕53号


def _seeds(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((SEEDS / name).read_text(encoding="utf-8"))
    return rows


def _rules() -> Iterator[Founding]:
    for row in _seeds("rules.json"):
        yield Founding(SupervisionRule(effective_from=FIRST_DAY, **row))


def _weights() -> Iterator[Founding]:
    weights, bonuses = _seeds("weights.json"), _seeds("bonuses.json")
    yield Founding(
        WeightSet(effective_from=FIRST_DAY, basis=weights[0]["basis"]),
        {
            "weight": [ScoreWeight(**row) for row in weights],
            "bonus": [BonusRule(**row) for row in bonuses],
        },
    )


def _kind(subject: Subject, model: Any, acts: type[Term], **more: Any) -> Kind:
    return register(
        Kind(
            name=subject.value,
            model=model,
            events=SupervisionDeed,
            acts=acts,
            title=Said(subject.zh, subject.en),
            columns=("state",),
            **more,
        )
    )


def _of_its_unit(row: Any) -> dict[str, str]:
    return {"organ": row.organ.code}


CARD = _kind(
    Subject.CARD,
    Card,
    CardAct,
    related=("organ", "rule", "case"),
    tells=_of_its_unit,
    owns=[Owned("notice", Notice, "card")],
)
COMPLAINT = _kind(
    Subject.COMPLAINT,
    Complaint,
    ComplaintAct,
    related=("organ", "case"),
    tells=_of_its_unit,
    loose={"code_blind": "An index of the code that opens it, made from it."},
)
ISSUE = _kind(Subject.ISSUE, Issue, IssueAct, related=("organ",), tells=_of_its_unit)
DRAW = _kind(Subject.DRAW, SampleDraw, DrawAct)
REVIEW = _kind(
    Subject.REVIEW,
    CaseFileReview,
    ReviewAct,
    related=("draw", "case", "organ"),
    number=lambda review: f"{review.draw.number}/{review.case.number}",
    tells=_of_its_unit,
)
SCORE = _kind(
    Subject.SCORE,
    Score,
    ScoreAct,
    related=("organ",),
    number=lambda score: f"{score.organ.code}/{score.month:%Y-%m}",
    # Until it is audited a score binds nobody: it is counted anew each night.
    bound=lambda scores: scores.filter(frozen_at__isnull=False),
    owns=[Owned("deduction", DeductionRow, "score"), Owned("bonus", BonusRow, "score")],
)
RULE = _kind(
    Subject.RULE,
    SupervisionRule,
    RuleAct,
    number=lambda rule: f"{rule.code}/{rule.effective_from.isoformat()}",
    founding=_rules,
)
WEIGHTS = _kind(
    Subject.WEIGHTS,
    WeightSet,
    WeightsAct,
    number=lambda one: one.effective_from.isoformat(),
    founding=_weights,
    owns=[Owned("weight", ScoreWeight, "set"), Owned("bonus", BonusRule, "set")],
)
KINDS: Final = {
    Subject(kind.name): kind
    for kind in (CARD, COMPLAINT, ISSUE, DRAW, REVIEW, SCORE, RULE, WEIGHTS)
}
