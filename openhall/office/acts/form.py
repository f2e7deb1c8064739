"""What the acts on one case have in common: offered by the stage, the clock and the law."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from openhall.cases.models import Case
from openhall.cases.rules.lifecycle import acts_at
from openhall.cases.terms import Act, Stage
from openhall.desk.offers import Offer
from openhall.organs.queries import units

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
