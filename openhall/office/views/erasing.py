"""The head of an organ erases the personal data of an ended case. 个人信息保护法 47."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from openhall.cases.actions import Doing, erase
from openhall.cases.queries import case_for_desk
from openhall.cases.terms import Act, ErasureGround
from openhall.deeds.refusals import Refused
from openhall.desk.offers import Offer, said
from openhall.glossary import Said
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk

NO_CASE = Said("本单位没有这个编号的办件。", "Your organ has no case of this number.")


class Erase(Offer):
    """Which case, on which ground, and why."""

    act, bare, tone = Act.ERASE, True, "grave"
    effect = _(
        "The personal data of this case is destroyed for good. Your name and the reason are"
        " recorded."
    )
    done = _("The personal data of %(number)s was erased.")
    number = TextField(label=_("Case number"), max_length=40)  # type: ignore[assignment]
    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    reason = TextField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text=_("Which request or which period; write no personal data here."),
    )

    def ask(self) -> None:
        self.choose("ground", said(ErasureGround))

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        case = case_for_desk(typed["number"].strip(), self.who.organ)
        if case is None:
            raise Refused(NO_CASE, "number")
        return erase(case.pk, ErasureGround(typed["ground"]), typed["reason"], doing)

    def said_done(self) -> str:
        return str(self.done) % {"number": self.data.get(self.add_prefix("number"), "")}


class Erasing(DeskPage):
    """What erasing destroys and what stays, and the act."""

    offers = (Erase,)
    template, at, by_desk = "office/erase.html", "erase", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return seat_at(request, where["organ"], Desk.HEAD.value), None


page = official(Erasing())
