"""Writing organs, accounts and posts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import done_before, held, write
from openhall.glossary import Said
from openhall.organs.kinds import COMPANY, ORGAN, POSTING
from openhall.organs.models import Account, Agency, Company, Organ, Post
from openhall.organs.rules.identity import document_number, fault_of_person, kind_of_document
from openhall.organs.terms import AgencyKind, CompanyAct, Desk, IdentityKind, OrganAct, PostAct
from openhall.paging.typed import fault_of_text, text_of
from openhall.vault.fields import blind


@acting()
def found(doing: Doing | None = None, **said: Any) -> Organ:
    """Found an organ with the columns ``said``. Without ``doing`` it is the operator's, done now.

    Raises ``IntegrityError`` where its code is taken.
    """
    organ = Organ.objects.create(**said)
    doing = doing or _operators(OrganAct.FOUND, organ.code)
    write(ORGAN, organ, OrganAct.FOUND, doing, facts={"kind": organ.kind})
    return organ


@acting()
def change(organ: Organ, doing: Doing, **said: Any) -> None:
    """Change the columns ``said`` of ``organ``; nothing where they stand so already."""
    held_now = held(ORGAN, organ.pk, doing)
    changes = {name: value for name, value in said.items() if getattr(held_now, name) != value}
    if changes and done_before(ORGAN, doing, (OrganAct.CHANGE,), organ.pk) is None:
        facts = {"changed": sorted(changes)}
        write(ORGAN, held_now, OrganAct.CHANGE, doing, changes=changes, facts=facts)


@acting()
def enter_company(doing: Doing, **said: Any) -> Company:
    """Enter a body other than an organ with the columns ``said``."""
    company = Company.objects.create(**said)
    write(COMPANY, company, CompanyAct.ENTER, doing)
    return company


@acting()
def entrust(
    company: Company, account: Account, kind: AgencyKind, since: date, doing: Doing
) -> Agency:
    """Let ``account`` act for ``company`` from ``since`` on. 行政许可法 29."""
    same = {"account": account, "company": company, "kind": kind.value, "since": since}
    if agency := Agency.objects.filter(**same).first():
        return agency
    agency = Agency.objects.create(**same, confirmed_by=doing.actor)
    facts = {"kind": kind.value, "since": since.isoformat()}
    write(COMPANY, held(COMPANY, company.pk, doing), CompanyAct.ENTRUST, doing, facts=facts)
    return agency


@transaction.atomic
def introduce(
    account: Account,
    *,
    real_name: str,
    id_number: str,
    phone: str,
    id_kind: IdentityKind | None = None,
) -> Account:
    """Say who stands behind ``account``. Raises :class:`Refused` on a bad check digit."""
    id_number = document_number(id_number)
    id_kind = id_kind or kind_of_document(id_number)
    if fault := fault_of_person(id_number, timezone.localdate(), id_kind):
        raise Refused(fault, "id_number")
    account.real_name, account.id_number, account.phone = real_name, id_number, phone
    account.id_kind, account.id_blind = id_kind.value, blind(id_number)
    account.save(update_fields=["real_name", "id_kind", "id_number", "id_blind", "phone"])
    return account


@acting()
def appoint(
    account: Account,
    organ: Organ,
    desk: Desk,
    since: date,
    title: str = "",
    doing: Doing | None = None,
) -> Post:
    """Give ``account`` a desk from ``since`` on; appointing twice gives the one post.

    Without ``doing`` it is the operator's work, done now.
    """
    same = {"account": account, "organ": organ, "desk": desk.value, "since": since}
    if post := Post.objects.filter(**same).first():
        return post
    if not account.is_official:
        account.is_official = True
        account.save(update_fields=["is_official"])
    post = Post.objects.create(**same, title=title)
    write(
        POSTING,
        post,
        PostAct.APPOINT,
        doing or _operators(PostAct.APPOINT, post.pk),
        facts={"since": since.isoformat()},
    )
    return post


@acting()
def relieve(post: Post, last_day: date, doing: Doing | None = None) -> Post:
    """End ``post`` after ``last_day``; the record stays."""
    doing = doing or _operators(PostAct.RELIEVE, post.pk, last_day.isoformat())
    if done_before(POSTING, doing, (PostAct.RELIEVE,), post.pk) is None:
        write(
            POSTING,
            held(POSTING, post.pk, doing),
            PostAct.RELIEVE,
            doing,
            changes={"until": last_day},
            facts={"until": last_day.isoformat()},
        )
    post.refresh_from_db()
    return post


def _operators(act: OrganAct | PostAct, *parts: object) -> Doing:
    about = "post" if isinstance(act, PostAct) else "organ"
    return Doing(None, timezone.now(), system_key(about, act.value, *parts))


# How a unit is reached: guides and pages without words of their own say it.
CONTACT: Final = ("phone", "complaint_phone", "address", "address_en", "hours", "hours_en")


MOST_VIEWS = 12  # of one person; more is a list to search


def _short(words: str, most: int, field: str) -> None:
    """Raises :class:`Refused` for words too long to keep, or with a sign that cannot be kept."""
    if len(words) > most:
        raise Refused(
            Said(
                f"“{words[:10]}…”有{len(words)}个字，最多{most}个。请缩短。",
                f"“{words[:10]}…” has {len(words)} signs; at most {most}. Shorten it.",
            ),
            field,
        )
    if fault := fault_of_text(words):
        raise Refused(fault, field)


def keep_view(account: Account, at: str, name: str, query: str) -> None:
    """Keep how a queue is narrowed under ``name``; one of the same name at the desk is replaced.

    A convenience of one person's screen, nothing of legal effect: no deed.
    """
    _short(name, LONGEST_NAME, "name")
    _short(query, LONGEST_QUERY, "name")
    others = [one for one in account.views if (one["at"], one["name"]) != (at, name)]
    account.views = [*others, {"at": at, "name": name, "query": query}][-MOST_VIEWS:]
    account.save(update_fields=["views"])


def drop_view(account: Account, at: str, name: str) -> None:
    """Drop the view of this name; nothing where there is none."""
    account.views = [one for one in account.views if (one["at"], one["name"]) != (at, name)]
    account.save(update_fields=["views"])


MOST_PHRASES, LONGEST_PHRASE = 30, 200
LONGEST_NAME, LONGEST_QUERY = 30, 2_000


def keep_phrases(organ: Organ, said: Mapping[str, Iterable[str]]) -> None:
    """The phrases for each act of ``said``; those of other acts stay. No deed: words to copy.

    Raises :class:`Refused` rather than cut one.
    """
    kept = {
        act: list(dict.fromkeys(text_of(line) for line in lines if text_of(line)))
        for act, lines in said.items()
    }
    for act, lines in kept.items():
        if len(lines) > MOST_PHRASES:
            raise Refused(Said(f"最多{MOST_PHRASES}句。", f"At most {MOST_PHRASES} phrases."), act)
        for line in lines:
            _short(line, LONGEST_PHRASE, act)
    organ.phrases = organ.phrases | kept
    organ.save(update_fields=["phrases"])
