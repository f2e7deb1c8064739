"""What is done to a fee at a desk: written after its approval, put in force, ended. A11, A12."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.actions import tariffs as actions
from openhall.catalogue.kinds import TARIFF
from openhall.catalogue.queries import items_in_use
from openhall.deeds.doing import Doing
from openhall.design.words import called
from openhall.desk.offers import Offer
from openhall.office.acts import versions as common
from openhall.office.acts.versions import offers_of
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.versions.terms import VersionAct, VersionState

IN_YUAN = ("amount", "more_amount", "most_amount")
FEN = 100  # a yuan's worth; amounts are kept in fen


class TariffOffer(Offer):
    """The words of a fee. None is required by the form: a draft may be half written."""

    name = TextField(label=_("What is charged"), max_length=200, required=False)
    name_en = TextField(label=_("What is charged, in English"), max_length=200, required=False)
    amount = forms.DecimalField(
        label=_("Amount in yuan"),
        min_value=0,
        max_value=10_000_000,
        decimal_places=2,
        required=False,
    )
    unit = TextField(label=_("Charged for one"), max_length=30, required=False)
    basis = TextField(label=_("Number of the document it rests on"), max_length=300, required=False)
    price_approval = TextField(
        label=_("Number of the price authority's approval"), max_length=200, required=False
    )
    approval_page = TextField(label=_("Page of that document"), max_length=60, required=False)
    included = forms.IntegerField(
        label=_("The amount is for the first …"),
        min_value=0,
        max_value=999,
        required=False,
        help_text=_("Empty: so much for each. Else so many are included, and each more costs:"),
    )
    more_amount = forms.DecimalField(
        label=_("Each further one, in yuan"),
        min_value=0,
        max_value=10_000_000,
        decimal_places=2,
        required=False,
    )
    most_amount = forms.DecimalField(
        label=_("At most, in yuan"),
        min_value=0,
        max_value=10_000_000,
        decimal_places=2,
        required=False,
        help_text=_("Empty: no upper limit."),
    )
    reducible = forms.BooleanField(label=_("May be reduced"), required=False)
    reduction_basis = TextField(label=_("Basis of the reduction"), max_length=300, required=False)

    def words(self) -> dict[str, Any]:
        """What was typed, as the act takes it: amounts in fen."""
        said = {name: self.cleaned_data[name] for name in TariffOffer.base_fields}
        for name in IN_YUAN:
            said[name] = int((said[name] or Decimal(0)) * FEN)
        said["included"] = said["included"] or 0
        return said


class WriteTariff(TariffOffer):
    """Go on with the draft."""

    code, title, section, bare = "save", _("Write"), "write", True
    tone, button, done = "primary", _("Save"), _("The draft is saved.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        may = TARIFF.route.write.may(who.account, subject, who.day)
        return subject.state == VersionState.DRAFT and may

    def ask(self) -> None:
        for name in TariffOffer.base_fields:
            self.fields[name].initial = getattr(self.subject, name)
        for name in IN_YUAN:
            self.fields[name].initial = Decimal(getattr(self.subject, name) or 0) / FEN

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return replace(super().doing(key, now, None), seen=self.subject.revision)

    def does(self, doing: Doing) -> Any:
        return actions.save_tariff(self.subject.pk, self.words(), doing)


class BeginTariff(TariffOffer):
    """A fee of one of the unit's items, as a draft."""

    act, title, bare, tone = VersionAct.BEGIN, _("Write a fee"), True, "primary"
    desks, button = (Desk.CATALOGUE_CLERK, Desk.LEGAL), _("Save as a draft")
    done = _("The draft is saved.")
    field_order = ("item", "fee")

    def ask(self) -> None:
        organ = None if self.who.desk == Desk.LEGAL else self.who.organ
        self.items = {item.code: item for item in items_in_use(organ)}
        self.fields["item"] = forms.ChoiceField(
            label=_("Item"),
            choices=[(code, f"{code} {called(item.entry)}") for code, item in self.items.items()],
        )
        self.fields["fee"] = forms.SlugField(
            label=_("Code of the fee"),
            max_length=40,
            help_text=_("One item may have several; small Latin letters, figures and hyphens."),
        )
        self.order_fields(self.field_order)

    def does(self, doing: Doing) -> Any:
        item, code = self.items[self.cleaned_data["item"]], self.cleaned_data["fee"]
        return actions.begin_tariff(item, code, self.words(), doing)

    def goes_to(self, left: Any) -> str:
        at = [self.who.organ.code, self.who.desk.value, TARIFF.kind.name, left.pk]
        return reverse("office:version", args=at)


class PublishTariff(common.Publish):
    effect = _("From its first day on exactly this is charged, and nothing else.")
    says_what_changed = False


class EndTariff(common.End):
    effect = _("After the last day nothing is charged under this code.")


TARIFF_OFFERS: tuple[type[Offer], ...] = (
    WriteTariff,
    *offers_of(TARIFF, PublishTariff, EndTariff, but=(common.Pass,)),
)
