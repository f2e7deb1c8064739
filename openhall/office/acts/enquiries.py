"""What a desk may do to a question; the act decides. 国办秘函〔2019〕19号."""

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.desk.offers import NOTE, Offer, said
from openhall.enquiries import actions
from openhall.enquiries.queries import Enquiry, parts_of
from openhall.enquiries.rules.asking import ANSWER_AT_MOST
from openhall.enquiries.rules.hiding import found_in
from openhall.enquiries.rules.lifecycle import acts_on
from openhall.enquiries.terms import EnquiryAct, EnquiryKind, EnquiryState, Taken, WhyClosed
from openhall.organs.fields import TextField
from openhall.organs.queries import organs_of
from openhall.organs.terms import Desk, OrganKind

STAFF, REVIEW = (Desk.HANDLER, Desk.WINDOW), (Desk.DECIDER, Desk.HEAD)
CENTRE = (Desk.CENTRE_MANAGER,)
PUBLISHERS = (Desk.EDITOR, Desk.DECIDER, Desk.HEAD)
UNITS = (OrganKind.DEPARTMENT, OrganKind.BUREAU, OrganKind.CENTRE)
PARTS = {
    "title": _("in the question"),
    "text": _("in the circumstances"),
    "answer": _("in the answer"),
}


def reason(label: Any, most: int = 500) -> TextField:
    return TextField(label=label, widget=NOTE, required=False, max_length=most)


class OnEnquiry(Offer):
    act: ClassVar[EnquiryAct]
    desks: ClassVar[tuple[str, ...]] = STAFF

    @classmethod
    def offered(cls, subject: Enquiry, who: Any) -> bool:
        return cls.act in acts_on(EnquiryKind(subject.kind), EnquiryState(subject.state))

    @property
    def pk(self) -> int:
        pk: int = self.subject.pk
        return pk

    def back(self) -> str:
        """The queue: the question lies elsewhere now."""
        return reverse("office:enquiries", args=[self.who.organ.code, self.who.desk.value])


class Draft(OnEnquiry):
    act, tone, shortcut = EnquiryAct.DRAFT, "primary", "w"
    effect = _("Another person of the unit reads it before the asker does.")
    taken = forms.ChoiceField(label=_("What is done with it"), required=False)
    words = TextField(
        label=_("The answer"),
        required=False,
        max_length=ANSWER_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("To the point; name the guide or the article it rests on."),
    )

    def ask(self) -> None:
        if self.subject.kind == EnquiryKind.OPINION:
            self.choose("taken", said(Taken))
            self.initial["taken"] = self.subject.taken
        else:
            del self.fields["taken"]
        self.initial["words"] = self.subject.answer

    def does(self, doing: Doing) -> None:
        taken = self.cleaned_data.get("taken")
        words = self.cleaned_data["words"]
        actions.draft(self.pk, words, doing, taken=Taken(taken) if taken else None)


class Send(OnEnquiry):
    act, desks, tone, shortcut = EnquiryAct.SEND, REVIEW, "primary", "s"
    effect = _("The asker reads it and is told by the way they chose.")

    @classmethod
    def offered(cls, subject: Enquiry, who: Any) -> bool:
        return subject.answered_by_id != who.account.pk and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.send_answer(self.pk, doing)


class SendBack(OnEnquiry):
    act, desks = EnquiryAct.SEND_BACK, REVIEW
    effect = _("It is written anew; the last day stays the same.")
    reason = reason(_("What the answer lacks"))

    def does(self, doing: Doing) -> None:
        actions.send_back(self.pk, self.cleaned_data["reason"], doing)


class Transfer(OnEnquiry):
    act = EnquiryAct.TRANSFER
    effect = _("It lies with that unit at once. The last day stays the same; the asker is told.")
    organ = forms.ChoiceField(label=_("Unit"))
    reason = reason(_("Why it is theirs"))

    @classmethod
    def offered(cls, subject: Enquiry, who: Any) -> bool:
        return not subject.settled and super().offered(subject, who)

    def ask(self) -> None:
        units = [one for one in organs_of(UNITS) if one.pk != self.subject.organ_id]
        self.choose_rows("organ", units, _("Choose the unit"))
        self.fields["organ"].error_messages["required"] = _("Choose the unit.")

    def does(self, doing: Doing) -> None:
        actions.transfer(self.pk, self.chosen("organ"), self.cleaned_data["reason"], doing)

    def goes_to(self, left: Any) -> str:
        return self.back()


class Refer(OnEnquiry):
    act, seldom = EnquiryAct.REFER, True
    effect = _("After the last transfer the service centre names the unit, for good.")
    reason = reason(_("Why it is not ours"))

    @classmethod
    def offered(cls, subject: Enquiry, who: Any) -> bool:
        return not subject.settled and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.refer(self.pk, self.cleaned_data["reason"], doing)

    def goes_to(self, left: Any) -> str:
        return self.back()


class Assign(Transfer):
    act, desks, tone = EnquiryAct.ASSIGN, CENTRE, "primary"
    effect = _("It lies with that unit at once; the last day stays the same.")
    reason = reason(_("Why this unit"))

    def does(self, doing: Doing) -> None:
        actions.assign(self.pk, self.chosen("organ"), self.cleaned_data["reason"], doing)


class AskToClarify(OnEnquiry):
    act = EnquiryAct.ASK_TO_CLARIFY
    effect = _("Once, and within the limit. The limit begins anew when the asker answers.")
    words = reason(_("What is missing, or what is to be shortened"))

    @classmethod
    def offered(cls, subject: Enquiry, who: Any) -> bool:
        return not subject.clarified and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.ask_to_clarify(self.pk, self.cleaned_data["words"], doing)


class Close(OnEnquiry):
    act, desks, tone, seldom = EnquiryAct.CLOSE, (*REVIEW, *CENTRE), "grave", True
    effect = _("It ends without an answer; the asker reads why. It is counted in public.")
    why = forms.ChoiceField(label=_("Why"))
    words = reason(_("In words, with the way that is open"))

    def ask(self) -> None:
        self.choose("why", said(WhyClosed))

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.close(self.pk, WhyClosed(typed["why"]), typed["words"], doing)


class Publish(OnEnquiry):
    act, desks, tone = EnquiryAct.PUBLISH, PUBLISHERS, "primary"
    effect = _("Everybody reads it, less what is hidden here. Nothing is reworded.")
    places = forms.MultipleChoiceField(
        label=_("Hide this"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = TextField(
        label=_("More words to hide, one a line"), widget=NOTE, required=False, max_length=1000
    )
    why_kept = reason(_("If you leave something standing: why it is no personal data"))

    @classmethod
    def offered(cls, subject: Enquiry, who: Any) -> bool:
        return (
            subject.may_publish
            and not subject.is_public
            and subject.answered_by_id != who.account.pk
            and (subject.call is None or subject.call.until < who.day)
            and super().offered(subject, who)
        )

    def ask(self) -> None:
        choices = []
        for part, text in parts_of(self.subject).items():
            for one in found_in(text, [self.subject.name]):
                kind = one.kind.said_in(get_language())
                label = f"{one.words}（{kind}，{PARTS[part]}）"
                choices.append((f"{part}:{one.place}", label))
        self.choose("places", choices)
        self.initial["places"] = [place for place, _label in choices]
        if not choices:
            del self.fields["places"]
            del self.fields["why_kept"]

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        more = tuple(line.strip() for line in typed["more"].splitlines() if line.strip())
        places = frozenset(typed.get("places", ()))
        hiding = actions.Hiding(places, more, typed.get("why_kept", ""))
        actions.publish(self.pk, hiding, doing)


class TakeDown(OnEnquiry):
    act, desks, seldom = EnquiryAct.TAKE_DOWN, PUBLISHERS, True
    effect = _("Nobody reads it in public any more; the asker still does.")
    reason = reason(_("Why it is taken down"))

    @classmethod
    def offered(cls, subject: Enquiry, who: Any) -> bool:
        return subject.is_public and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.take_down(self.pk, self.cleaned_data["reason"], doing)


ENQUIRY_OFFERS: tuple[type[Offer], ...] = (
    Draft,
    Send,
    SendBack,
    Assign,
    Transfer,
    AskToClarify,
    Publish,
    Refer,
    Close,
    TakeDown,
)
