"""How long a result is valid, as data: so many years, months or days, without end, or to a day.

The words of a guide are read whole or not at all: a term decides how long a right lasts, so what
cannot be read stops publication and issue; it is never taken for "no end", and no part of a longer
sentence is taken for the whole. 民法典 200–204.

A result may have several terms, one for each case, told apart by what stands before the colon:
``未满16周岁：5年；46周岁以上：长期``. Where only the decision can say it, the guide says so:
``以决定写明的为准``, with what bounds it in brackets. Who decides then chooses or states the term;
none is ever supposed.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openhall.glossary import Said
from openhall.paging.days import day_of, number_of
from openhall.paging.typed import Unreadable, narrow

ENDLESS: Final = re.compile(
    r"(?:长期|永久|无期限|无限期|没有期限|无固定期限|不设(?:有效)?期限?|不限期|终[身生]|long-?term|permanent|"
    r"noend|noexpiry|indefinite)(?:有效)?",
    re.I,
)
FORMAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖佰仟", "一二三四五六七八九百千")
NUMBER: Final = r"([0-9]{1,4}|[零〇一二两三四五六七八九十拾百千廿卅半]{1,9})"
TERM: Final = re.compile(
    rf"(?:{NUMBER}(?:个)?(?:周年|年|years?)(半)?)?"
    rf"(?:零|又|and)?(?:{NUMBER}(?:个)?(?:个月|月|months?)(半)?)?"
    rf"(?:零|又|and)?(?:{NUMBER}(?:个)?(?:日历日|自然日|日|天|days?))?"
)
WEEKS: Final = re.compile(rf"{NUMBER}(?:个)?(?:周|星期|weeks?)")
BEFORE: Final = re.compile(
    r"^(?:本证|该证|证书|许可证?|结果)?(?:的)?(?:有效期限?|期限)?(?:为|是|:)?"
    r"(?:自[^0-9]{0,12}之?日起(?:计算)?,?)?(?:有效期限?|期限)?(?:为|是|:)?"
)
AFTER: Final = re.compile(r"(?:内|以内)?(?:有效)?[。.;]?$")
BY_DECISION: Final = re.compile(
    r"(?:以|按)(?:许可|审批|批准)?(?:决定书?|证书|证件|文书|批文|批准书|合同)上?"
    r"(?:写明|载明|注明|核定|确定)的?(?:[^，。；（(]{0,8}(?:日期|日|期限|有效期))?(?:为准)?(?:[（(].*[）)])?",
    re.S,
)
APART: Final = re.compile(r"[；;\n](?![^（(]*[）)])")  # not inside brackets
UNTIL: Final = re.compile(r"(?:有效)?(?:至|到|until)(.+?)(?:止|为止)?")
LONGEST: Final = 1_000  # signs of all the terms of a result
MOST: Final = (200, 2400, 36_600)  # years, months, days


@dataclass(frozen=True, slots=True)
class Term:
    """A term of validity; ``endless`` and ``until`` stand alone."""

    years: int = 0
    months: int = 0
    days: int = 0
    until: date | None = None
    endless: bool = False

    def last_day(self, first: date) -> date | None:
        """The last day of what is valid from ``first``, that day included; None: no end.

        Counted to the day before the corresponding one; in a month that has none, its last day is
        the last (民法典 202).
        """
        if self.endless:
            return None
        if self.until is not None:
            return self.until
        last = first
        if self.years or self.months:
            last = before_corresponding(first, self.years * 12 + self.months)
        return last + timedelta(days=self.days - (not (self.years or self.months)))


def corresponding(day: date, months: int) -> date:
    """The same day of the month ``months`` later; in one that has none, its last day. 民法典 202.

    The last day of a period of which ``day``, on which it begins, is not counted (民法典 201).
    """
    ahead = day.month - 1 + months
    year, month = day.year + ahead // 12, ahead % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def before_corresponding(first: date, months: int) -> date:
    """The last day of ``months`` counted from ``first``, that day included."""
    same = corresponding(first, months)
    return same - timedelta(days=1) if same.day == first.day else same


def term_of(words: str) -> Term | None:
    """The term that ``words`` say and nothing else; None where they cannot be read so."""
    said = narrow(words).translate(FORMAL)
    said = "".join(said.split()).replace("，", ",").replace("：", ":").rstrip("。.;；")
    said = re.sub(r"^validfor", "", said, flags=re.I)
    if day := day_of(said):
        return Term(until=day)
    bare = BEFORE.sub("", said, count=1)
    if ENDLESS.fullmatch(bare) or ENDLESS.fullmatch(said):
        return Term(endless=True)
    if (found := UNTIL.fullmatch(bare)) and (day := day_of(found[1])):
        return Term(until=day)
    bare = AFTER.sub("", bare)
    if weeks := WEEKS.fullmatch(bare):
        number = number_of(weeks[1])
        return Term(days=7 * number) if number and number < 5000 else None
    if bare in ("半年", "半个年"):
        return Term(months=6)
    found = TERM.fullmatch(bare)
    if found is None or not any(found.groups()):
        return None
    years, half_year, months, half_month, days = found.groups()
    if half_month or "半" in f"{years}{months}{days}" or (half_year and months):
        return None
    told = [0 if one is None else number_of(one) for one in (years, months, days)]
    if None in told:
        return None
    whole_years, whole_months, whole_days = (one or 0 for one in told)
    made = (whole_years, whole_months + (6 if half_year else 0), whole_days)
    if not any(made) or any(one > most for one, most in zip(made, MOST, strict=True)):
        return None
    return Term(*made)


@dataclass(frozen=True, slots=True)
class Choice:
    """One term of a result: in which case (empty: always), its words, and the term they say.

    ``term`` is None where the decision states it.
    """

    when: str
    words: str
    term: Term | None

    def __str__(self) -> str:
        return f"{self.when}：{self.words}" if self.when else self.words


def told_apart(words: str) -> list[str]:
    """The words of several terms, one each, in either language."""
    if len(words) > LONGEST:
        return [words]  # no terms, whatever it is
    return [one.strip() for one in APART.split(words) if one.strip()]


def choices_of(words: str) -> list[Choice] | None:
    """The terms that a guide's words say; empty for no words, None where any cannot be read."""
    found = []
    for piece in told_apart(words):
        said = piece.strip("。.")
        choice = _choice(said)
        if choice is None:
            return None
        found.append(choice)
    return found


def _choice(said: str) -> Choice | None:
    if len(said) > LONGEST:
        return None
    if term := term_of(said):
        return Choice("", said, term)
    if BY_DECISION.fullmatch(said):
        return Choice("", said, None)
    for colon in re.finditer("[：:]", said):
        when, words = said[: colon.start()].strip(), said[colon.end() :].strip()
        term = term_of(words)
        if when and (term is not None or BY_DECISION.fullmatch(words)):
            return Choice(when, words, term)
    return None


class Unsettled(Unreadable):
    """No one term follows; ``said`` says why and what the decider does."""


def settled(guide: str, chosen: str, day: date) -> str:
    """The words of the one term that a result granted on ``day`` has.

    ``guide`` is what the guide says, ``chosen`` what the decider said ("" for nothing). A term that
    the guide fixes binds the decider; one that it leaves to the decision must be stated.

    Raises :class:`Unsettled`, also for a last day that is over.
    """
    choices, chosen = choices_of(guide), chosen.strip()
    if choices is None:
        raise Unsettled(unreadable(guide))
    fixed = [one for one in choices if one.term is not None]
    if not chosen:
        if len(choices) == 1 and fixed:
            return _not_over(fixed[0].words, day)
        raise Unsettled(_to_state(choices))
    term = term_of(chosen)
    if term is None:
        raise Unsettled(
            Said(
                f"“{chosen}”不能确定最后一日。请写“3年”“6个月”“长期”或者“至2028-12-31”。",
                f"“{chosen}” gives no last day. Write a term such as “3年” or “6个月”, “长期” for "
                "no end, or a day: “至2028-12-31”.",
            )
        )
    if len(fixed) == len(choices) and choices and term not in [one.term for one in fixed]:
        told = "；".join(str(one) for one in choices)
        raise Unsettled(
            Said(
                f"办事指南规定的有效期是：{told}。决定不能另定期限“{chosen}”，请从中选择。",
                f"The guide sets: {told}. A decision cannot set “{chosen}” instead. Choose one of "
                "them.",
            )
        )
    return _not_over(chosen, day)


def _not_over(words: str, day: date) -> str:
    term = term_of(words)
    if term is not None and term.until is not None and term.until < day:
        raise Unsettled(unreadable(words))
    return words


def unreadable(words: str) -> Said:
    """What is said where words of a guide give no last day."""
    return Said(
        f"办事指南的“结果有效期”写作“{words}”，无法确定许可的最后一日，不能办理。"
        "请先由单位把指南改为“3年”“6个月”“90日”“长期”或者“至2028-12-31”。",
        f"The guide says “{words}” for how long the result is valid, which gives no last day, "
        "so this cannot be done. Let the unit write a term such as “3年” or “长期” there.",
    )


def _to_state(choices: list[Choice]) -> Said:
    if not choices:
        return Said(
            "办事指南没有写明结果的有效期。请在决定中写明：“3年”“6个月”“长期”或者“至2028-12-31”。",
            "The guide does not say how long the result is valid. State it in the decision: a term "
            "such as “3年” or “6个月”, “长期” for no end, or a day: “至2028-12-31”.",
        )
    told = "；".join(str(one) for one in choices)
    return Said(
        f"结果的有效期因情形而异：{told}。请在决定中写明适用哪一种。",
        f"How long the result is valid depends on the case: {told}. State in the decision which "
        "one applies.",
    )
