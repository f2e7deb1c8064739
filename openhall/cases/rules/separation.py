"""接办件分离: who accepts a case never handles or decides it. 成办发〔2003〕75号 二(一).

Also a CHECK on the case and a predicate in ``permissions``.
"""

from dataclasses import dataclass
from typing import Final

from openhall.cases.terms import Act
from openhall.glossary import Said

# What the handler does; who did one of these for a handler who was away may not decide either.
HANDLING_ACTS: Final = frozenset(
    {
        Act.REVIEW,
        Act.SUSPEND,
        Act.RESUME,
        Act.ASK_EXTENSION,
        Act.TELL_HEARING,
        Act.CALL_HEARING,
        Act.HOLD_HEARING,
        Act.SITE_CHECK,
        Act.FORWARD,
        Act.REPLY,
        Act.CONSULT,
        Act.FINISH_STEP,
        Act.RETURN_STEP,
    }
)


@dataclass(frozen=True, slots=True)
class Hands:
    """Through whose hands a case went: account ids, None where nobody yet."""

    intake: int | None = None
    handler: int | None = None
    decider: int | None = None


def objection(hands: Hands) -> Said | None:
    """Why these hands may not hold one case, in plain words; None where they may."""
    if hands.intake is not None and hands.intake == hands.handler:
        return Said(
            "受理人不得承办同一办件（接办件分离，成办发〔2003〕75号）。请移交给另一位承办人。",
            "Who accepted a case cannot handle it (reception and handling are "
            "separate, 成办发〔2003〕75号). Hand it to another handler.",
        )
    if hands.intake is not None and hands.intake == hands.decider:
        return Said(
            "受理人不得批准同一办件（接办件分离，成办发〔2003〕75号）。请由另一位负责人决定。",
            "Who accepted a case cannot decide it (reception and handling are "
            "separate, 成办发〔2003〕75号). Let another head decide.",
        )
    if hands.handler is not None and hands.handler == hands.decider:
        return Said(
            "承办人不得批准自己承办的办件。请由另一位负责人决定。",
            "A handler cannot decide the case they handle. Let another head decide.",
        )
    return None
