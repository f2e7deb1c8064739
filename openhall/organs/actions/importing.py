"""Organs and posts from a table: the first thing a city brings in, and how it changes them later.

All or nothing; every fault is told with its line. A line that says what stands already does
nothing, so the same file, corrected, may be taken in again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction

from openhall.deeds.collecting import acting, close_deeds
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Fault, Refused
from openhall.glossary import Said, Term
from openhall.organs.actions import appoint, change, found, relieve
from openhall.organs.models import Account, Organ, Post
from openhall.organs.terms import Desk, OrganKind

Lines = Iterable[tuple[int, Mapping[str, str]]]
NOT_AN_ORGANS: Final = frozenset({"id", "seq", "phrases"})
ORGAN_COLUMNS: Final = tuple(
    field.name for field in Organ._meta.concrete_fields if field.name not in NOT_AN_ORGANS
)
POST_COLUMNS: Final = ("username", "name", "organ", "desk", "title", "since", "until")
DATES: Final = frozenset({"opened_on", "closed_on", "since", "until"})


@dataclass(slots=True)
class Taken:
    """What an import did, or would do."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


class _Wrong(Exception):
    """A line cannot be taken; the two sentences say why."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(zh)


def import_organs(lines: Lines, doing: Doing, *, dry_run: bool = False) -> Taken:
    """Found the organs that are new, change those that differ; columns that are absent stay.

    Raises :class:`Refused` with every fault; then nothing was changed.
    """
    return _all_or_nothing(lines, ORGAN_COLUMNS, ("code", "kind", "name"), _organ, doing, dry_run)


def import_posts(lines: Lines, doing: Doing, *, dry_run: bool = False) -> Taken:
    """Seat people at desks, and end posts whose last day is given; accounts that lack are made.

    An account made here cannot sign in until it is given a password. Raises as above.
    """
    needed = ("username", "organ", "desk", "since")
    return _all_or_nothing(lines, POST_COLUMNS, needed, _post, doing, dry_run)


def _all_or_nothing(
    lines: Lines,
    columns: tuple[str, ...],
    needed: tuple[str, ...],
    take: Callable[[dict[str, Any], Doing], str],
    doing: Doing,
    dry_run: bool,
) -> Taken:
    done, faults = Taken(), []
    with acting():
        for line, row in lines:
            try:
                way = take(_read(row, columns, needed), doing.part(f"line-{line}"))
            except _Wrong as wrong:
                faults.append(
                    Fault(Said(f"第{line}行：{wrong.zh}", f"Line {line}: {wrong.en}"), str(line))
                )
            else:
                setattr(done, way, getattr(done, way) + 1)
        if faults:
            many = len(faults)
            raise Refused(
                Said(
                    f"{many}行有错，没有导入任何内容。请改正后重试。",
                    f"{many} lines are wrong, and nothing was taken in. Correct them, then again.",
                ),
                faults=faults,
            )
        if dry_run:
            close_deeds()
            transaction.set_rollback(True)
    return done


def _read(
    row: Mapping[str, str], columns: tuple[str, ...], needed: tuple[str, ...]
) -> dict[str, Any]:
    """The line's values by column, dates and organs found. Raises :class:`_Wrong`."""
    if unknown := [head for head in row if head and head not in columns]:
        known = ", ".join(columns)
        raise _Wrong(
            f"没有名为“{'、'.join(unknown)}”的列；可用：{known}。",
            f"There is no column {', '.join(unknown)}; there are: {known}.",
        )
    if empty := [head for head in needed if not row.get(head)]:
        raise _Wrong(f"{'、'.join(empty)}没有填写。", f"{', '.join(empty)} is empty.")
    said: dict[str, Any] = {head: value for head, value in row.items() if head}
    for head in DATES & said.keys():
        said[head] = _day(head, said[head]) if said[head] else None
    for head in {"parent", "organ"} & said.keys():
        said[head] = _organ_of(said[head]) if said[head] else None
    return said


def _day(head: str, typed: str) -> date:
    try:
        return date.fromisoformat(typed[:10])
    except ValueError:
        raise _Wrong(
            f"{head}应写成2024-03-01，现为“{typed}”。",
            f"{head} is written like 2024-03-01, not “{typed}”.",
        ) from None


def _organ_of(code: str) -> Organ:
    organ = Organ.objects.filter(code=code).first()
    if organ is None:
        raise _Wrong(
            f"没有编码为“{code}”的机构；上级须写在下级之前。",
            f"There is no organ with the code “{code}”; what stands above comes first.",
        )
    return organ


def _term(terms: type[Term], head: str, typed: str) -> Any:
    for one in terms:
        if typed in (one.value, one.zh):
            return one
    known = "、".join(f"{one.value}（{one.zh}）" for one in terms)
    raise _Wrong(
        f"{head}不能是“{typed}”；可用：{known}。",
        f"{head} cannot be “{typed}”; there are: {', '.join(one.value for one in terms)}.",
    )


def _organ(said: dict[str, Any], doing: Doing) -> str:
    said["kind"] = _term(OrganKind, "kind", said["kind"]).value
    blank = {field.name for field in Organ._meta.concrete_fields if field.blank}
    said = {name: value for name, value in said.items() if value != "" or name in blank}
    organ = Organ.objects.filter(code=said["code"]).first()
    before = Organ() if organ is None else organ
    if organ is None:
        said = {"name_en": said["name"], "short_name": said["name"][:40]} | said
    meant = Organ(**{name: getattr(before, name) for name in ORGAN_COLUMNS} | said)
    try:
        meant.clean_fields(exclude=["parent"])
        meant.validate_constraints(exclude=["code"])
    except ValidationError as wrong:
        raise _Wrong("；".join(wrong.messages), "; ".join(wrong.messages)) from None
    said = {name: getattr(meant, name) for name in said}  # a number typed as text is a number
    if organ is None:
        found(doing, **said)
        return "new"
    if all(getattr(organ, name) == value for name, value in said.items()):
        return "unchanged"
    change(organ, doing, **said)
    return "changed"


def _post(said: dict[str, Any], doing: Doing) -> str:
    desk = _term(Desk, "desk", said["desk"])
    last = said.get("until")
    if last is not None and last < said["since"]:
        raise _Wrong("until早于since。", "until is before since.")
    account = Account.objects.filter(username=said["username"]).first()
    if account is None:
        account = Account.objects.create_user(
            username=said["username"], real_name=said.get("name", "")
        )
    seat = {"account": account, "organ": said["organ"], "since": said["since"]}
    post = Post.objects.filter(**seat, desk=desk.value).first()
    way = "unchanged"
    if post is None:
        post, way = appoint(**seat, desk=desk, title=said.get("title", ""), doing=doing), "new"
    if last is not None and post.until != last:
        relieve(post, last, doing.part("ends"))
        way = "changed" if way == "unchanged" else way
    return way
