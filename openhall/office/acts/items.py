"""What is done to an item and its versions at the catalogue's desks. A7, A10."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from openhall.catalogue import actions
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.queries import ItemVersion, entry_by_pk
from openhall.catalogue.terms import ItemState, ItemStep, UseLevel
from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.design.words import called
from openhall.desk.offers import Offer
from openhall.office.acts import versions as common
from openhall.office.acts.central_list import CLAUSE, DONE, Reasoned
from openhall.office.acts.versions import offers_of
from openhall.organs.terms import Desk
from openhall.paging.whole import whole_or
from openhall.versions.queries import draft_of
from openhall.versions.terms import VersionAct

CLERK, ABOVE = (Desk.CATALOGUE_CLERK,), (Desk.HEAD, Desk.LEGAL)


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

    act, code, title = VersionAct.BEGIN, "draft", _("Draft a new version")
    desks, tone, section, bare = CLERK, "primary", "draft", True
    button = _("Draft a new version")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return draft_of(ItemVersion, item=subject) is None and subject.state != ItemState.CANCELLED

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
class BackToTheList:
    """A guide that is handed on: the next one waits in the list."""

    done = DONE

    def goes_to(self, left: Any) -> str:
        return reverse("office:catalogue", args=[self.who.organ.code])  # type: ignore[attr-defined]


class SendItem(BackToTheList, common.Send):
    title = _("Send to unit review")

    @property
    def effect(self) -> str:
        return str(
            _(
                "You cannot change it while it is reviewed. The head passes it on to the Legal"
                " Affairs Office or returns it."
            )
        )


class PassItem(BackToTheList, common.Pass):
    title = _("Pass to the Legal Affairs Office")
    effect = _("You answer for the unit that what it says is true.")


class PublishItem(BackToTheList, common.Publish):
    tone, clause, says_what_changed = "primary", CLAUSE, False
    effect = _(
        "It is in force for everybody from that day and ends the version before on the day before."
        " Cases keep the version they were accepted on."
    )


class ReturnItem(BackToTheList, common.SendBack):
    title, tone = _("Return for changes"), "grave"
    effect = _("The clerk can write again; your reason stands above the draft.")
    reason = common.why(_("Reason and basis"))


class DropItem(BackToTheList, common.Drop):
    pass


# An item ends by being cancelled, and its next version begins on its own page.
VERSION_OFFERS = offers_of(
    ITEM_VERSION,
    SendItem,
    PassItem,
    PublishItem,
    ReturnItem,
    DropItem,
    but=(common.Begin, common.End),
)
