"""What the Informatization Office does: sites in one step, units designated and guided. B1, B9."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.desk.offers import Offer
from openhall.office.acts.versions import PUBLIC_REASON, why
from openhall.organs.fields import TextField
from openhall.organs.queries import organs_of
from openhall.organs.terms import OrganKind
from openhall.sites import actions
from openhall.sites.queries import Designation, designation_by_pk, designations
from openhall.sites.terms import DesignationAct, SiteAct


class MakeSites(Offer):
    """One site for every organ that has none."""

    act, section, tone = SiteAct.MAKE, "make", "primary"
    effect = _("Each gets the standard columns and is at once to be found under its own address.")
    done = _("The sites are made.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return bool(actions.without_site(who.day))

    def does(self, doing: Doing) -> Any:
        return actions.make_sites(doing)


class Guidance(Offer):
    guidance = TextField(
        label=_("Guidance"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class Designate(Guidance):
    """A window unit that is to be interactive."""

    act, section, tone = DesignationAct.DESIGNATE, "designate", "primary"
    effect = _("From tonight on its pages are asked, and the answers stand on the public board.")
    unit = forms.ChoiceField(label=_("Unit"))
    field_order = ("unit", "guidance")

    def ask(self) -> None:
        taken = {one.organ_id for one in designations(self.day)}
        rows = organs_of((OrganKind.DEPARTMENT, OrganKind.BUREAU))
        self.choose_rows("unit", [one for one in rows if one.pk not in taken])

    def does(self, doing: Doing) -> Any:
        return actions.designate(self.chosen("unit"), self.cleaned_data["guidance"], doing)


class _OfUnit(Offer):
    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Any:
        return [one for one in designations(who.day) if one.until is None]

    @classmethod
    def part(cls, subject: Any, key: str) -> Designation | None:
        return designation_by_pk(int(key)) if key.isdecimal() and len(key) < 18 else None


class Advise(_OfUnit, Guidance):
    act, section = DesignationAct.ADVISE, "unit"
    effect = _("The unit and everybody read it on the board.")

    def does(self, doing: Doing) -> Any:
        return actions.advise(self.about.pk, self.cleaned_data["guidance"], doing)


class Release(_OfUnit):
    act, section, seldom = DesignationAct.RELEASE, "unit", True
    effect = _("It does not count any more.")
    reason = why(_("Why"), PUBLIC_REASON)

    def does(self, doing: Doing) -> Any:
        return actions.release(self.about.pk, self.cleaned_data["reason"], doing)
