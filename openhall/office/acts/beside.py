"""What is done beside the procedure of a case: served, compared, looked at, noted, barred."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.applying.actions.reusing import verify_original
from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.actions.reveal import reveal
from openhall.cases.materials import originals_to_see, upload_of
from openhall.cases.permissions import may_receive
from openhall.cases.queries import Case
from openhall.cases.terms import Act, AttemptResult, Delivery
from openhall.desk.offers import NOTE, Offer, said
from openhall.office.acts.form import ActForm
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.permits.actions import bar
from openhall.permits.terms import BanGround


class Attempt(ActForm):
    """An attempt to serve that has not ended in a signature."""

    act, code, title = Act.DELIVER, "attempt", _("Write down an attempt")
    desks, section, later = (Desk.WINDOW,), "serving", False
    button, done = _("Keep the attempt"), _("The attempt is written down.")
    way = forms.ChoiceField(label=_("How"))
    result = forms.ChoiceField(label=_("Result of the attempt"))
    tracking = TextField(label=_("Tracking number"), required=False, max_length=40)
    note = TextField(label=_("Remark"), required=False, max_length=200)

    def ask(self) -> None:
        results = (AttemptResult.POSTED, AttemptResult.RETURNED, AttemptResult.ABSENT)
        self.choose("way", said(Delivery, (Delivery.POST, Delivery.IN_PERSON)))
        self.choose("result", said(AttemptResult, results))

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.attempt(
            self.case.pk,
            Delivery(typed["way"]),
            AttemptResult(typed["result"]),
            doing,
            tracking=typed["tracking"],
            note=typed["note"],
        )


class SeeOriginal(Offer):
    """核验原件: the copy on this page was compared with its original, and becomes level B."""

    code, title, clause = "original", _("Original seen"), "国办函〔2016〕108号"
    desks, section = (Desk.WINDOW,), "originals"
    effect = _(
        "You compared this copy with its original. The applicant may use it again elsewhere."
    )
    done = _("The original was seen; the copy is level B now.")

    @classmethod
    def abouts(cls, subject: Case, who: Any) -> Iterable[Any]:
        copies = originals_to_see(subject)
        return copies if copies and may_receive(who.account, subject, who.day) else ()

    @classmethod
    def part(cls, subject: Case, key: str) -> Any:
        return upload_of(subject, key)

    def does(self, doing: Doing) -> None:
        verify_original(self.about, doing)


class ShowApplicant(Offer):
    """The applicant's data in the clear on this answer only; who asked and why is recorded."""

    code, title, section, shows = "reveal", _("Show in the clear"), "applicant", True
    button = _("Show and record")
    reason = TextField(
        label=_("Why you must read it"),
        max_length=200,
        help_text=_("Your name, the time and the reason are kept for ever."),
    )

    def does(self, doing: Doing) -> dict[str, Any]:
        return {"clear": reveal(self.subject, self.cleaned_data["reason"], doing)}


class LeaveNote(Offer):
    """A note for colleagues."""

    code, title, section = "note", _("Leave a note"), "notes"
    button, done = _("Keep the note"), _("Your note is kept; colleagues can read it.")
    words = TextField(
        label=_("Note"),
        widget=NOTE,
        max_length=2000,
        help_text=_("Never shown to the applicant; encrypted; it cannot be taken back."),
    )

    def does(self, doing: Doing) -> None:
        actions.note(self.subject.pk, self.cleaned_data["words"], doing)


class Bar(Offer):
    """The applicant may not apply for the matter again for a time. 行政许可法 78, 79."""

    code, title, section, tone = "bar", _("Bar the applicant from applying again"), "bar", "grave"
    desks, clause = (Desk.DECIDER,), "行政许可法 78、79"
    effect = _("The applicant is told in writing, and is refused when he applies for this matter.")
    button, done = _("Record the bar"), _("The applicant may not apply again for this matter.")
    ground = forms.ChoiceField(
        label=_("Ground"),
        widget=forms.RadioSelect,
        choices=[
            (
                BanGround.FALSE_MATERIALS.value,
                _("False materials or concealment: one year (78)"),
            ),
            (BanGround.DECEIT.value, _("Permit got by deceit and revoked: three years (79)")),
        ],
        initial=BanGround.FALSE_MATERIALS.value,
    )
    reason = TextField(label=_("Facts and reason"), widget=NOTE, max_length=1000)

    @classmethod
    def offered(cls, subject: Case, who: Any) -> bool:
        return subject.closed_at is not None

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        bar(self.subject.pk, BanGround(typed["ground"]), typed["reason"], doing)
