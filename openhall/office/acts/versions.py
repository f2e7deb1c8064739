"""What is done to any dated version at a desk: sent, passed, sent back, published, ended. A6, A10.

The route of a kind says whose turn it is, and the offer is made to exactly that person: who wrote
on a version is not asked to review it. What a kind does beside is said by its own subclass.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Moved
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer
from openhall.organs.fields import TextField
from openhall.versions import actions
from openhall.versions.kinds import VersionKind
from openhall.versions.queries import may_be_withdrawn
from openhall.versions.rules.route import Step
from openhall.versions.terms import VersionAct, VersionState

PUBLIC_REASON = _("Everybody can read it in the history.")


def read_as(version: Any) -> int:
    """The state a page showed: it grows with every step and with every save of a draft."""
    state: int = version.seq + version.revision
    return state


def why(label: Any = None, hint: Any = "") -> forms.CharField:
    """A reason."""
    return TextField(
        label=label or _("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=hint,
    )


class OnVersion(Offer):
    """One step of a version of ``kind``; the page's subject is the version, or holds it."""

    kind: ClassVar[VersionKind]
    act: ClassVar[VersionAct]
    states: ClassVar[tuple[VersionState, ...]] = (VersionState.DRAFT,)

    @classmethod
    def of(cls, subject: Any) -> Any:
        """The version on the page."""
        return getattr(subject, "version", subject)

    @classmethod
    def step(cls, version: Any) -> Step:
        """The hand whose turn it is."""
        return cls.kind.route.write

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        version = cls.of(subject)
        if version.state not in [one.value for one in cls.states]:
            return False
        step = cls.step(version)
        reviews = cls.act in (VersionAct.PASS, VersionAct.PUBLISH)
        wrote = cls.kind.route.alone is None and who.account.pk in version.writers
        return not (reviews and wrote) and step.may(who.account, version, who.day)

    @property
    def version(self) -> Any:
        return self.of(self.subject)

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        # The page compared the whole state; the act asks again for its own number under the lock.
        return replace(super().doing(key, now, None), seen=self.version.seq)

    def does(self, doing: Doing) -> Any:
        """The step, if nobody saved the draft since it was read: a save leaves no deed to see."""
        with acting():
            stands = actions.locked(self.kind, self.version.pk)
            if stands.revision != self.version.revision:
                raise Moved(actions.SAVED_SINCE)
            return self.acts(doing)

    def acts(self, doing: Doing) -> Any:
        """Hand what was typed to the act of versions, or to the room's own."""
        raise NotImplementedError


class Send(OnVersion):
    """To the first hand that reviews."""

    act, tone = VersionAct.SEND, "primary"

    @property
    def effect(self) -> str:
        to = self.kind.route.stops[0].title.said_in(get_language())
        return str(_("It lies there until it is passed or sent back: %(to)s")) % {"to": to}

    def acts(self, doing: Doing) -> Any:
        return actions.send(self.kind, self.version.pk, doing)


class Pass(OnVersion):
    """On to the next hand."""

    act, states, tone = VersionAct.PASS, (VersionState.REVIEW,), "primary"

    @classmethod
    def step(cls, version: Any) -> Step:
        return cls.kind.route.stop(version.step)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        last = cls.of(subject).step == cls.kind.route.publish.name
        return not last and super().offered(subject, who)

    def acts(self, doing: Doing) -> Any:
        return actions.pass_on(self.kind, self.version.pk, doing)


class SendBack(OnVersion):
    """Back to its writers, with what is to be mended."""

    act, states = VersionAct.SEND_BACK, (VersionState.REVIEW,)
    effect = _("Its writers read this and go on with the draft.")
    reason = why(_("What is to be mended"))

    @classmethod
    def step(cls, version: Any) -> Step:
        return cls.kind.route.stop(version.step)

    def acts(self, doing: Doing) -> Any:
        why = self.cleaned_data["reason"]
        return actions.send_back(self.kind, self.version.pk, why, doing)


class Publish(OnVersion):
    """In force from a day, if the gate finds nothing."""

    act, tone = VersionAct.PUBLISH, "grave"
    states: ClassVar[tuple[VersionState, ...]] = (VersionState.DRAFT, VersionState.REVIEW)
    effect = _(
        "From its first day on it binds everybody; it is never changed, only replaced or ended."
    )
    says_what_changed: ClassVar[bool] = True
    first_day = forms.DateField(label=_("In force from"), widget=DateInput)

    @classmethod
    def step(cls, version: Any) -> Step:
        return cls.kind.route.publish

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        version, route = cls.of(subject), cls.kind.route
        waits = bool(route.reviews) and version.step != route.publish.name
        return not waits and super().offered(subject, who)

    def ask(self) -> None:
        self.fields["first_day"].initial = self.day
        if self.says_what_changed:
            self.fields["note"] = TextField(label=_("What changed"), max_length=300, required=False)

    def acts(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.publish(
            self.kind, self.version.pk, typed["first_day"], doing, typed.get("note")
        )


class Drop(OnVersion):
    """A draft is given up; what is in force stays in force."""

    act, tone, seldom = VersionAct.DROP, "grave", True
    effect = _("The record stays; what is in force stays in force.")
    reason = why()

    def acts(self, doing: Doing) -> Any:
        return actions.drop(self.kind, self.version.pk, self.cleaned_data["reason"], doing)


class End(OnVersion):
    """The version in force ends and nothing takes its place."""

    act, states = VersionAct.END, (VersionState.PUBLISHED,)
    tone, seldom = "grave", True
    effect = _("After the last day nothing takes its place. The reason stands in the public log.")
    last_day = forms.DateField(label=_("Last day in force"), widget=DateInput)
    reason = why(_("Why it ends"), PUBLIC_REASON)

    @classmethod
    def step(cls, version: Any) -> Step:
        return cls.kind.route.publish

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return cls.of(subject).effective_until is None and super().offered(subject, who)

    def ask(self) -> None:
        self.fields["last_day"].initial = self.day

    def acts(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.end(self.kind, self.version.pk, typed["last_day"], typed["reason"], doing)


class Withdraw(OnVersion):
    """What is published and has not begun is taken back."""

    code, act, states = "withdraw", VersionAct.END, (VersionState.PUBLISHED,)
    title = _("Withdraw before it begins")
    tone, seldom = "grave", True
    done = _("It is withdrawn and never comes into force.")
    effect = _("It never comes into force. Who has read of it reads that it is withdrawn, and why.")
    reason = why(_("Why it is withdrawn"), PUBLIC_REASON)

    @classmethod
    def step(cls, version: Any) -> Step:
        return cls.kind.route.publish

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        version = cls.of(subject)
        return super().offered(subject, who) and may_be_withdrawn(cls.kind, version, who.day)

    def acts(self, doing: Doing) -> Any:
        why = self.cleaned_data["reason"]
        return actions.withdraw(self.kind, self.version.pk, why, doing)


class Begin(OnVersion):
    """The next draft, begun from this version."""

    act, tone = VersionAct.BEGIN, "primary"
    title = _("Begin a new version from this one")
    states = (VersionState.PUBLISHED, VersionState.SUPERSEDED, VersionState.DROPPED)
    effect = _("What is published is not changed; the new version is written beside it.")

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return Offer.doing(self, key, now, None)  # the draft is another row than the one seen

    def acts(self, doing: Doing) -> Any:
        version = self.version
        return actions.begin(self.kind, self.kind.of(version), doing, source=version)

    def goes_to(self, left: Any) -> str:
        at = [self.who.organ.code, self.who.desk.value, self.kind.kind.name, left.pk]
        return reverse("office:version", args=at)


VERBS: tuple[type[OnVersion], ...] = (
    *(Send, Pass, SendBack, Publish),
    *(Begin, Withdraw, End, Drop),
)


def offers_of(
    kind: VersionKind, *own: type[OnVersion], but: Iterable[type[OnVersion]] = ()
) -> tuple[type[Offer], ...]:
    """The acts on a version of ``kind``: the common ones, or ``own`` in place of what they are."""
    made: list[type[Offer]] = []
    for verb in VERBS:
        if verb in but:
            continue
        found = next((one for one in own if issubclass(one, verb)), verb)
        made.append(type(found.__name__, (found,), {"kind": kind, "__module__": found.__module__}))
    return tuple(made)
