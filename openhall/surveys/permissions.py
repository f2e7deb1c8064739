"""Who plans, announces, issues, keys in and reports: deny unless a predicate allows."""

from datetime import date

from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at, works_for
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.surveys.models import PaperKeying, Survey, SurveyUnit


def may_plan(account: Account | None, organ: Organ, day: date) -> bool:
    """The Supervision Bureau leads surveys. 成办发〔2003〕75号 二（三）."""
    return account is not None and sits_at(account, Desk.SUPERVISION, organ, day)


def may_announce(account: Account | None, survey: Survey, day: date) -> bool:
    """The City Government Office, and never who wrote the plan."""
    return (
        account is not None
        and account.is_active
        and account.pk != survey.written_by_id
        and posts_of(account, day).filter(desk=Desk.GOVERNMENT_OFFICE.value).exists()
    )


def may_key(account: Account | None, unit: SurveyUnit, day: date) -> bool:
    """Key in papers, or answer for somebody on the telephone: supervision or a centre, and nobody
    of the unit that is judged."""
    if account is None or not account.is_active or works_for(account, unit.organ, day):
        return False
    desks = [Desk.SUPERVISION.value, Desk.CENTRE_MANAGER.value, Desk.INSPECTOR.value]
    return posts_of(account, day).filter(desk__in=desks).exists()


def may_key_again(account: Account | None, paper: PaperKeying, day: date) -> bool:
    """Somebody else than the first."""
    return (
        account is not None
        and account.pk != paper.first_by_id
        and may_key(account, paper.unit, day)
    )


def may_settle(account: Account | None, paper: PaperKeying, day: date) -> bool:
    """A third, with the paper before them."""
    return may_key_again(account, paper, day) and account.pk != paper.second_by_id  # type: ignore[union-attr]
