"""Who plans, announces, unseals and publishes; who files evidence, who keys papers in.

Inspectors show a code.
"""

from datetime import date

from openhall.inspections.models import Inspection, MarkSheet, SheetEdit
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at, works_for
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def may_plan(account: Account | None, organ: Organ, day: date) -> bool:
    """The Supervision Bureau leads inspections. 成办发〔2003〕75号 二（三）."""
    return account is not None and sits_at(account, Desk.SUPERVISION, organ, day)


def may_announce(account: Account | None, inspection: Inspection, day: date) -> bool:
    """The City Government Office, and never who wrote the plan."""
    return (
        account is not None
        and account.is_active
        and account.pk != inspection.written_by_id
        and posts_of(account, day).filter(desk=Desk.GOVERNMENT_OFFICE.value).exists()
    )


def may_key_sheet(account: Account | None, sheet: MarkSheet, day: date) -> bool:
    """Key in a paper sheet: supervision or a centre, nobody of the unit, and each once."""
    if account is None or not account.is_active or works_for(account, sheet.unit.organ, day):
        return False
    desks = [Desk.SUPERVISION.value, Desk.CENTRE_MANAGER.value, Desk.INSPECTOR.value]
    if not posts_of(account, day).filter(desk__in=desks).exists():
        return False
    return not SheetEdit.objects.filter(sheet=sheet, by=account).exists()


def may_file(account: Account | None, organ: Organ, day: date) -> bool:
    """The head or the editor of the unit."""
    desks = (Desk.HEAD, Desk.EDITOR)
    return account is not None and any(sits_at(account, desk, organ, day) for desk in desks)
