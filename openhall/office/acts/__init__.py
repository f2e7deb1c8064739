"""The acts of each desk as short forms: what is asked, what it does, under which clause and key.

One module a desk; a form names its act and hands what was typed to it, and the act decides.
"""

from datetime import date
from typing import Any

from openhall.cases.models import Case
from openhall.cases.rules.lifecycle import acts_at
from openhall.cases.terms import Act, Stage
from openhall.office.acts import decider, handler, window
from openhall.office.acts.form import ActForm
from openhall.organs.terms import Desk

FORMS: tuple[type[ActForm], ...] = (
    window.AcceptAtOnce,
    window.Accept,
    window.Correct,
    window.AskForSupplement,
    window.AskAgain,
    window.TakeSupplement,
    window.Decline,
    window.HandOver,
    window.AskHearing,
    handler.Reply,
    handler.HoldHearing,
    handler.CallHearing,
    handler.FinishStep,
    handler.Review,
    handler.Suspend,
    handler.Resume,
    handler.AskExtension,
    handler.SiteCheck,
    handler.Consult,
    handler.TellHearing,
    handler.Forward,
    handler.ReturnStep,
    decider.AllowAgain,
    decider.Decide,
    decider.SendBack,
    decider.Extend,
    decider.RefuseExtension,
    decider.Reassign,
    window.Issue,
    window.Deliver,
)

# In a joint application these are done for all units at once, on its own page.
TOGETHER = frozenset(
    {
        Act.ACCEPT,
        Act.ACCEPT_AT_ONCE,
        Act.ASK_FOR_SUPPLEMENT,
        Act.SUPPLEMENT,
        Act.DECLINE,
    }
)


def forms_for(case: Case, desk: Desk, day: date) -> list[ActForm]:
    """The acts that ``desk`` may do at the stage of ``case``, unbound."""
    lawful = acts_at(Stage(case.stage))
    paused = case.suspended_since is not None
    return [
        form(case=case, day=day)
        for form in FORMS
        if form.act in lawful
        and not (case.part_days is not None and form.act in TOGETHER)
        and desk in form.desks
        and form.paused in (None, paused)
        and form.offered(case)
    ]


def form_named(act: str, case: Case, desk: Desk, day: date, typed: Any) -> ActForm | None:
    """The form of ``act`` at ``desk`` with what was typed; None if the desk has no such act."""
    for form in FORMS:
        if form.act.value == act and desk in form.desks:
            return form(typed, case=case, day=day)
    return None


__all__ = ["FORMS", "ActForm", "form_named", "forms_for"]
