"""The applicant as a form, for the portal and for the window alike.

The law checks again when they are sent; here a mistake gets its sentence beside its field.
"""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.terms import ApplicantKind
from openhall.organs.rules.identity import fault_of_credit_code, fault_of_resident_id


class PartyForm(forms.Form):
    """Who applies."""

    kind = forms.ChoiceField(
        label=_("Who applies"),
        choices=[
            (ApplicantKind.PERSON.value, _("A person")),
            (ApplicantKind.COMPANY.value, _("A company or other body")),
        ],
        widget=forms.RadioSelect,
        initial=ApplicantKind.PERSON.value,
    )
    name = forms.CharField(label=_("Name as on the certificate"), max_length=120)
    number = forms.CharField(
        label=_("Identity number or credit code"),
        max_length=18,
        help_text=_("18 signs. We use it to make sure the result reaches the right person."),
    )
    phone = forms.CharField(label=_("Mobile telephone"), max_length=20)
    address = forms.CharField(label=_("Postal address"), max_length=200, required=False)
    agent_name = forms.CharField(
        label=_("Name of the person acting for the company"), max_length=60, required=False
    )
    agent_number = forms.CharField(
        label=_("Identity number of the person acting"), max_length=18, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        number = str(said.get("number", "")).strip().upper()
        company = said.get("kind") == ApplicantKind.COMPANY
        fault = fault_of_credit_code(number) if company else fault_of_resident_id(number)
        if number and fault:
            self.add_error("number", fault.said_in(get_language()))
        agent = str(said.get("agent_number", "")).strip().upper()
        if company and agent and (fault := fault_of_resident_id(agent)):
            self.add_error("agent_number", fault.said_in(get_language()))
        return said
