"""What the acts on one case have in common: offered by the stage, the clock and the law."""

from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.queries import Case
from openhall.cases.rules.lifecycle import acts_at
from openhall.cases.terms import Act, Stage
from openhall.desk.offers import Offer
from openhall.organs.queries import units

# What an English button says; the terms are what stands in a story: “Accepted”, “Handed over”.
VERBS = {
    Act.ACCEPT: "Accept",
    Act.ACCEPT_AT_ONCE: "Accept at once",
    Act.CORRECT: "Correct on the spot",
    Act.ASK_FOR_SUPPLEMENT: "Ask for a supplement",
    Act.ASK_AGAIN: "Ask for a supplement again",
    Act.ALLOW_AGAIN: "Permit a second notice",
    Act.SUPPLEMENT: "Take the supplement in",
    Act.DECLINE: "Decline",
    Act.HAND_OVER: "Hand over",
    Act.REVIEW: "Give an opinion",
    Act.SEND_BACK: "Send back",
    Act.SUSPEND: "Suspend the clock",
    Act.RESUME: "Resume the clock",
    Act.EXTEND: "Extend the limit",
    Act.DECIDE: "Decide",
    Act.ISSUE: "Issue",
    Act.DELIVER: "Deliver",
    Act.ASK_EXTENSION: "Ask for an extension",
    Act.REFUSE_EXTENSION: "Do not extend",
    Act.TELL_HEARING: "Tell of the right to a hearing",
    Act.ASK_HEARING: "Ask for a hearing",
    Act.CALL_HEARING: "Call the hearing",
    Act.HOLD_HEARING: "Keep the minutes of the hearing",
    Act.SITE_CHECK: "Check on site",
    Act.FORWARD: "Forward to the superior organ",
    Act.REPLY: "Enter the superior organ’s reply",
    Act.CONSULT: "Ask another unit",
    Act.REASSIGN: "Re-assign",
    Act.FINISH_STEP: "Finish the step",
    Act.RETURN_STEP: "Return the step",
}

# In a joint application these are done for all units at once, on its own page.
TOGETHER = frozenset(
    {Act.ACCEPT, Act.ACCEPT_AT_ONCE, Act.ASK_FOR_SUPPLEMENT, Act.SUPPLEMENT, Act.DECLINE}
)


class ActForm(Offer):
    """One act on a case; ``paused``: while its clock is suspended, while it runs, or either."""

    act: ClassVar[Act]
    later = True
    done = _("%(act)s: done for %(number)s")
    paused: ClassVar[bool | None] = None

    @property
    def case(self) -> Case:
        case: Case = self.subject
        return case

    @property
    def label(self) -> Any:
        english = (get_language() or "").startswith("en") and not self.title
        return VERBS.get(self.act, super().label) if english else super().label

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return (
            cls.act in acts_at(Stage(subject.stage))
            and not (subject.part_days is not None and cls.act in TOGETHER)
            and cls.paused in (None, subject.suspended_since is not None)
            and cls.fits(subject)
        )

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Whether the act makes sense on this case, beyond its stage."""
        return True

    def choose_unit(self, field: str, nobody: Any = "") -> None:
        """Let ``field`` choose among the units of the city, the case's own left out."""
        others = [one for one in units(self.day) if one.pk != self.case.organ_id]
        self.choose_rows(field, others, nobody)
