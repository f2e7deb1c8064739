"""The applicant and the item's questions as forms, for the portal and for the window alike.

The law checks again when they are sent; here a mistake gets its sentence beside its field.
"""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.terms import ApplicantKind
from openhall.catalogue.terms import FieldKind
from openhall.design.forms import DateInput
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

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        number = str(said.get("number", "")).strip().upper()
        company = said.get("kind") == ApplicantKind.COMPANY
        fault = fault_of_credit_code(number) if company else fault_of_resident_id(number)
        if number and fault:
            self.add_error("number", fault)
        agent = str(said.get("agent_number", "")).strip().upper()
        if company and agent and (fault := fault_of_resident_id(agent)):
            self.add_error("agent_number", fault)
        return said


def field_of(question: dict[str, Any]) -> forms.Field:
    """One Django field for one question of an item's form."""
    english = (get_language() or "").startswith("en")
    label = (question.get("label_en") if english else "") or question["label"]
    said = (question.get("help_en") if english else "") or question.get("help", "")
    plain: dict[str, Any] = {
        "label": label,
        "help_text": said,
        "required": bool(question.get("required", False)),
    }
    kind = FieldKind(question["kind"])
    if kind == FieldKind.LONG_TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **plain)
    if kind == FieldKind.DATE:
        return forms.DateField(widget=DateInput, **plain)
    if kind in (FieldKind.NUMBER, FieldKind.MONEY):
        return forms.DecimalField(min_value=0, max_digits=14, decimal_places=2, **plain)
    if kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        options = [
            (str(o["value"]), (o.get("label_en") if english else "") or o["label"])
            for o in question.get("options", [])
        ]
        if kind == FieldKind.CHOICES:
            return forms.MultipleChoiceField(
                choices=options, widget=forms.CheckboxSelectMultiple, **plain
            )
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **plain)
    if kind == FieldKind.STATEMENT:
        return forms.BooleanField(**plain)
    return forms.CharField(max_length=300, **plain)


def questions_form(
    questions: list[dict[str, Any]], *args: Any, only: set[str] | None = None, **kwargs: Any
) -> forms.Form:
    """The item's own questions as one form; ``only`` leaves the fields a supplement reopened."""
    fields = {
        question["key"]: field_of(question)
        for question in questions
        if only is None or question["key"] in only
    }
    made = type("Questions", (forms.Form,), fields)
    form: forms.Form = made(*args, **kwargs)
    return form
