"""The lifecycle as one table: which act may be done at which stage, and where it leads.

A pair that is not in the table is refused. 行政许可法 29–44; norms 2.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from openhall.cases.terms import Act, Stage
from openhall.glossary import Said, cited

A, S = Act, Stage

TABLE: Final[Mapping[tuple[Stage | None, Act], frozenset[Stage]]] = MappingProxyType(
    {
        (None, A.SUBMIT): frozenset({S.SUBMITTED}),
        (S.SUBMITTED, A.ACCEPT): frozenset({S.ACCEPTED}),
        (S.SUBMITTED, A.DEEM_ACCEPTED): frozenset({S.ACCEPTED}),
        (S.SUBMITTED, A.ASK_FOR_SUPPLEMENT): frozenset({S.SUPPLEMENT_ASKED}),
        (S.SUBMITTED, A.DECLINE): frozenset({S.DECLINED}),
        (S.SUBMITTED, A.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.SUBMITTED, A.CORRECT): frozenset({S.SUBMITTED}),
        (S.SUBMITTED, A.ACCEPT_AT_ONCE): frozenset({S.REVIEWED}),
        (S.SUBMITTED, A.RECALENDAR): frozenset({S.SUBMITTED}),
        (S.SUPPLEMENT_ASKED, A.SUPPLEMENT): frozenset({S.SUPPLEMENTED}),
        (S.SUPPLEMENT_ASKED, A.LAPSE): frozenset({S.LAPSED}),
        (S.SUPPLEMENT_ASKED, A.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.SUPPLEMENTED, A.ACCEPT): frozenset({S.ACCEPTED}),
        (S.SUPPLEMENTED, A.ALLOW_AGAIN): frozenset({S.SUPPLEMENTED}),
        (S.SUPPLEMENTED, A.ASK_AGAIN): frozenset({S.SUPPLEMENT_ASKED}),
        (S.SUPPLEMENTED, A.DECLINE): frozenset({S.DECLINED}),
        (S.SUPPLEMENTED, A.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.SUPPLEMENTED, A.CORRECT): frozenset({S.SUPPLEMENTED}),
        (S.SUPPLEMENTED, A.ACCEPT_AT_ONCE): frozenset({S.REVIEWED}),
        (S.ACCEPTED, A.HAND_OVER): frozenset({S.HANDLING}),
        (S.ACCEPTED, A.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.ACCEPTED, A.RECALENDAR): frozenset({S.ACCEPTED}),
        (S.HANDLING, A.REVIEW): frozenset({S.REVIEWED}),
        (S.HANDLING, A.SUSPEND): frozenset({S.HANDLING}),
        (S.HANDLING, A.RESUME): frozenset({S.HANDLING}),
        (S.HANDLING, A.ASK_EXTENSION): frozenset({S.HANDLING}),
        (S.HANDLING, A.EXTEND): frozenset({S.HANDLING}),
        (S.HANDLING, A.REFUSE_EXTENSION): frozenset({S.HANDLING}),
        (S.HANDLING, A.TELL_HEARING): frozenset({S.HANDLING}),
        (S.HANDLING, A.ASK_HEARING): frozenset({S.HANDLING}),
        (S.HANDLING, A.CALL_HEARING): frozenset({S.HANDLING}),
        (S.HANDLING, A.HOLD_HEARING): frozenset({S.HANDLING}),
        (S.HANDLING, A.SITE_CHECK): frozenset({S.HANDLING}),
        (S.HANDLING, A.CONSULT): frozenset({S.HANDLING}),
        (S.HANDLING, A.OPINE): frozenset({S.HANDLING}),
        (S.HANDLING, A.REASSIGN): frozenset({S.HANDLING}),
        (S.HANDLING, A.FINISH_STEP): frozenset({S.HANDLING}),
        (S.HANDLING, A.RETURN_STEP): frozenset({S.HANDLING}),
        (S.HANDLING, A.FORWARD): frozenset({S.FORWARDED}),
        (S.HANDLING, A.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.HANDLING, A.RECALENDAR): frozenset({S.HANDLING}),
        (S.FORWARDED, A.REPLY): frozenset({S.HANDLING}),
        (S.FORWARDED, A.OPINE): frozenset({S.FORWARDED}),
        (S.FORWARDED, A.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.FORWARDED, A.RECALENDAR): frozenset({S.FORWARDED}),
        (S.REVIEWED, A.SEND_BACK): frozenset({S.HANDLING, S.ACCEPTED}),
        (S.REVIEWED, A.SUSPEND): frozenset({S.REVIEWED}),
        (S.REVIEWED, A.RESUME): frozenset({S.REVIEWED}),
        (S.REVIEWED, A.ASK_EXTENSION): frozenset({S.REVIEWED}),
        (S.REVIEWED, A.EXTEND): frozenset({S.REVIEWED}),
        (S.REVIEWED, A.REFUSE_EXTENSION): frozenset({S.REVIEWED}),
        (S.REVIEWED, A.OPINE): frozenset({S.REVIEWED}),
        (S.REVIEWED, A.DECIDE): frozenset({S.GRANTED, S.REFUSED}),
        (S.REVIEWED, A.WITHDRAW): frozenset({S.WITHDRAWN}),
        (S.REVIEWED, A.RECALENDAR): frozenset({S.REVIEWED}),
        (S.GRANTED, A.BILL): frozenset({S.GRANTED}),
        (S.GRANTED, A.SETTLE): frozenset({S.GRANTED}),
        (S.GRANTED, A.ISSUE): frozenset({S.ISSUED}),
        (S.ISSUED, A.DELIVER): frozenset({S.DELIVERED}),
        (S.REFUSED, A.DELIVER): frozenset({S.DELIVERED}),
        (S.GRANTED, A.RECALENDAR): frozenset({S.GRANTED}),
        (S.ISSUED, A.RECALENDAR): frozenset({S.ISSUED}),
        (S.REFUSED, A.RECALENDAR): frozenset({S.REFUSED}),
    }
)

NOT_YET_SENT: Final = Said("尚未提交", "Not yet sent")
ENDED: Final = frozenset({S.DELIVERED, S.DECLINED, S.WITHDRAWN, S.LAPSED})


@dataclass(frozen=True, slots=True)
class NotInTheTable(Exception):
    """The act has no place at this stage. Says what may be done instead."""

    stage: Stage | None
    act: Act

    @property
    def said(self) -> Said:
        """What cannot be done at this stage, under which clause, and what can."""
        at = Said(self.stage.zh, self.stage.en) if self.stage else NOT_YET_SENT
        able = acts_at(self.stage)
        return Said(
            f"“{at.zh}”的办件不能“{self.act.zh}”（{self.act.basis}）。"
            f"现在可以：{'、'.join(act.zh for act in able) or '无'}。",
            f"“{self.act.en}” cannot be done while the case stands at “{at.en}” "
            f"({cited(self.act.basis).en}). Possible now: "
            f"{', '.join(act.en for act in able) or 'nothing'}.",
        )

    def __str__(self) -> str:
        return self.said.zh


def acts_at(stage: Stage | None) -> tuple[Act, ...]:
    """Every act the table allows at ``stage``, in the order of the table."""
    return tuple(act for (at, act) in TABLE if at == stage)


def lead(stage: Stage | None, act: Act, to: Stage | None = None) -> Stage:
    """The stage to which ``act`` leads from ``stage``.

    Where an act can lead to several stages (a decision grants or refuses), ``to`` says which.
    Raises :class:`NotInTheTable` for any pair or target the table does not hold.
    """
    targets = TABLE.get((stage, act))
    if targets is None or (to is not None and to not in targets):
        raise NotInTheTable(stage, act)
    if to is not None:
        return to
    if len(targets) != 1:
        raise NotInTheTable(stage, act)
    return next(iter(targets))
