"""Who applies and who acts for them, as forms: only the fields that this case of acting needs."""

from copy import deepcopy
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.terms import ActingFor, ApplicantKind, NoticeTo
from openhall.design.forms import DateInput, PhoneInput
from openhall.organs.fields import (
    KindOfDocument,
    NumberOfDocument,
    PhoneField,
    TextField,
    judge_person,
)
from openhall.organs.rules.identity import fault_of_credit_code

AUTOCOMPLETE: Final = {
    "name": "name",
    "number": "off",
    "address": "street-address",
    "agent_name": "name",
    "agent_number": "off",
}
AGENT = (
    "agent_name",
    "agent_identity",
    "agent_number",
    "agent_phone",
    "scope",
    "until",
    "notices_to",
)


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
    identity = KindOfDocument(label=_("Identity document"))
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
    agent_identity = KindOfDocument(label=_("Identity document of the person acting"))
    agent_number = NumberOfDocument(label=_("Identity number of the person acting"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")

        for name, hint in AUTOCOMPLETE.items():
            if name in self.fields:
                self.fields[name].widget.attrs.setdefault("autocomplete", hint)
        # Demanded unless another answer makes it needless, so never called optional.
        self.fields["phone"].asked_for = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.judge(said, company=said.get("kind") == ApplicantKind.COMPANY)
        return said

    def judge(self, said: dict[str, Any], *, company: bool) -> None:
        """Hold the number against its document, and see that the applicant can be reached."""
        number = said.get("number")
        if not company:
            judge_person(self, said, "identity", "number")
        elif number and (fault := fault_of_credit_code(number)):
            self.add_error("number", fault.said_in(get_language()))
        judge_person(self, said, "agent_identity", "agent_number")
        if said.get("no_phone"):
            if not said.get("address") and "address" not in self.errors:
                self.add_error("address", _("Give the address to which papers are sent."))
        elif not said.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Give a telephone number, or tick below that there is none."))


class ApplicantForm(PartyForm):
    """The applicant, and the agent where one acts; ``acting`` was chosen before."""

    agent_phone = PhoneField(
        label=_("Telephone of the person acting"),
        required=False,
        widget=PhoneInput(attrs={"autocomplete": "off"}),
    )
    scope = TextField(
        label=_("What the authorisation covers"),
        max_length=300,
        required=False,
        help_text=_("As in the letter: for example apply, supplement, receive the result."),
    )
    until = forms.DateField(
        label=_("Authorised until"),
        required=False,
        widget=DateInput,
        help_text=_("Leave empty if the letter names no day."),
    )
    notices_to = forms.ChoiceField(
        label=_("Who is told what happens"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("The other one can still follow the case with the query code."),
    )

    def __init__(self, acting: ActingFor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acting = acting
        language = get_language()
        choices = [(to.value, to.said_in(language)) for to in NoticeTo]
        self.fields["notices_to"].choices = choices  # type: ignore[attr-defined]
        del self.fields["kind"]
        if acting == ActingFor.SELF:
            for name in AGENT:
                del self.fields[name]
            self.fields["name"].label = _("Your name as on the certificate")
            self.fields["number"].label = _("Number of the certificate")
            return
        self.fields["agent_phone"].asked_for = True  # type: ignore[attr-defined]
        for name in ("agent_name", "agent_number", "notices_to"):
            self.fields[name].required = True
        if acting == ActingFor.COMPANY:
            del self.fields["identity"]
            self.fields["name"].label = _("Name of the company or body")
            self.fields["name"].widget.attrs["autocomplete"] = "organization"
            self.fields["number"].label = _("Unified social credit code")
        else:
            self.fields["name"].label = _("Name of the person who authorised you")
            self.fields["number"].label = _("Identity number of the person who authorised you")
            self.fields["agent_name"].label = _("Your name")
            self.fields["agent_number"].label = _("Your identity number")
            self.fields["agent_phone"].label = _("Your own telephone")
            self.fields["scope"].required = True

    def clean(self) -> dict[str, Any]:
        said = forms.Form.clean(self) or {}
        self.judge(said, company=self.acting == ActingFor.COMPANY)
        return said

    def applicant_kind(self) -> ApplicantKind:
        """What the applicant is, as the choice of acting says it."""
        company = self.acting == ActingFor.COMPANY
        return ApplicantKind.COMPANY if company else ApplicantKind.PERSON


class CounterForm(ApplicantForm):
    """The applicant as read from the paper at the window: a person or a body, with agent or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(ActingFor.COMPANY, *args, **kwargs)
        kind = PartyForm.base_fields["kind"]
        identity = deepcopy(PartyForm.base_fields["identity"])
        named = {"kind": kind, "name": self.fields["name"], "identity": identity}
        self.fields = named | self.fields
        for name in ("agent_name", "agent_number", "notices_to"):
            self.fields[name].required = False
        for name in ("name", "number", "agent_name", "agent_number"):
            self.fields[name].label = PartyForm.base_fields[name].label

    def clean(self) -> dict[str, Any]:
        said = forms.Form.clean(self) or {}
        company = said.get("kind") == ApplicantKind.COMPANY.value
        self.acting = ActingFor.COMPANY if company else ActingFor.SELF
        if not company and str(said.get("agent_name", "")).strip():
            self.acting = ActingFor.PERSON
        self.judge(said, company=company)
        return said


class SignatoryForm(forms.Form):
    """One more person who must sign."""

    name = TextField(label=_("Name as on the certificate"), max_length=60)
    identity = KindOfDocument(label=_("Identity document"))
    number = NumberOfDocument(label=_("Number of the identity document"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        judge_person(self, said, "identity", "number")
        return said
