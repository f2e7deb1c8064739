"""The applicant and the item's questions as forms, for the portal and for the window alike.

The law checks again when they are sent; here a mistake gets its sentence beside its field.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.cases.questions import field_of
from openhall.cases.terms import ApplicantKind
from openhall.catalogue.rules.forms import FormDefinition, answers_of, read_form
from openhall.design.widgets import Reckoned, RowsInput
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
            self.add_error("number", fault)
        agent = str(said.get("agent_number", "")).strip().upper()
        if company and agent and (fault := fault_of_resident_id(agent)):
            self.add_error("agent_number", fault)
        return said


class Questions(forms.Form):
    """The item's own questions as one form, judged by the one rule of ``catalogue.rules.forms``.

    ``typed`` is what was typed, right or wrong, as it may be kept in a draft; ``reshaped`` says
    that only a row was added or removed, so that the page shows the form again unjudged.
    """

    use_required_attribute = False

    def __init__(
        self,
        definition: FormDefinition,
        *args: Any,
        only: set[str] | None = None,
        said: Mapping[str, Any] | None = None,
        kept: Mapping[str, Sequence[tuple[int, str]]] | None = None,
        on_paper: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definition, self.said = definition, dict(said or {})
        for question in definition:
            if only is not None and question.key not in only:
                continue
            field = field_of(
                question,
                before=definition,
                kept=(kept or {}).get(question.key, ()),
                on_paper=on_paper,
            )
            if condition := question.show_if:
                field.widget.attrs |= {
                    "data-asked-when": self.add_prefix(condition.field),
                    "data-asked-test": condition.test,
                    "data-asked-values": json.dumps(condition.values, ensure_ascii=False),
                }
            self.fields[question.key] = field

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the controls, by key; reckoned values are not typed."""
        return {
            key: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(key))
            for key, field in self.fields.items()
            if not isinstance(field.widget, Reckoned)
        }

    @property
    def reshaped(self) -> bool:
        """A row was added or removed, or a file taken back."""
        return "take-back" in self.data or any(
            field.widget.is_reshaped(self.data, self.add_prefix(key))
            for key, field in self.fields.items()
            if isinstance(field.widget, RowsInput)
        )

    def clean(self) -> dict[str, Any]:
        known = {key: one for key, one in self.said.items() if self.definition.field(key)}
        checked = answers_of(self.definition, known | self.typed, timezone.localdate())
        for key, sentence in checked.faults.items():
            if key in self.fields:
                self.add_error(key, sentence.in_(get_language()))
                widget = self.fields[key].widget
                if isinstance(widget, RowsInput):
                    widget.wrong = {
                        (row, column) for row, column, _said in checked.cells.get(key, [])
                    }
        return {key: one for key, one in checked.answers.items() if key in self.fields}


def questions_form(
    questions: list[dict[str, Any]] | FormDefinition, *args: Any, **kwargs: Any
) -> Questions:
    """The item's own questions as one form; ``only`` leaves the fields a supplement reopened."""
    definition = questions if isinstance(questions, FormDefinition) else read_form(questions)
    return Questions(definition, *args, **kwargs)


__all__ = ["PartyForm", "Questions", "field_of", "questions_form"]
