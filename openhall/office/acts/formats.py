"""The format of a bank's file at a desk: written at the fee window, published by finance. A12."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.desk.offers import Offer, said
from openhall.fees import actions
from openhall.fees.kinds import FORMAT
from openhall.fees.terms import FormatKind, PayChannel
from openhall.office.acts import versions as common
from openhall.office.acts.versions import offers_of
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.versions.terms import VersionAct, VersionState

COLUMNS: Final = ("serial", "notice", "amount", "channel", "paid_at")
ENCODINGS: Final = (("", _("As the file says itself")), ("gb18030", "GB 18030"), ("utf-8", "UTF-8"))
WHERE: Final = _("A heading (CSV), first byte + length such as 13+18 (fixed width), or an element.")


def place(label: Any, hint: Any = "") -> forms.CharField:
    return TextField(label=label, max_length=60, required=False, help_text=hint)


class FormatOffer(Offer):
    """The words of a format. None is required by the form: a draft may be half written."""

    kind = forms.ChoiceField(label=_("Kind of file"))
    encoding = forms.ChoiceField(label=_("Encoding"), required=False, choices=ENCODINGS)
    column_serial = place(_("Where the serial number stands"), WHERE)
    column_notice = place(_("Where the number of the notice stands"))
    column_amount = place(_("Where the amount stands"))
    column_paid_at = place(_("Where the time of payment stands"))
    column_channel = place(_("Where the channel stands"))
    channel = forms.ChoiceField(label=_("Channel of every line, else"), required=False)
    yuan = forms.BooleanField(label=_("Amounts are in yuan"), required=False)
    back_column = place(_("Where the mark of a reversal stands"))
    back_says = TextField(label=_("What it says then"), max_length=20, required=False)
    skip_first = forms.IntegerField(
        label=_("Lines above"), min_value=0, max_value=99, required=False
    )
    skip_last = forms.IntegerField(
        label=_("Lines below"), min_value=0, max_value=99, required=False
    )

    def ask(self) -> None:
        self.choose("kind", said(FormatKind))
        self.choose("channel", [("", "—"), *said(PayChannel)])

    def words(self) -> dict[str, Any]:
        """What was typed, as the act takes it."""
        typed = {name: self.cleaned_data[name] for name in FormatOffer.base_fields}
        columns = {name: typed.pop(f"column_{name}") for name in COLUMNS}
        typed["columns"] = {name: where for name, where in columns.items() if where}
        for name in ("skip_first", "skip_last"):
            typed[name] = typed[name] or 0
        return typed


class WriteFormat(FormatOffer):
    """Go on with the draft."""

    code, title, section, bare = "save", _("Write"), "write", True
    tone, button, done = "primary", _("Save"), _("The draft is saved.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        may = FORMAT.route.write.may(who.account, subject, who.day)
        return subject.state == VersionState.DRAFT and may

    def ask(self) -> None:
        super().ask()
        for name, field in self.fields.items():
            if name.startswith("column_"):
                field.initial = self.subject.columns.get(name.removeprefix("column_"), "")
            else:
                field.initial = getattr(self.subject, name)

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return replace(super().doing(key, now, None), seen=self.subject.revision)

    def does(self, doing: Doing) -> Any:
        return actions.save_format(self.subject.pk, self.words(), doing)


class BeginFormat(FormatOffer):
    """A format of one of the city's banks, as a draft."""

    act, title, bare, tone = VersionAct.BEGIN, _("Write a format"), True, "primary"
    desks, button, done = (Desk.CASHIER,), _("Save as a draft"), _("The draft is saved.")
    bank = forms.ChoiceField(label=_("Bank"))
    field_order = ("bank",)

    def ask(self) -> None:
        super().ask()
        self.choose("bank", [(one, one) for one in settings.BANK_CODES])

    def does(self, doing: Doing) -> Any:
        return actions.begin_format(self.cleaned_data["bank"], self.words(), doing)

    def goes_to(self, left: Any) -> str:
        at = [self.who.organ.code, self.who.desk.value, FORMAT.kind.name, left.pk]
        return reverse("office:version", args=at)


class PublishFormat(common.Publish):
    effect = _("From its first day on the bank's files are read so.")
    says_what_changed = False


class EndFormat(common.End):
    effect = _("After the last day the bank's files are read in our own columns.")


FORMAT_OFFERS: tuple[type[Offer], ...] = (
    WriteFormat,
    *offers_of(FORMAT, PublishFormat, EndFormat, but=(common.Pass,)),
)
