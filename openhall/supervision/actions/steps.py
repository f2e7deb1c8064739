"""Where an act leads, and that what must be worded is worded."""

from collections.abc import Mapping
from typing import Any

from openhall.deeds.refusals import Refused
from openhall.glossary import Said, Term
from openhall.supervision.rules.lifecycle import NoSuchStep, lead


def led(table: Mapping[Any, Any], state: Term, act: Term) -> Any:
    """Where ``act`` leads; a pair outside the table becomes a refusal people can read."""
    try:
        return lead(table, state, act)
    except NoSuchStep as error:
        raise Refused(error.said) from error


def worded(words: str, least: int, what: Said, field: str = "words", basis: str = "") -> str:
    """``words`` without blanks around them; refused if shorter than ``least`` characters."""
    written = words.strip()
    if len(written) < least:
        clause = f"（{basis}）" if basis else ""
        of_clause = f" ({basis})" if basis else ""
        raise Refused(
            Said(
                f"请写明{what.zh}，不少于{least}个字{clause}。",
                f"Write {what.en}, in at least {least} characters{of_clause}.",
            ),
            field,
        )
    return written
