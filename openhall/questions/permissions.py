"""Who may write and publish a question guide: deny unless a predicate allows. B7, B9."""

from datetime import date

from openhall.catalogue.permissions import EVENT_EDITORS
from openhall.organs.models import Account, Organ
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.questions.models import QuestionGuide

GUIDE_EDITORS = (Desk.EDITOR, Desk.CATALOGUE_CLERK)  # of the unit's own items


def _sits(account: Account | None, desks: tuple[Desk, ...], organ: Organ | None, day: date) -> bool:
    if account is None or not account.is_active:
        return False
    held = posts_of(account, day).filter(desk__in=[desk.value for desk in desks])
    return (held if organ is None else held.filter(organ=organ)).exists()


def may_edit_questions(account: Account | None, guide: QuestionGuide, day: date) -> bool:
    """An item's guide: the editor or the catalogue clerk of its unit. A life event crosses units:

    the Government Office, or the Informatization Office that guides interactive services (B9).
    """
    if guide.item_id is None:
        return _sits(account, EVENT_EDITORS, None, day)
    return _sits(account, GUIDE_EDITORS, guide.organ, day)


def may_publish_questions(account: Account | None, guide: QuestionGuide, day: date) -> bool:
    """An item's guide: the unit's catalogue clerk. A life event: the Government Office."""
    if guide.item_id is None:
        return _sits(account, (Desk.GOVERNMENT_OFFICE,), None, day)
    return _sits(account, (Desk.CATALOGUE_CLERK,), guide.organ, day)
