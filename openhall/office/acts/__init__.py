"""The acts of each desk as offers: what is asked, what it does, under which clause and key.

One module a desk; an offer names its act and hands what was typed to it, and the act decides.
"""

from openhall.desk.offers import Offer
from openhall.office.acts import beside, decider, handler, window

CASE_OFFERS: tuple[type[Offer], ...] = (
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
    beside.Attempt,
    beside.SeeOriginal,
    beside.ShowApplicant,
    beside.LeaveNote,
    beside.Bar,
)
