"""The lines of a mark sheet as fields of a form, at the portal and on the desk alike."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import get_language, gettext_lazy

from openhall.inspections.rules.indicators import Indicator
from openhall.organs.fields import TextField


def ask_marks(form: forms.Form, indicators: Sequence[Indicator]) -> None:
    """A mark of 0 to 100 for each indicator, and what was noticed."""
    english = (get_language() or "").startswith("en")
    for one in indicators:
        form.fields[f"mark_{one.code}"] = forms.IntegerField(
            label=(english and one.title_en) or one.title,
            min_value=0,
            max_value=100,
            required=False,
            help_text=gettext_lazy("Leave empty where it does not apply") if one.applies else "",
        )
    form.fields["remark"] = TextField(
        label=gettext_lazy("What you noticed"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
