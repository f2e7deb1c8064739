"""The switch 超时默许、缺席默认: the government's office sets and ends it, dated, on a document."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer
from openhall.joint import actions as joint
from openhall.joint.permissions import may_switch_deemed_consent
from openhall.joint.queries import switches
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.versions.terms import VersionAct

WRITTEN = _("Written, and in the public log.")


class SwitchOn(Offer):
    """From when, until when and on which document."""

    act, title, tone, done = VersionAct.PUBLISH, _("Switch it on"), "grave", WRITTEN
    effect = _(
        "From the first day, silence of a unit that signed for its notice counts as consent. Days"
        " that are past are never included."
    )
    since = forms.DateField(label=_("First day in force"), widget=DateInput)
    until = forms.DateField(
        label=_("Last day in force, if known"), widget=DateInput, required=False
    )
    basis = TextField(label=_("Name and number of the document it rests on"), max_length=300)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return joint.switch_on(typed["since"], typed["until"], typed["basis"], doing)


class SwitchOff(Offer):
    """Today is the last day of a rule in force without end."""

    act, section, tone, done = VersionAct.END, "ends", "grave", WRITTEN
    reason = TextField(label=_("Why it ends"), max_length=300)

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return [one for one in subject if one.is_public and one.effective_until is None]

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        return next((one for one in subject if cls.part_key(one) == key), None)

    @property
    def button(self) -> str:
        return format_html(
            '{}<span class="visually-hidden">: {}</span>',
            _("Today is its last day"),
            self.about.basis,
        )

    @property
    def label(self) -> str:
        return self.button

    def does(self, doing: Doing) -> Any:
        return joint.switch_off(self.about.pk, self.day, self.cleaned_data["reason"], doing)


class Switches(DeskPage):
    """Every row of the switch, and the next one."""

    offers = (SwitchOn, SwitchOff)
    template, at, by_desk = "office/together/deemed_consent.html", "deemed_consent", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, list[Any]]:
        seat = seat_at(request, where["organ"], Desk.GOVERNMENT_OFFICE.value)
        if not may_switch_deemed_consent(seat.account, seat.day):
            raise PermissionDenied(_("The office of the government sets this."))
        return seat, list(switches())

    def content(self, who: Seat, subject: list[Any]) -> dict[str, Any]:
        return {"seat": who, "switches": subject}


page = official(Switches())
