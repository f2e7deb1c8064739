"""Who may do what to a case: deny unless a predicate here allows. A2, A4."""

from datetime import date

from openhall.cases.models import Case, CaseEvent, StandIn
from openhall.cases.rules.separation import HANDLING_ACTS, Hands, objection
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def _hands_allow(case: Case, **more: int) -> bool:
    held = {"intake": case.intake_id, "handler": case.handler_id, "decider": case.decider_id}
    return objection(Hands(**(held | more))) is None


def is_applicant(account: Account | None, case: Case) -> bool:
    """The account the case was made with."""
    return account is not None and account.is_active and case.account_id == account.pk


def may_receive(account: Account, case: Case, day: date) -> bool:
    """Accept, ask for a supplement, decline, deliver: the window of the case's organ.

    Never somebody who applied for it, handles it or decides it.
    """
    return (
        sits_at(account, Desk.WINDOW, case.organ, day)
        and not is_applicant(account, case)
        and account.pk not in (case.handler_id, case.decider_id)
    )


def may_allow_again(account: Account, case: Case, day: date) -> bool:
    """Permit a second supplement notice: the head of the organ, never at the window himself."""
    return (
        sits_at(account, Desk.HEAD, case.organ, day)
        and not sits_at(account, Desk.WINDOW, case.organ, day)
        and not is_applicant(account, case)
    )


def may_hand_over(account: Account, case: Case, day: date) -> bool:
    """The window that accepted it, or a colleague at the same window."""
    return may_receive(account, case, day)


def may_be_handed(account: Account, case: Case, day: date) -> bool:
    """A handler of the organ who did not accept the case."""
    return sits_at(account, Desk.HANDLER, case.organ, day) and _hands_allow(
        case, handler=account.pk
    )


def stands_in(account: Account, absent_id: int, desk: Desk, organ: Organ, day: date) -> bool:
    """Whether ``account`` was named to act for somebody of the same desk who is away."""
    return StandIn.objects.filter(
        present=account,
        absent_id=absent_id,
        desk=desk.value,
        organ=organ,
        since__lte=day,
        until__gte=day,
    ).exists()


def may_handle(account: Account, case: Case, day: date) -> bool:
    """The named handler, while still at the handling desk; or who stands in while he is away.

    Never who accepted or decided it: standing in does not undo the separation.
    """
    if case.handler_id is None or not sits_at(account, Desk.HANDLER, case.organ, day):
        return False
    if case.handler_id == account.pk:
        return True
    return account.pk not in (case.intake_id, case.decider_id) and stands_in(
        account, case.handler_id, Desk.HANDLER, case.organ, day
    )


def may_decide(account: Account, case: Case, day: date) -> bool:
    """A decider of the organ through whose hands the case did not go."""
    return (
        sits_at(account, Desk.DECIDER, case.organ, day)
        and not is_applicant(account, case)
        and _hands_allow(case, decider=account.pk)
        and not _handled(account, case)
    )


def _handled(account: Account, case: Case) -> bool:
    """Whether ``account`` did a handler's act on the case, also in another's place."""
    acts = [act.value for act in HANDLING_ACTS]
    return CaseEvent.objects.filter(case=case, actor=account, act__in=acts).exists()


def may_extend(account: Account, case: Case, day: date) -> bool:
    """本机关负责人; where several organs act together, 本级人民政府负责人. 行政许可法 42."""
    organ = case.organ.parent if case.joint else case.organ
    return (
        organ is not None
        and sits_at(account, Desk.HEAD, organ, day)
        and not is_applicant(account, case)
        and not _handled(account, case)
    )


def may_reassign(account: Account, case: Case, day: date) -> bool:
    """The decider or the head of the organ gives the case to another handler."""
    return any(
        sits_at(account, desk, case.organ, day) for desk in (Desk.DECIDER, Desk.HEAD)
    ) and not is_applicant(account, case)


def may_set_stand_in(account: Account, organ: Organ, day: date) -> bool:
    """The decider or the head of the organ names who acts for whom is away."""
    return any(sits_at(account, desk, organ, day) for desk in (Desk.DECIDER, Desk.HEAD))


def may_opine(account: Account, organ: Organ, day: date) -> bool:
    """A handler, decider or head of the unit that was asked answers for it."""
    return any(
        sits_at(account, desk, organ, day) for desk in (Desk.HANDLER, Desk.DECIDER, Desk.HEAD)
    )


def may_note(account: Account, case: Case, day: date) -> bool:
    """Whoever may open the case at a desk may leave a note for colleagues."""
    return may_open(account, case, day)


def may_open(account: Account, case: Case, day: date) -> bool:
    """Read the whole case at a desk: its organ's window, decider or head, or its named handler.

    Never who applied for it, whatever post they hold: notes are not written for them.
    """
    if is_applicant(account, case):
        return False
    desks = (Desk.WINDOW, Desk.DECIDER, Desk.HEAD)
    return (
        may_handle(account, case, day)
        or any(sits_at(account, desk, case.organ, day) for desk in desks)
        or (case.joint and may_extend(account, case, day))
    )


def may_erase(account: Account, case: Case, day: date) -> bool:
    """Erase the personal data of an ended case: the head of its organ, never the applicant."""
    return sits_at(account, Desk.HEAD, case.organ, day) and not is_applicant(account, case)


def may_take_in_notice(account: Account, day: date) -> bool:
    """Take in a notice of days off, from which every due date follows: the government's office."""
    posts = posts_of(account, day).filter(desk=Desk.GOVERNMENT_OFFICE.value)
    return account.is_active and posts.exists()
