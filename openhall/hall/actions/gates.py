"""What the hall says to the procedure: only who is on duty accepts. Named in ``CASE_GATES``."""

from typing import Any, Final

from openhall.cases.models import Case
from openhall.cases.terms import Act
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.hall.permissions import may_accept_item

AT_A_WINDOW: Final = frozenset(
    {Act.ACCEPT, Act.ACCEPT_AT_ONCE, Act.DECLINE, Act.ASK_FOR_SUPPLEMENT}
)


def only_on_duty(case: Case, act: Act, doing: Any) -> None:
    """Refuse what is done at a window by somebody who does not sit at one that serves the item.

    What the law itself does (no actor), what is entered afterwards with its reason, and the past
    that a demonstration invents are not.
    """
    if (
        act not in AT_A_WINDOW
        or doing.actor is None
        or doing.backfilled is not None
        or doing.entered
    ):
        return
    if may_accept_item(doing.actor, case.organ_id, case.item_id, doing.at, doing.day):
        return
    raise Refused(
        Said(
            "本单位已经进驻大厅：只有在受理这一事项的窗口当班的人员可以办理。请先在窗口签到"
            "（成办发〔2003〕75号 二（一））。",
            "This unit works in the service hall: only who is on duty at a window for this item "
            "may do this. Sign in at the window first (成办发〔2003〕75号, part 2(1)).",
        )
    )
