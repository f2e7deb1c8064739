"""What is done to an item and its versions at the catalogue's desks. A7, A10."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from openhall.catalogue import actions
from openhall.catalogue.queries import entry_by_pk
from openhall.catalogue.terms import ItemState, ItemStep, UseLevel, VersionState
from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.design.words import called
from openhall.desk.offers import Offer
from openhall.office.acts.central_list import CLAUSE, DONE, Reasoned
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.whole import whole_or

CLERK, ABOVE = (Desk.CATALOGUE_CLERK,), (Desk.HEAD, Desk.LEGAL)
FINAL = (VersionState.PUBLISHED, VersionState.SUPERSEDED)


class Claim(Offer):
    """A line of the central list becomes an item of the unit, with a first draft."""

    act, code, desks, section, bare = ItemStep.CLAIMED, "claim", CLERK, "claim", True
    done = _("Claimed. Fill in its guide.")

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return subject

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        return entry_by_pk(whole_or(0, key))

    @property
    def button(self) -> str:
        return format_html(
            '{}<span class="visually-hidden">: {}</span>', _("Claim"), called(self.about)
        )

    @property
    def label(self) -> str:
        return self.button

    @property
    def level(self) -> UseLevel:
        return UseLevel(self.about.use_level)

    def does(self, doing: Doing) -> Any:
        return actions.claim(self.about.pk, self.who.organ, doing)

    def goes_to(self, left: Any) -> str:
        return reverse("office:catalogue_version", args=[self.who.organ.code, left.pk])


# ------------------------------------------------------------------------------------ the item
class DraftNew(Offer):
    """A new version, begun from the newest."""

    act, code, title = ItemStep.DRAFTED, "draft", _("Draft a new version")
    desks, tone, section, bare = CLERK, "primary", "draft", True
    button = _("Draft a new version")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        newest = subject.versions.first()
        ended = newest is None or newest.state in FINAL
        return ended and subject.state != ItemState.CANCELLED

    def does(self, doing: Doing) -> Any:
        return actions.new_version(self.subject.pk, doing)

    def goes_to(self, left: Any) -> str:
        return reverse("office:catalogue_version", args=[self.who.organ.code, left.pk])


class ConfirmVariant(Offer):
    """A district's variant still stands beside the city's new guide."""

    act, code, title = ItemStep.CHECKED, "confirm", _("Checked: ours still stands")
    desks, tone, section, bare = CLERK, "primary", "confirm", True
    button, done = _("Checked: ours still stands"), _("Checked against the city's guide.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return subject.to_review_id is not None

    def does(self, doing: Doing) -> Any:
        return actions.confirm_variant(self.subject.pk, doing)


class Standing(Reasoned):
    """Whether the item is taken in: with its reason and its day."""

    desks: ClassVar[tuple[str, ...]] = ABOVE
    states: ClassVar[tuple[ItemState, ...]] = (ItemState.IN_USE,)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return ItemState(subject.state) in cls.states


class Suspend(Standing):
    act, code, title = ItemStep.SUSPENDED, "suspend", _("Suspend the item")
    effect = _(
        "No unit window takes it in on these days; its page says so and why. It resumes by itself."
    )
    until = forms.DateField(label=_("Last day of the suspension"), widget=DateInput)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.suspend_item(
            self.subject.pk, self.why, typed["first_day"], typed["until"], doing
        )


class Resume(Standing):
    act, code, title = ItemStep.RESUMED, "resume", _("Resume the item")
    states = (ItemState.SUSPENDED,)
    effect = _("It is taken in again from that day.")

    def does(self, doing: Doing) -> Any:
        return actions.resume_item(self.subject.pk, self.why, self.cleaned_data["first_day"], doing)


class Cancel(Standing):
    act, code, title, tone = ItemStep.CANCELLED, "cancel", _("Cancel the item"), "grave"
    desks, clause = (Desk.LEGAL,), CLAUSE
    states = (ItemState.IN_USE, ItemState.SUSPENDED)
    effect = _(
        "It is never taken in again from that day; cases accepted before go on under their"
        " version; its page stays and says so."
    )

    def does(self, doing: Doing) -> Any:
        return actions.cancel_item(self.subject.pk, self.why, self.cleaned_data["first_day"], doing)


ITEM_OFFERS: tuple[type[Offer], ...] = (DraftNew, ConfirmVariant, Suspend, Resume, Cancel)


# ------------------------------------------------------------------------------------ a version
class OnItemVersion(Offer):
    """One step of a version; who wrote it neither passes nor publishes it (the act says so)."""

    done = DONE
    desks: ClassVar[tuple[str, ...]] = (Desk.HEAD,)
    states: ClassVar[tuple[VersionState, ...]] = (VersionState.UNIT_REVIEW,)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return VersionState(subject.state) in cls.states

    def goes_to(self, left: Any) -> str:
        return reverse("office:catalogue", args=[self.who.organ.code])


class SendToUnit(OnItemVersion):
    act, code, title = ItemStep.SENT_TO_UNIT, "send", _("Send to unit review")
    desks, states, tone = CLERK, (VersionState.DRAFT, VersionState.RETURNED), "primary"
    effect = _(
        "You cannot change it while it is reviewed. The head passes it on to the Legal Affairs"
        " Office or returns it."
    )

    def does(self, doing: Doing) -> Any:
        return actions.send_to_unit(self.subject.pk, doing)


class PassUnit(OnItemVersion):
    act, code, tone = ItemStep.PASSED_UNIT, "pass", "primary"
    title = _("Pass to the Legal Affairs Office")
    effect = _("You answer for the unit that what it says is true.")

    def does(self, doing: Doing) -> Any:
        return actions.pass_unit(self.subject.pk, doing)


class PublishItem(OnItemVersion):
    act, code, title, tone = ItemStep.PUBLISHED, "publish", _("Publish"), "primary"
    desks, states, clause = (Desk.LEGAL,), (VersionState.LEGAL_REVIEW,), CLAUSE
    effect = _(
        "It is in force for everybody from that day and ends the version before on the day before."
        " Cases keep the version they were accepted on."
    )
    first_day = forms.DateField(label=_("In force from"), widget=DateInput)

    def ask(self) -> None:
        self.fields["first_day"].initial = self.day

    def does(self, doing: Doing) -> Any:
        return actions.publish(self.subject.pk, self.cleaned_data["first_day"], doing)


class Return(OnItemVersion):
    """Back to the clerk by whoever reviews it now."""

    act, code, title, tone = ItemStep.RETURNED, "return", _("Return for changes"), "grave"
    desks = ABOVE
    effect = _("The clerk can write again; your reason stands above the draft.")
    reason = TextField(
        label=_("Reason and basis"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody can read it in the history."),
    )

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        review = VersionState.UNIT_REVIEW if who.desk == Desk.HEAD else VersionState.LEGAL_REVIEW
        return bool(subject.state == review)

    def does(self, doing: Doing) -> Any:
        return actions.send_back(self.subject.pk, self.cleaned_data["reason"], doing)


VERSION_OFFERS: tuple[type[Offer], ...] = (SendToUnit, PassUnit, PublishItem, Return)
