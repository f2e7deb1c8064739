"""One application taken as far as a test needs it, each step by its act and by who may do it.

The cast of ``tests.conftest`` walks: 王芳 applies, 李窗 accepts, 赵承 handles, 孙批 decides. Steps
come one after the other; each has its usual moment in March 2024 unless the test names another.
Nothing here sets a status.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from openhall.cases import actions
from openhall.cases.actions import Party
from openhall.cases.models import Case
from openhall.cases.terms import ApplicantKind, Channel, Delivery, Opinion, Outcome
from openhall.organs.models import Account
from openhall.organs.terms import IdentityKind
from tests import photo

NUMBER = "11010519491231002X"
WANG = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, NUMBER)
WANG_BY_PHONE = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, NUMBER, "13800000000")
# A name of three signs, so that what is masked of it can be told from what is not.
WANG_FANGFANG = Party(
    ApplicantKind.PERSON, "王芳芳", IdentityKind.RESIDENT_ID, NUMBER, "13812345678"
)
REMEDY = "可在60日内申请行政复议，或在6个月内提起行政诉讼。"
ITEM = "MZ-XK-0001"


def pictured(step: Callable[..., Case]) -> Callable[..., Case]:
    """A step from the beginning is walked once a process and written again from its picture."""

    @wraps(step)
    def walked(walk: "Walk", case: Case | None = None, *args: Any, **said: Any) -> Case:
        if case is not None or not all(isinstance(one, str) for one in (*args, *said.values())):
            return step(walk, case, *args, **said)

        def make() -> tuple[Case, int]:
            made = step(walk, None, *args, **said)
            return made, walk.doing.keys

        key = (step.__name__, walk.party, walk.day, args, tuple(sorted(said.items())))
        made, walk.doing.keys = photo.of(make, *key, walk.doing.keys)
        return made

    return walked


@dataclass(frozen=True)
class Walk:
    """Cases of ``cast``, walked by ``doing``; ``party`` applies."""

    cast: Any
    doing: Any
    party: Party = WANG
    day: str = "2024-03-04"

    def submitted(
        self,
        answers: Mapping[str, Any] | None = None,
        moment: str = "",
        *,
        channel: Channel = Channel.ONLINE,
        account: Account | None = None,
    ) -> Case:
        who = account or (self.cast.wang_fang if channel == Channel.ONLINE else None)
        when = self.doing(who, moment or f"{self.day} 09:00")
        return actions.submit(ITEM, self.party, dict(answers or {}), channel, when)

    @pictured
    def accepted(self, case: Case | None = None, moment: str = "2024-03-05 10:00") -> Case:
        case = case or self.submitted()
        actions.accept(case.pk, self.doing(self.cast.li_chuang, moment, desk="window"))
        return fresh(case)

    @pictured
    def declined(
        self,
        case: Case | None = None,
        moment: str = "2024-03-05 10:00",
        *,
        outcome: Outcome = Outcome.INELIGIBLE,
        reason: str = "年龄未达到规定的条件。",
    ) -> Case:
        case = case or self.submitted()
        window = self.doing(self.cast.li_chuang, moment, desk="window")
        actions.decline(case.pk, outcome, reason, window)
        return fresh(case)

    @pictured
    def handed_over(
        self,
        case: Case | None = None,
        moment: str = "2024-03-05 10:05",
        *,
        things: Sequence[str] = (),
    ) -> Case:
        """Accepted at the window and taken over by 赵承."""
        case = case or self.accepted()
        window = self.doing(self.cast.li_chuang, moment, desk="window")
        actions.hand_over(case.pk, self.cast.zhao_cheng, list(things), window)
        return fresh(case)

    @pictured
    def reviewed(
        self,
        case: Case | None = None,
        moment: str = "2024-03-08 15:00",
        *,
        opinion: Opinion = Opinion.GRANT,
        note: str = "材料齐全，符合条件。",
    ) -> Case:
        case = case or self.handed_over()
        handler = self.doing(self.cast.zhao_cheng, moment, desk="handler")
        actions.review(case.pk, opinion, note, handler)
        return fresh(case)

    @pictured
    def granted(self, case: Case | None = None, moment: str = "2024-03-11 10:00") -> Case:
        case = case or self.reviewed()
        decider = self.doing(self.cast.sun_pi, moment, desk="decider")
        actions.decide(case.pk, Outcome.GRANTED, "", "", decider)
        return fresh(case)

    @pictured
    def refused(
        self,
        case: Case | None = None,
        moment: str = "2024-03-12 09:00",
        *,
        reason: str = "会员人数不足五十人。",
    ) -> Case:
        if case is None:
            case = self.reviewed(opinion=Opinion.REFUSE, note="人数不足。")
        decider = self.doing(self.cast.sun_pi, moment, desk="decider")
        actions.decide(case.pk, Outcome.REFUSED, reason, REMEDY, decider)
        return fresh(case)

    @pictured
    def issued(self, case: Case | None = None, moment: str = "2024-03-13 09:00") -> Case:
        case = case or self.granted()
        actions.issue(case.pk, self.doing(self.cast.li_chuang, moment, desk="window"))
        return fresh(case)

    @pictured
    def delivered(self, case: Case | None = None, moment: str = "2024-03-13 10:00") -> Case:
        case = case or self.issued()
        window = self.doing(self.cast.li_chuang, moment, desk="window")
        actions.deliver(case.pk, Delivery.IN_PERSON, self.party.name, window)
        return fresh(case)


def fresh(case: Case) -> Case:
    """The row as it stands now."""
    return Case.objects.get(pk=case.pk)
