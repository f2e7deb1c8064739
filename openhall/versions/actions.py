"""The verbs of any version: begun, saved, sent, passed, sent back, published, dropped, ended.

Each but a save is a deed of the version's kind, and stands in the log; publication with the digest
of the content. A save is not: a draft binds nobody. Its ``revision`` sees to it that nobody writes
over what a colleague saved meanwhile.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max, Model

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Moved, Refused, kept
from openhall.deeds.writer import deed, done_before, made_before, write
from openhall.glossary import Said
from openhall.paging.typed import visible
from openhall.versions.copying import copied_columns, copy_rows
from openhall.versions.kinds import VersionKind
from openhall.versions.queries import draft_of, may_be_withdrawn
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import PUBLIC, VersionAct, VersionState

S, A = VersionState, VersionAct
REASON_AT_LEAST = 5  # characters
SAVED_SINCE = Said(
    "另一位编辑刚刚修改了这份草稿。请刷新页面，核对后再改。",
    "A colleague has just saved this draft. Reload the page, compare, then save again.",
)


def _may(step: Step, version: Any, doing: Doing) -> None:
    if doing.actor is None or not step.may(doing.actor, version, doing.day):
        raise Refused(step.who)


def _not_its_writer(kind: VersionKind, version: Any, doing: Doing) -> None:
    if kind.route.alone is None and doing.actor.pk in version.writers:
        raise Refused(
            Said(
                "参与起草的人员不能审核、公布同一版本。请由另一位人员办理。",
                "Who wrote on a version neither reviews nor publishes it. Ask a colleague.",
            )
        )


def _not_its_reviewer(kind: VersionKind, version: Any, doing: Doing) -> None:
    passed = kind.kind.events_of([version.pk]).filter(act=A.PASS.value, actor=doing.actor)
    if kind.route.reviews and kind.route.alone is None and passed.exists():
        raise Refused(
            Said(
                "审核通过的人员不能公布同一版本。请由另一位人员办理。",
                "Who passed a version does not publish it. Ask a colleague.",
            )
        )


def _stands(version: Any, *states: VersionState) -> None:
    if version.state not in [state.value for state in states]:
        now = VersionState(version.state)
        raise Refused(
            Said(
                f"第{version.number}版“{now.zh}”，不能进行这一步。请刷新页面。",
                f"Version {version.number} is “{now.en.lower()}”; this step is not open to it. "
                "Reload the page.",
            )
        )


def _wrote(version: Any, doing: Doing) -> None:
    """Remember who wrote on the draft: a writer does not review or publish it."""
    if doing.actor is not None and doing.actor.pk not in version.writers:
        version.writers = [*version.writers, doing.actor.pk]
    version.saved_at, version.saved_by = doing.at, doing.actor


@acting()
def begin(
    kind: VersionKind,
    family: Mapping[str, Any],
    doing: Doing,
    fill: Callable[[Any], None] = lambda version: None,
    *,
    source: Any = None,
    beside: Callable[[Any], None] = lambda version: None,
) -> Any:
    """A new draft, a copy of ``source`` if given; the draft there is, if there is one.

    ``fill`` sets its columns before it is saved, ``beside`` makes its rows afterwards.
    """
    before = made_before(kind.kind, doing, A.BEGIN, **family)
    if before is not None:
        return before
    model: Any = kind.model
    version = model(**family)
    _may(kind.route.write, version, doing)
    kind.objection(version)
    _one_at_a_time(family)
    if family and (standing := draft_of(model, **family)) is not None:
        return standing
    last = model._default_manager.filter(**family).aggregate(last=Max("number"))["last"] or 0
    version.number = last + 1
    if source is not None:
        for name in copied_columns(kind):
            setattr(version, name, getattr(source, name))
    fill(version)
    _wrote(version, doing)
    version.save()
    if source is not None:
        copy_rows(kind, source, version)
    beside(version)
    if kind.inherits(version):
        version.save()
    facts = {"from": source.number} if source is not None else {}
    write(kind.kind, version, A.BEGIN, doing, facts={"version": version.number, **facts})
    return version


def _one_at_a_time(family: Mapping[str, Any]) -> None:
    """Of two who begin at once the second finds the draft of the first."""
    if connection.features.has_select_for_update:
        for of in (one for one in family.values() if isinstance(one, Model)):
            type(of)._base_manager.select_for_update(of=("self",)).get(pk=of.pk)


def locked(kind: VersionKind, pk: int) -> Any:
    """The version under lock, inside the caller's transaction."""
    rows = kind.model._base_manager.select_related(*kind.kind.related)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.get(pk=pk)


def save(
    kind: VersionKind,
    pk: int,
    doing: Doing,
    change: Callable[[Any], None],
    *,
    by_operator: bool = False,
) -> Any:
    """Keep the draft as ``change`` makes it, faults and all. ``doing.seen`` is its revision.

    ``by_operator``: from the command line, where no account stands behind it; no door says so.
    Raises :class:`Moved` if somebody saved it since.
    """
    with acting():
        version = locked(kind, pk)
        _stands(version, S.DRAFT)
        if not by_operator:
            _may(kind.route.write, version, doing)
        kind.objection(version)
        if doing.seen is not None and doing.seen != version.revision:
            raise Moved(SAVED_SINCE, "revision")
        change(version)
        _wrote(version, doing)
        version.revision += 1
        version.save()
    return version


def send(kind: VersionKind, pk: int, doing: Doing) -> Deed:
    """Send the draft to its first review."""

    @deed(kind.kind, A.SEND)
    def done(version: Any, doing: Doing) -> Deed:
        _stands(version, S.DRAFT)
        _may(kind.route.write, version, doing)
        kind.objection(version)
        to = kind.route.stops[0]
        digest = kind.digest_of(version)  # what is reviewed is what was sent
        changes = {
            "state": S.REVIEW.value,
            "step": to.name,
            "remark": "",
            "digest": digest,
            "writers": list(dict.fromkeys([*version.writers, doing.actor.pk])),
        }
        facts = {"version": version.number, "to": to.name, "digest": digest}
        return write(kind.kind, version, A.SEND, doing, changes=changes, facts=facts)

    return done(pk, doing)


def pass_on(
    kind: VersionKind, pk: int, doing: Doing, found: Mapping[str, Any] | None = None
) -> Deed:
    """Pass a review; the version goes to the next hand. ``found``: what it found, public."""

    @deed(kind.kind, A.PASS)
    def done(version: Any, doing: Doing) -> Deed:
        _stands(version, S.REVIEW)
        here = kind.route.stop(version.step)
        if here is kind.route.publish:
            raise Refused(
                Said(
                    "这一版已经在公布人手中，只能公布或者退回。",
                    "This version lies with its publisher: publish it or send it back.",
                )
            )
        _may(here, version, doing)
        kind.objection(version)
        _not_its_writer(kind, version, doing)
        to = kind.route.after(version.step)
        facts = {"version": version.number, "to": to.name, **(found or {})}
        return write(kind.kind, version, A.PASS, doing, changes={"step": to.name}, facts=facts)

    return done(pk, doing)


def send_back(kind: VersionKind, pk: int, reason: str, doing: Doing) -> Deed:
    """Back to its writers, with what is to be mended."""

    @deed(kind.kind, A.SEND_BACK)
    def done(version: Any, doing: Doing) -> Deed:
        _stands(version, S.REVIEW)
        _may(kind.route.stop(version.step), version, doing)
        if not reason.strip():
            raise Refused(Said("请写明退回的理由。", "Say what is to be mended."), "reason")
        changes = {
            "state": S.DRAFT.value,
            "step": "",
            "digest": "",
            "remark": kept(reason, 300, "reason"),
        }
        return write(
            kind.kind,
            version,
            A.SEND_BACK,
            doing,
            changes=changes,
            facts={"version": version.number},
            detail={"reason": reason.strip()},
        )

    return done(pk, doing)


def _urgently(route: Route, version: Any, reason: str) -> None:
    _stands(version, S.DRAFT, S.REVIEW)
    if route.urgent is None:
        raise Refused(
            Said(
                "这类内容没有应急公布程序，请按程序审核后公布。",
                "Nothing of this kind is published before its reviews. Let it be reviewed.",
            )
        )
    if visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                f"请写明应急公布的理由，不少于{REASON_AT_LEAST}个字；理由会公开。",
                f"Say why it cannot wait, in at least {REASON_AT_LEAST} characters; "
                "everybody can read it.",
            ),
            "urgent",
        )


def publish(
    kind: VersionKind,
    pk: int,
    first_day: date,
    doing: Doing,
    note: str | None = None,
    urgent: str = "",
) -> Deed:
    """Put the version in force from ``first_day``, if the gate finds nothing.

    The version in force without end gives way the day before. ``urgent``: why its reviews follow
    afterwards, where the route allows that. Raises :class:`Refused` with every fault of the gate.
    """

    @deed(kind.kind, A.PUBLISH)
    def done(version: Any, doing: Doing) -> Deed:
        route = kind.route
        if urgent:
            _urgently(route, version, urgent)
        elif route.reviews:
            _stands(version, S.REVIEW)
            if version.step != route.publish.name:
                raise Refused(route.stop(version.step).who)
        else:
            _stands(version, S.DRAFT, S.REVIEW)
        _may(route.publish, version, doing)
        kind.objection(version)
        _not_its_writer(kind, version, doing)
        if not urgent:
            _not_its_reviewer(kind, version, doing)
        if first_day < doing.day:
            raise Refused(
                Said(
                    "施行日期不能早于公布之日。",
                    "The first day cannot lie before the day of publication.",
                ),
                "first_day",
            )
        before = _gives_way(kind, version, first_day)
        if faults := list(kind.gate(version, first_day)):
            raise Refused(
                Said(
                    f"还有{len(faults)}处需要补全或者改正，不能公布。",
                    f"{len(faults)} things are still to be mended before it can be published.",
                ),
                "",
                faults,
            )
        if before is not None:
            last = max(first_day - timedelta(days=1), before.effective_from)
            changes = {"state": S.SUPERSEDED.value, "effective_until": last}
            facts = {"version": before.number, "by": version.number}
            write(kind.kind, before, A.REPLACE, doing.part("replace"), changes=changes, facts=facts)
        if note is not None:
            version.change_note = note.strip()
        digest = kind.digest_of(version)
        version.effective_from = first_day
        version.save()  # what is copied or noted for the day of publication
        more = kind.published(version, before, doing)
        return write(
            kind.kind,
            version,
            A.PUBLISH,
            doing,
            changes={
                "state": S.PUBLISHED.value,
                "step": "",
                "effective_from": first_day,
                "published_at": doing.at,
                "published_by": doing.actor,
                "digest": digest,
            },
            facts={
                "version": version.number,
                "in_force_from": first_day.isoformat(),
                "replaces": before.number if before is not None else None,
                "digest": digest,
                **({"change_note": version.change_note} if version.change_note else {}),
                **({"urgent": urgent.strip()} if urgent else {}),
                **more,
            },
        )

    return done(pk, doing)


def _gives_way(kind: VersionKind, version: Any, first_day: date) -> Any:
    """The version in force without end that ends the day before; None if there is none."""
    rows = kind.model._base_manager.filter(**kind.of(version), state__in=PUBLIC)
    begins = "effective_from__gt" if kind.same_day else "effective_from__gte"
    later = rows.filter(**{begins: first_day}).order_by("effective_from").first()
    if later is not None:
        raise Refused(
            Said(
                f"第{later.number}版已定于{later.effective_from}施行，新的一版应当在此之后。",
                f"Version {later.number} comes into force on {later.effective_from}; the new one "
                "must begin after that.",
            ),
            "first_day",
        )
    ended = rows.filter(effective_until__gte=first_day)
    if kind.same_day:
        ended = ended.exclude(state=S.SUPERSEDED.value, effective_until=first_day)
    if ended.exists():
        raise Refused(
            Said(
                "前一版在这一天仍然有效。请选择它终止之后的日期。",
                "The version before is still in force on that day. Choose a day after it ends.",
            ),
            "first_day",
        )
    before = rows.filter(effective_until__isnull=True).order_by("-effective_from").first()
    return None if before is None else locked(kind, before.pk)


def drop(kind: VersionKind, pk: int, reason: str, doing: Doing) -> Deed:
    """Give a draft up; the record stays, and what is in force stays in force."""

    @deed(kind.kind, A.DROP)
    def done(version: Any, doing: Doing) -> Deed:
        _stands(version, S.DRAFT)
        _may(kind.route.write, version, doing)
        if not reason.strip():
            raise Refused(
                Said("请写明放弃这份草稿的理由。", "Say why the draft is given up."), "reason"
            )
        return write(
            kind.kind,
            version,
            A.DROP,
            doing,
            changes={"state": S.DROPPED.value},
            facts={"version": version.number},
            detail={"reason": reason.strip()},
        )

    return done(pk, doing)


def end(kind: VersionKind, pk: int, last_day: date, reason: str, doing: Doing) -> Deed:
    """The version in force ends after ``last_day`` and nothing takes its place."""

    @deed(kind.kind, A.END)
    def done(version: Any, doing: Doing) -> Deed:
        _stands(version, S.PUBLISHED)
        _may(kind.route.publish, version, doing)
        if not reason.strip():
            raise Refused(
                Said("请写明终止的理由，它会公布。", "Say why it ends; this is published."),
                "reason",
            )
        if last_day < doing.day:
            raise Refused(
                Said(
                    "最后一日不能早于今天：已经生效的日子不能收回。",
                    "The last day cannot lie before today: days in force are not taken back.",
                ),
                "last_day",
            )
        if version.effective_until is not None:
            raise Refused(
                Said(
                    f"这一版已经定于{version.effective_until}终止。",
                    f"This version ends on {version.effective_until} already.",
                ),
                "last_day",
            )
        if last_day < version.effective_from:
            raise Refused(
                Said(
                    f"这一版自{version.effective_from}施行，最后一日不能更早。",
                    f"This version begins on {version.effective_from}; it cannot end before.",
                ),
                "last_day",
            )
        return write(
            kind.kind,
            version,
            A.END,
            doing,
            changes={"effective_until": last_day},
            facts={
                "version": version.number,
                "in_force_until": last_day.isoformat(),
                "reason": reason.strip(),
            },
        )

    return done(pk, doing)


def withdraw(kind: VersionKind, pk: int, reason: str, doing: Doing) -> Deed:
    """What is published and has not begun never comes into force; it bound nobody yet.

    Refused where it has replaced another: that one ended with its publication, so a new version is
    published instead.
    """

    @deed(kind.kind, A.END)
    def done(version: Any, doing: Doing) -> Deed:
        _stands(version, S.PUBLISHED)
        _may(kind.route.publish, version, doing)
        if not reason.strip():
            raise Refused(
                Said("请写明撤回的理由，它会公布。", "Say why; this is published."), "reason"
            )
        if not may_be_withdrawn(kind, version, doing.day):
            raise Refused(
                Said(
                    "已经施行或者替代了前一版的，不能撤回。请写明最后一日使其终止，或者公布新的一版。",
                    "What has begun, or has replaced another version, is not withdrawn. End it, or "
                    "publish a new version.",
                )
            )
        facts = {
            "version": version.number,
            "withdrawn": version.effective_from.isoformat(),
            "reason": reason.strip(),
        }
        changes = {"state": S.DROPPED.value, "remark": kept(reason, 300, "reason")}
        return write(kind.kind, version, A.END, doing, changes=changes, facts=facts)

    return done(pk, doing)


def known(kind: VersionKind, doing: Doing) -> Deed | None:
    """The event this key left already on a version of ``kind``, if any."""
    event: Deed | None = done_before(kind.kind, doing, ())
    return event
