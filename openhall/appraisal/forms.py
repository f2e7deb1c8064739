"""Asking how the service was. 国办发〔2019〕51号."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.appraisal.terms import BadReason, Satisfaction
from openhall.organs.fields import TextField


class RatingForm(forms.Form):
    """Five levels; reasons are asked for the last two only, and the law says so beside them."""

    satisfaction = forms.ChoiceField(
        label=_("How was the service?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    reasons = forms.MultipleChoiceField(
        label=_("What was wrong"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed only if you are dissatisfied; the unit must put it right."),
    )
    comment = TextField(
        label=_("In your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Not published. The staff who served you do not see your name beside it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language()
        for name, words in (("satisfaction", Satisfaction), ("reasons", BadReason)):
            choices = [(word.value, word.said_in(language)) for word in words]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
