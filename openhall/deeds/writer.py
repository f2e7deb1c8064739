"""Doing a deed: the one way a row with legal effect changes.

An act reads its row under lock, asks permission and its own law, then calls :func:`write`, in one
transaction. A repeated key answers with what the first deed did, and only for the same act, the
same row and the same person; otherwise it is refused and nothing is done.
"""

import base64
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.deeds.collecting import Removed, acting, close_deeds, marked, under_way
from openhall.deeds.doing import Doing
from openhall.deeds.kinds import Kind
from openhall.deeds.models import Deed
from openhall.deeds.refusals import FUTURE, KEY_SPENT, MOVED, OWN_ENTRY_TIME, Moved, Refused
from openhall.deeds.rows.fast import advance, id_of_key, stand
from openhall.deeds.rows.snapshots import snapshot
from openhall.deeds.rules.codes import BODY_SIGNS, SIGNS, check_sign
from openhall.deeds.rules.values import plain
from openhall.glossary import Term
from openhall.ledger.actions import append
from openhall.ledger.rules.commitment import commit

E = TypeVar("E", bound=Deed)
SALT_BYTES = 32
VERSION = 3  # of the entries written here


def new_salt() -> str:
    """A salt for the commitments of a row, as it is kept."""
    return base64.b64encode(secrets.token_bytes(SALT_BYTES)).decode()


def fresh_code() -> str:
    """A new code that people can read to each other and nobody can guess."""
    body = "".join(secrets.choice(SIGNS) for _ in range(BODY_SIGNS))
    return body + check_sign(body)


def done_before(kind: Kind, doing: Doing, acts: tuple[Term, ...], about: Any = None) -> Any:
    """The event this key left already, if any.

    Raises :class:`Refused` where the key was spent on another act, another row or by another
    person. ``about``: the key of the row, where it is known beforehand.
    """
    close_deeds()
    pk = id_of_key(kind.events, doing.key)  # almost always none: asked in one plain statement
    if pk is None:
        return None
    event: Any = kind.events._default_manager.get(pk=pk)
    actor = None if doing.actor is None else doing.actor.pk
    same = (
        (not acts or event.act in [act.value for act in acts])
        and (bool(kind.fk) or event.subject == kind.name)
        and (about is None or getattr(event, kind.about) == about)
        and event.actor_id == actor
    )
    if not same:
        raise Refused(KEY_SPENT, "key")
    return event


def stands_already(kind: Kind, key: str, about: Any = None) -> bool:
    """Whether a deed of ``kind`` was done under this very key: a repeated click.

    ``about``: the row that the click is about, where it is known. Raises :class:`Refused` where the
    key was spent on another one: nothing was done to this, and nobody is told that it was.
    """
    pk = id_of_key(kind.events, key)
    if pk is not None and isinstance(about, kind.model):
        event: Any = kind.events._default_manager.get(pk=pk)
        if getattr(event, kind.about) != about.pk:
            raise Refused(KEY_SPENT, "key")
    return pk is not None


def locked(kind: Kind, pk: Any, *, seen: int | None = None) -> Any:
    """The row under lock; refused if it moved since the page ``seen``."""
    close_deeds()
    rows = kind.model._base_manager.select_related(*kind.related)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    row: Any = rows.get(pk=pk)
    if seen is not None and row.seq != seen:
        raise Moved(MOVED)
    return row


def held(kind: Kind, pk: Any, doing: Doing) -> Any:
    """The row under lock; refused if it moved since the page the person acted from."""
    return locked(kind, pk, seen=doing.seen)


def deed(kind: Kind, *acts: Term) -> Callable[[Callable[..., E]], Callable[..., E]]:
    """An act on a row of ``kind``: one transaction, its key asked, its row locked and fresh.

    The function is given the row; its callers give the row's key, and may give ``seen``, the
    ``seq`` of the page they acted from. One argument is a :class:`Doing`. The acts are those it may
    write.
    """

    def around(act: Callable[..., E]) -> Callable[..., E]:
        @wraps(act)
        def done(pk: int, *args: Any, seen: int | None = None, **more: Any) -> E:
            doing = next(one for one in (*args, *more.values()) if isinstance(one, Doing))
            with acting():
                before: Any = done_before(kind, doing, acts, pk)
                if before is not None:
                    return before
                row = locked(kind, pk, seen=doing.seen if seen is None else seen)
                return act(row, *args, **more)

        return done

    return around


def entry_time(doing: Doing) -> datetime:
    """When the deed is entered: now, except in the demonstration's invented past."""
    now = timezone.now()
    if doing.at > now:
        raise Refused(FUTURE, "at")
    if doing.entered is None:
        return now
    if not settings.DEMO:
        raise Refused(OWN_ENTRY_TIME, "entered")
    return doing.entered


def write(
    kind: Kind,
    row: Any,
    act: Term,
    doing: Doing,
    *,
    changes: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    detail: Mapping[str, str] | None = None,
    tells: Mapping[str, Any] | None = None,
    **columns: Any,
) -> Deed:
    """Write one deed on ``row``: its changes, event and entry, in the caller's act.

    ``facts`` are public; ``detail`` is private and only committed to, as are who acted, the row as
    it now is and every owned row that the act makes or changes until its next deed or its end:
    only then does the event stand in the database (``close_deeds`` makes it stand at once, where an
    act reads its own event). ``columns`` are the event's
    own (``kind.columns``). Raises :class:`Moved` if the row changed meanwhile.
    """
    close_deeds((kind.name, row.pk))
    entered = entry_time(doing)
    seq = row.seq + 1
    public = dict(facts or {})
    private = {name: said for name, said in (detail or {}).items() if said}
    if doing.backfilled is not None:
        if kind.objection is not None:
            kind.objection(row, doing, entered)
        public["backfilled"] = True
        private["late_reason"] = doing.backfilled.strip()
    written = {"seq": seq, **(changes or {})}
    salt_before = kind.salt(row)
    if not salt_before and seq == 1 and kind.salt_of is None:
        salt_before = written["salt"] = new_salt()
    salt = base64.b64decode(salt_before)
    after = kind.follow(row, act, doing) if kind.follow is not None else None
    if not advance(kind.model, row.pk, row.seq, written):
        raise Moved(MOVED)
    for name, value in written.items():
        setattr(row, name, value)
    commitments = {name: commit(salt, f"{seq}.{name}", said) for name, said in private.items()}
    commitments["actor"] = commit(salt, f"{seq}.actor", actor_named(doing.actor and doing.actor.pk))
    now_salt = base64.b64decode(kind.salt(row))
    gone = now_salt != salt  # the salt went with the personal data
    if gone or (seq == 1 and kind.founding is not None):  # or what the programme brought is new
        _mark_all(kind, row)
    told = {**(tells or {}), **{name: _said(columns[name]) for name in kind.columns}}
    body = body_of(kind, row, act, doing, entered, told, public, commitments)
    event = kind.events(
        **kind.place(row),
        seq=seq,
        act=act.value,
        **columns,
        actor=doing.actor,
        desk=doing.desk,
        event_time=doing.at,
        entry_time=entered,
        facts=public,
        sealed=kind.events.locked(salt_before, private),
        key=doing.key,
    )

    def close() -> None:
        if rows := _taken(kind, row):
            body["rows"] = rows
        event.entry = append(kind.name, body)
        stand(event)

    if (act_under_way := under_way()) is None:
        close()
    else:
        act_under_way.open.append(((kind.name, row.pk), close))
    if after is not None:
        after(event)
    tell(kind, [row])
    return event


def body_of(
    kind: Kind,
    row: Any,
    act: Term,
    doing: Doing,
    entered: datetime,
    tells: Mapping[str, Any],
    facts: Mapping[str, Any],
    commitments: Mapping[str, str],
) -> dict[str, Any]:
    """What the entry of a deed says; ``row`` stands as the deed leaves it."""
    body = {
        "v": VERSION,
        "log": settings.LEDGER_ORIGIN,
        kind.name: kind.number(row),
        "seq": row.seq,
        "act": act.value,
        **kind.tells(row),
        **tells,
        "desk": doing.desk,
        "event_time": doing.at.isoformat(timespec="seconds"),
        "entry_time": entered.isoformat(timespec="seconds"),
        "facts": facts,
        "commitments": commitments,
        "row": row_commitment(base64.b64decode(kind.salt(row)), row, kind),
    }
    if kind.openly:
        body["open"] = said_openly(row, kind)
    return body


def tell(kind: Kind, rows: Sequence[Any]) -> None:
    """Tell who hears of each deed that one was done on each of ``rows``."""
    for heard in _hearers(settings.DEED_FOLLOWS):
        heard(kind.name, rows)


@lru_cache(maxsize=16)
def _hearers(paths: tuple[str, ...]) -> tuple[Callable[[str, Sequence[Any]], None], ...]:
    """Who hears of each deed, in its transaction: the roof names them, nobody imports up."""
    return tuple(import_string(path) for path in paths)


def _mark_all(kind: Kind, row: Any) -> None:
    for owned in kind.owns:
        for pk in owned.rows_of([row]).values_list("pk", flat=True):
            marked(owned.model, pk)


def actor_named(pk: Any) -> str:
    """How an entry commits to who acted: the account's key; empty for nobody signed in."""
    return "" if pk is None else str(pk)


def row_commitment(salt: bytes, row: Model, kind: Kind) -> str:
    """The commitment to every column of the row itself."""
    return commit(salt, "row", snapshot(row, ("seq", *kind.openly, *kind.loose)))


def said_openly(row: Model, kind: Kind) -> dict[str, Any]:
    """The columns that stand in the entry in the clear."""
    return {name: plain(getattr(row, name)) for name in kind.openly}


def _said(value: Any) -> Any:
    """A column of the event as its entry says it: an organ by its code, a term by its own."""
    return getattr(value, "code", None) or getattr(value, "value", value)


def _taken(kind: Kind, row: Any) -> dict[str, str]:
    """Commitments to the owned rows that changed, taken out of what was noted."""
    act = under_way()
    if act is None or not act.rows:
        return {}
    left, found, salt = act.rows, {}, base64.b64decode(kind.salt(row))
    for owned in kind.owns:
        mine = [key for key in left if key[0] is owned.model]
        again = [pk for model, pk in mine if left[(model, pk)] is None]
        fresh = owned.model._base_manager.in_bulk(again) if again else {}
        for key in mine:
            pk, one = key[1], left[key]
            gone = isinstance(one, Removed)
            one = one.row if gone else fresh.get(pk) if one is None else one
            if one is None or owned.owner_of(one) != getattr(row, owned.by):
                continue
            label = f"{owned.label}/{pk}"
            said = "" if gone else commit(salt, f"rows.{label}", snapshot(one, owned.loose))
            found[label] = said
            del left[key]
    return found


def made_before(kind: Kind, doing: Doing, act: Term, /, **same: Any) -> Any:
    """The row that this key made already by ``act``, if any; None where the key is new.

    ``same``: what that row must say for the click to be a repeated one. Raises :class:`Refused`
    where the key was spent on something else.
    """
    event = done_before(kind, doing, (act,))
    if event is None:
        return None
    row: Any = kind.model._base_manager.select_related(*kind.related).get(
        pk=getattr(event, kind.about)
    )
    if any(getattr(row, name) != value for name, value in same.items()):
        raise Refused(KEY_SPENT, "key")
    return row
