"""One question of a guide as a form, the same at the portal, the kiosk and in the preview."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.questions.rules.content import Question
from openhall.questions.rules.walking import Answer
from openhall.questions.terms import QuestionKind


class AnswerForm(forms.Form):
    """The one answer; its name in the address is the question's key."""

    def __init__(self, question: Question, typed: Any = None, answer: Answer | None = None) -> None:
        super().__init__(typed)
        self.question = question
        english = (get_language() or "").startswith("en")
        told: dict[str, Any] = {
            "label": (question.text_en if english else "") or question.text,
            "help_text": (question.help_en if english else "") or question.help,
        }
        choices = [
            (one.key, (one.label_en if english else "") or one.label) for one in question.choices()
        ]
        initial: Any = sorted(answer) if isinstance(answer, frozenset) else answer
        made: forms.Field
        if question.kind == QuestionKind.NUMBER:
            least, most = question.bounds()
            unit = (question.unit_en if english else "") or question.unit
            if unit:
                told["label"] = _("%(question)s (in %(unit)s)") % {
                    "question": told["label"],
                    "unit": unit,
                }
            made = forms.IntegerField(
                min_value=least,
                max_value=most,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={"required": _("Give a number to go on.")},
                **told,
            )
        elif question.kind == QuestionKind.MANY:
            told["help_text"] = told["help_text"] or _("Tick all that apply; none, if none does.")
            made = forms.MultipleChoiceField(
                choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **told
            )
        else:
            made = forms.ChoiceField(
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one answer to go on.")},
                **told,
            )
        made.initial = initial
        self.fields[question.key] = made

    @property
    def bound(self) -> forms.BoundField:
        """The question as the page shows it."""
        return self[self.question.key]

    def answer(self) -> Answer:
        """What was answered, once the form is valid."""
        said = self.cleaned_data[self.question.key]
        if self.question.kind == QuestionKind.MANY:
            return frozenset(said)
        return int(said) if self.question.kind == QuestionKind.NUMBER else str(said)
