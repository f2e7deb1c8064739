"""What the asker of a question may do about it with its code."""

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.desk.offers import Offer
from openhall.enquiries import actions
from openhall.enquiries.queries import Enquiry, follow_up_of
from openhall.enquiries.rules.asking import TEXT_AT_MOST
from openhall.enquiries.rules.lifecycle import acts_on
from openhall.enquiries.terms import EnquiryAct, EnquiryKind, EnquiryState, ToldBy
from openhall.organs.fields import TextField
from openhall.portal.acts import Visitor

LONG = forms.Textarea(attrs={"rows": 4})


class OfAsker(Offer):
    """With the code, where the question stands so."""

    act: ClassVar[EnquiryAct]

    @classmethod
    def offered(cls, subject: Enquiry, who: Visitor) -> bool:
        return cls.act in acts_on(EnquiryKind(subject.kind), EnquiryState(subject.state))


class Clarify(OfAsker):
    act, section, bare, tone = EnquiryAct.CLARIFY, "asked_back", True, "primary"
    button, done = _("Send what I add"), _("Thank you. The unit has its working days anew.")
    words = TextField(label=_("What you add"), max_length=TEXT_AT_MOST, required=False, widget=LONG)

    def does(self, doing: Doing) -> None:
        words = self.cleaned_data["words"]
        actions.clarify(self.subject.pk, words, doing, holds_code=self.who.holds)


class Helped(OfAsker):
    act, section, bare, tone = EnquiryAct.FIND_HELPFUL, "helped", True, "primary"
    title, button, done = _("Did it help?"), _("Say so"), _("Thank you; it is counted.")
    helped = forms.ChoiceField(
        label=_("Did the answer help?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        error_messages={"required": _("Choose yes or no.")},
    )

    @classmethod
    def offered(cls, subject: Enquiry, who: Visitor) -> bool:
        return subject.helpful is None and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        helped = self.cleaned_data["helped"] == "yes"
        actions.find_helpful(self.subject.pk, helped, doing, holds_code=self.who.holds)


class FollowUp(Offer):
    """Once, to the same unit, with a limit of its own."""

    code, title, section = "follow_up", _("Ask a follow-up"), "more"
    button, done = _("Send the follow-up"), _("Your follow-up was received.")
    effect = _("It goes to the same unit with a limit of its own. One follow-up is possible.")
    words = TextField(
        label=_("What is still unclear"), max_length=TEXT_AT_MOST, required=False, widget=LONG
    )

    @classmethod
    def offered(cls, subject: Enquiry, who: Visitor) -> bool:
        return (
            subject.state == EnquiryState.ANSWERED
            and subject.kind == EnquiryKind.CONSULTATION
            and subject.follows_id is None
            and follow_up_of(subject) is None
        )

    def refuse(self, refusal: Any) -> None:
        if refusal.field == "text":
            self.add_error("words", str(refusal))
            return
        super().refuse(refusal)

    def does(self, doing: Doing) -> Enquiry:
        before: Enquiry = self.subject
        return actions.ask(
            actions.Asked(
                before.title,
                self.cleaned_data["words"],
                follows=before,
                item=before.item,
                name=before.name,
                told_by=ToldBy(before.told_by),
                address=before.address,
                may_publish=before.may_publish,
                language=get_language() or "zh",
            ),
            doing.part("follow-up"),
        )

    def goes_to(self, left: Enquiry) -> str:
        return reverse("portal:enquiry", args=[self.subject.number])


class Withdraw(OfAsker):
    act, section, tone = EnquiryAct.WITHDRAW, "more", "grave"
    title, done = _("Withdraw the question"), _("It is withdrawn; nobody answers it any more.")
    effect = _("It ends here. You may ask again at any time.")

    def does(self, doing: Doing) -> None:
        actions.withdraw(self.subject.pk, doing, holds_code=self.who.holds)


class TakeDown(OfAsker):
    act, section, tone = EnquiryAct.TAKE_DOWN, "more", "grave"
    title, done = _("Take back my consent to publication"), _("It is not public any more.")
    effect = _("The answer stays yours to read with the code; nobody else reads it any more.")

    @classmethod
    def offered(cls, subject: Enquiry, who: Visitor) -> bool:
        return subject.may_publish and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.take_down(self.subject.pk, "", doing, holds_code=self.who.holds)


ENQUIRY_ACTS: tuple[type[Offer], ...] = (Clarify, Helped, FollowUp, TakeDown, Withdraw)
