"""The questionnaire and the score sheet at a desk: begun, read from a file, reviewed, published."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.offers import Offer, said
from openhall.glossary import Said
from openhall.office.acts.versions import OnVersion, offers_of
from openhall.office.views.form_taking import read_upload
from openhall.organs.terms import Desk
from openhall.surveys import actions
from openhall.surveys.kinds import INSTRUMENT
from openhall.surveys.terms import Instrument
from openhall.versions.terms import VersionAct


class BeginInstrument(Offer):
    """The next version of either form."""

    code, title = "instrument", _("Begin a new version of a form")
    desks, section = (Desk.SUPERVISION,), "instrument"
    done = _("The draft is begun from the form in force.")
    which = forms.ChoiceField(label=_("Which form"))

    def ask(self) -> None:
        self.choose("which", said(Instrument))

    def does(self, doing: Doing) -> Any:
        return actions.begin_instrument(Instrument(self.cleaned_data["which"]), doing)

    def goes_to(self, left: Any) -> str:
        if left is None:
            return ""
        at = [self.who.organ.code, self.who.desk.value, INSTRUMENT.kind.name, left.pk]
        return reverse("office:version", args=at)


class TakeForm(OnVersion):
    """The draft's form, from a file of this form room or of another tool."""

    kind = INSTRUMENT
    act = VersionAct.BEGIN
    code, title, tone = "take", _("Take the form from a file"), "primary"
    effect = _("It replaces the form of the draft; nothing is published.")
    done = _("The form of the draft is replaced.")
    definition = forms.FileField(
        label=_("The form"),
        help_text=_("XLSForm, Form.io, JSON Schema, or the file that the form builder gives out."),
    )

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return replace(super().doing(key, now, None), seen=self.version.revision)

    def does(self, doing: Doing) -> Any:
        taken = read_upload(self.cleaned_data["definition"])
        if not taken.is_whole:
            lost = taken.lost[0]
            raise Refused(
                Said(
                    f"有{len(taken.lost)}处不能完整读入，例如：{lost}。请在原工具中修改后重新上传。",
                    f"{len(taken.lost)} things cannot be taken whole, such as: {lost}. Change them "
                    "in the other tool and upload it again.",
                ),
                "definition",
            )
        return actions.save_instrument(self.version.pk, taken.form, doing)


INSTRUMENT_OFFERS: tuple[type[Offer], ...] = (TakeForm, *offers_of(INSTRUMENT))
