"""Forms as the house shows them: label, hint, error, control, tied together.

``Renderer`` is ``settings.FORM_RENDERER``. Only the group of a field is ours; every other form
template stays Django's, so Wagtail's admin and allauth keep working.
"""

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's own renderer with an accessible field group."""

    field_template_name = "design/components/field.html"


class DateInput(forms.DateInput):
    """A day, chosen with the browser's own calendar; always sent as 2003-05-26."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """An hour of the day, sent as 09:30."""

    input_type = "time"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """A moment, sent as 2003-05-26T09:30."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class PhoneInput(forms.TextInput):
    """A telephone number, with the number keys on a phone."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({"autocomplete": "tel", "class": "short"} | (attrs or {}))


class CodeInput(forms.TextInput):
    """A code typed from paper: no spelling help, no capital letters put in."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        plain = {"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(plain | {"class": "short"} | (attrs or {}))
