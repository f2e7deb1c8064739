"""Who may word, seal and take back papers: deny unless a predicate here allows. A6, A14."""

from datetime import date

from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.papers.models import Paper, PaperTemplate


def may_word(account: Account, organ: Organ | None, day: date) -> bool:
    """Draft the words of papers: the organ's head or catalogue clerk; the city's, its office."""
    if organ is None:
        posts = posts_of(account, day).filter(desk=Desk.GOVERNMENT_OFFICE.value)
        return account.is_active and posts.exists()
    return any(sits_at(account, desk, organ, day) for desk in (Desk.HEAD, Desk.CATALOGUE_CLERK))


def may_approve_words(account: Account, template: PaperTemplate, day: date) -> bool:
    """The Legal Affairs Office, but never who drafted them. A14."""
    posts = posts_of(account, day).filter(desk=Desk.LEGAL.value)
    return account.is_active and account.pk not in template.writers and posts.exists()


def may_seal(account: Account, organ: Organ, day: date) -> bool:
    """Bring in a picture of the organ's seal: its head."""
    return sits_at(account, Desk.HEAD, organ, day)


def may_confirm_seal(account: Account, organ: Organ, day: date) -> bool:
    """Put it in use: another head of the organ, or who decides there. Who brought it in may not."""
    return any(sits_at(account, desk, organ, day) for desk in (Desk.HEAD, Desk.DECIDER))


def may_take_back(account: Account, paper: Paper, day: date) -> bool:
    """Take a paper back: the head of the organ that gave it."""
    return sits_at(account, Desk.HEAD, paper.organ, day)
