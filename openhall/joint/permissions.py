"""Who may write a joint matter, and act on a joint application: deny unless a predicate allows."""

from datetime import date

from openhall.cases.permissions import is_applicant, may_opine
from openhall.catalogue.permissions import EVENT_EDITORS
from openhall.joint.models import JointCase, JointMatter, JointTask
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk


def _sits_anywhere(account: Account | None, desks: tuple[Desk, ...], day: date) -> bool:
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk__in=[desk.value for desk in desks]).exists()


def may_draft_matter(account: Account | None, lead: Organ, day: date) -> bool:
    """Write a joint matter: the offices that write life events, or the lead unit's own clerk."""
    return _sits_anywhere(account, EVENT_EDITORS, day) or (
        account is not None and sits_at(account, Desk.CATALOGUE_CLERK, lead, day)
    )


def may_edit_matter(account: Account | None, matter: JointMatter, day: date) -> bool:
    """Who may draft a matter for its lead unit may go on with it."""
    return may_draft_matter(account, matter.lead, day)


def may_publish_matter(account: Account | None, day: date) -> bool:
    """A joint matter binds several units: the Government Office publishes and ends it."""
    return _sits_anywhere(account, (Desk.GOVERNMENT_OFFICE,), day)


# ------------------------------------------------------------ handling
def owns_joint(account: Account | None, joint: JointCase) -> bool:
    """The account the joint application was made with."""
    return account is not None and account.is_active and joint.account_id == account.pk


def may_receive_joint(account: Account, joint: JointCase, day: date) -> bool:
    """Accept, ask once, decline for all units: the window of the lead, never the applicant."""
    return (
        sits_at(account, Desk.WINDOW, joint.lead, day)
        and not owns_joint(account, joint)
        and account.pk != joint.concluded_by_id
    )


def may_lead(account: Account, joint: JointCase, day: date) -> bool:
    """Call and hold meetings, give reasons, report: the lead behind its window.

    Never who accepted the application there (接办件分离), and never who applied.
    """
    return (
        may_opine(account, joint.lead, day)
        and account.pk != joint.intake_id
        and not owns_joint(account, joint)
    )


def may_conclude(account: Account, joint: JointCase, day: date) -> bool:
    """Draw the conclusion: a decider or the head of the lead."""
    decides = any(sits_at(account, desk, joint.lead, day) for desk in (Desk.DECIDER, Desk.HEAD))
    return decides and may_lead(account, joint, day)


def may_sign_notice(account: Account, task: JointTask, day: date) -> bool:
    """Sign the receipt of the joint notice: window, handler, decider or head of the unit."""
    return (
        sits_at(account, Desk.WINDOW, task.organ, day) or may_opine(account, task.organ, day)
    ) and not is_applicant(account, task.case)


def may_opine_together(account: Account, task: JointTask, day: date) -> bool:
    """Give the unit's opinion: who works behind its window and did not accept the case."""
    return (
        may_opine(account, task.organ, day)
        and account.pk != task.case.intake_id
        and not is_applicant(account, task.case)
    )


def may_extend_joint(account: Account, joint: JointCase, day: date) -> bool:
    """本级人民政府负责人: the head of the government above the lead. 行政许可法 42."""
    parent = joint.lead.parent
    return (
        parent is not None
        and sits_at(account, Desk.HEAD, parent, day)
        and not owns_joint(account, joint)
    )


def may_open_joint(account: Account, joint: JointCase, organ: Organ, day: date) -> bool:
    """Read it from a desk of ``organ``: the lead, a unit of it, the government's head."""
    works = sits_at(account, Desk.WINDOW, organ, day) or may_opine(account, organ, day)
    if not works or owns_joint(account, joint):
        return False
    if organ.pk == joint.lead_id:
        return True
    if organ.pk == joint.lead.parent_id:
        return may_extend_joint(account, joint, day)
    noticed = JointTask.objects.filter(joint=joint, organ=organ, noticed_at__isnull=False)
    return noticed.exists()


def may_switch_deemed_consent(account: Account, day: date) -> bool:
    """Set or end 超时默许、缺席默认: the office of the city's government."""
    posts = posts_of(account, day).filter(desk=Desk.GOVERNMENT_OFFICE.value)
    return account.is_active and posts.exists()
