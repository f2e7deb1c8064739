"""How a unit is reached, said once: by who leads a unit, with a site of its own or without. A7."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.actions.contacts import NEEDED, settle_contact
from openhall.catalogue.queries import guides_of_contact
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.offers import Offer, in_words
from openhall.organs.actions import CONTACT
from openhall.organs.fields import TextField
from openhall.organs.queries import Organ
from openhall.organs.terms import Desk
from openhall.sites import actions
from openhall.sites.terms import SiteAct


class SettleUnit(Offer):
    """Telephones, address and hours of a unit."""

    code, title, section, bare, tone = "settle", _("Change contacts"), "settle", True, "primary"
    desks = (Desk.HEAD,)
    button = _("Change it everywhere")
    done = _("Changed on every page that shows it.")
    phone = TextField(label=_("Telephone"), max_length=40, required=False)
    complaint_phone = TextField(label=_("Telephone for complaints"), max_length=40, required=False)
    place = TextField(label=_("Address"), max_length=200, required=False)
    place_en = TextField(label=_("Address in English"), max_length=200, required=False)
    hours = TextField(label=_("Hours"), max_length=120, required=False)
    hours_en = TextField(label=_("Hours in English"), max_length=160, required=False)
    # A form has an address of its own, so the unit's goes by another name.
    OWN: ClassVar = {"address": "place", "address_en": "place_en"}

    def ask(self) -> None:
        self.fill(self.subject)

    def fill(self, organ: Organ) -> None:
        """What the unit says now; what guides rest on is not called optional."""
        for name in CONTACT:
            self.fields[self.OWN.get(name, name)].initial = getattr(organ, name)
        for name in NEEDED:
            field: Any = self.fields[self.OWN.get(name, name)]
            field.asked_for = bool(guides_of_contact(organ, [name], timezone.localdate()))

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        said = {name: typed[self.OWN.get(name, name)] for name in CONTACT}
        settle_contact(self.subject, said, replace(doing, seen=self.subject.seq))

    def refuse(self, refusal: Refused) -> None:
        for fault in refusal.faults or (refusal,):
            field = self.OWN.get(fault.field, fault.field)
            self.add_error(field if field in self.fields else None, in_words(fault))


class Settle(SettleUnit):
    """What stands at head and foot of a site and in its contact cards, once."""

    act, code = SiteAct.SETTLE, SiteAct.SETTLE.value
    mail = forms.EmailField(label=_("E-mail"), max_length=120, required=False)
    site_code = TextField(label=_("Website identification code"), max_length=10, required=False)
    host = TextField(
        label=_("Host of its own"),
        max_length=120,
        required=False,
        help_text=_("Empty: it stands under the city's address. The operator routes the name."),
    )
    OWN: ClassVar = {**SettleUnit.OWN, "code": "site_code"}

    def ask(self) -> None:
        self.fill(self.subject.organ)
        for name in actions.Contacts().said():
            if name not in CONTACT:
                self.fields[self.OWN.get(name, name)].initial = getattr(self.subject, name)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        names = actions.Contacts().said()
        contacts = actions.Contacts(**{name: typed[self.OWN.get(name, name)] for name in names})
        return actions.settle(self.subject.pk, contacts, replace(doing, seen=self.subject.seq))
