"""The applicant as a form, for the portal and for the window alike.

The law checks again when they are sent; here a mistake gets its sentence beside its field.
"""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.terms import ApplicantKind
from openhall.organs.fields import NumberOfDocument, PhoneField, TextField
from openhall.organs.rules.identity import fault_of_document
from openhall.organs.terms import IdentityKind

PERSONAL: Final = tuple(kind for kind in IdentityKind if kind != IdentityKind.CREDIT_CODE)


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
    name = TextField(label=_("Name as on the certificate"), max_length=120)
    identity = forms.ChoiceField(label=_("Identity document"), required=False)
    number = NumberOfDocument(
        label=_("Identity number or credit code"),
        help_text=_("We use it to make sure the result reaches the right person."),
    )
    phone = PhoneField(label=_("Telephone"), required=False)
    no_phone = forms.BooleanField(
        label=_("There is no telephone: write to the postal address"), required=False
    )
    address = TextField(label=_("Postal address"), max_length=200, required=False)
    agent_name = TextField(
        label=_("Name of the person acting for the company"), max_length=60, required=False
    )
    agent_number = NumberOfDocument(
        label=_("Identity number of the person acting"), required=False, person=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")

        self.fields["identity"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.said_in(get_language())) for kind in PERSONAL
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.judge(said, company=said.get("kind") == ApplicantKind.COMPANY)
        return said

    def judge(self, said: dict[str, Any], *, company: bool) -> None:
        """Hold the number against its document, and see that the applicant can be reached."""
        identity = said.get("identity") or IdentityKind.RESIDENT_ID.value
        kind = IdentityKind.CREDIT_CODE if company else IdentityKind(identity)
        number = said.get("number")
        if number and (fault := fault_of_document(kind, number, timezone.localdate())):
            self.add_error("number", fault.said_in(get_language()))
        if said.get("no_phone"):
            if not said.get("address") and "address" not in self.errors:
                self.add_error("address", _("Give the address to which papers are sent."))
        elif not said.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Give a telephone number, or tick below that there is none."))
