"""A permit after it was issued: its term, its renewal, its end; and who may not apply again.

行政许可法 8, 49, 50, 69, 70, 78, 79.
"""

from datetime import date, timedelta
from typing import Final

from openhall.catalogue.rules.validity import corresponding, term_of, unreadable
from openhall.glossary import Said, cited
from openhall.permits.terms import BanGround, LicenceState

ASK_BEFORE: Final = timedelta(days=30)  # 届满三十日前 (50): days of the calendar
BARRED_YEARS: Final = {BanGround.FALSE_MATERIALS: 1, BanGround.DECEIT: 3}  # 78, 79


class UnreadableTerm(ValueError):
    """The guide's words do not say how long the permit is valid; ``said`` says what to do."""

    def __init__(self, words: str) -> None:
        self.said = unreadable(words)
        super().__init__(words)


def valid_until(issued: date, words: str) -> date | None:
    """The last day of a permit issued on ``issued`` with the term ``words``; None: no end.

    Raises :class:`UnreadableTerm` for no words, for such as cannot be read, and for a fixed day
    that is over: no term is ever supposed.
    """
    term = term_of(words)
    if term is None or (term.until is not None and term.until < issued):
        raise UnreadableTerm(words)
    return term.last_day(issued)


def state_on(state: LicenceState, until: date | None, today: date) -> LicenceState:
    """What the permit is ``today``: a term that ran out is told from its date."""
    if state == LicenceState.VALID and until is not None and today > until:
        return LicenceState.EXPIRED
    return state


def last_day_to_ask(until: date) -> date:
    """The last day on which a renewal may be asked for."""
    return until - ASK_BEFORE


def objection_to_renewal(
    state: LicenceState, until: date | None, today: date, *, open_request: bool
) -> Said | None:
    """Why a renewal cannot be asked for, in plain words; None where it can."""
    if until is None:
        return Said(
            "该许可没有有效期，不需要延续。", "This permit has no end and needs no renewal."
        )
    now = state_on(state, until, today)
    if now != LicenceState.VALID:
        return Said(
            f"该许可{now.zh}，不能延续。请重新申请。",
            f"This permit stands as “{now.en}” and cannot be renewed. Apply anew.",
        )
    if open_request:
        return Said(
            "已有一份申请尚未决定，请等待决定。", "A request waits for its decision. Wait for it."
        )
    if today > last_day_to_ask(until):
        return Said(
            f"延续应当在有效期届满三十日前申请，最迟{last_day_to_ask(until):%Y-%m-%d}"
            "（行政许可法 50）。请重新申请许可。",
            "Ask for renewal thirty days before the permit ends, by "
            f"{last_day_to_ask(until):%Y-%m-%d} (Administrative Licensing Law, art. "
            "50). Apply for a new permit.",
        )
    return None


def is_deemed_renewed(until: date | None, today: date) -> bool:
    """Asked for in time and not decided by the last day: renewed. 行政许可法 50."""
    return until is not None and today > until


def renewed_until(until: date, words: str) -> date | None:
    """A renewal adds the published term to the day on which the old one ends; None: no end.

    Raises :class:`UnreadableTerm`.
    """
    return valid_until(until + timedelta(days=1), words)


def barred_until(ground: BanGround, since: date) -> date:
    """The last day on which the applicant may not apply for this matter again.

    The day of the decision is not counted (民法典 201).
    """
    return corresponding(since, 12 * BARRED_YEARS[ground])


def sentence_of_ban(ground: BanGround, until: date) -> Said:
    """What an applicant who is barred is told."""
    return Said(
        f"{barred_until_words(ground, until).zh}（{ground.basis}）。"
        "如有异议，可以依法申请行政复议或者提起行政诉讼。",
        f"{barred_until_words(ground, until).en} ({cited(ground.basis).en}). If you "
        "disagree, apply for reconsideration or bring a lawsuit.",
    )


def barred_until_words(ground: BanGround, until: date) -> Said:
    """Why and until when, as the paper says it."""
    return Said(
        f"申请人因{ground.zh}，在{until:%Y-%m-%d}（含当日）前不得再次申请该事项",
        f"The applicant may not apply for this item again until {until:%Y-%m-%d} "
        f"inclusive: {ground.en}",
    )
