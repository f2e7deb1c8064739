"""Forms as the house shows them: label, hint, error, control, tied together.

``Renderer`` is ``settings.FORM_RENDERER``. Only the group of a field is ours; every other form
template stays Django's, so Wagtail's admin and allauth keep working.
"""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

# Sentences of Django and allauth that people meet, said in our words: the catalogue of a room goes
# before theirs, so it is enough that they are named here.
STOCK = (
    _("This field is required."),
    _("This field cannot be blank."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid value."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a valid email address."),
    _("Enter a valid URL."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("The submitted file is empty."),
    _("No file was submitted. Check the encoding type on the form."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    pgettext_lazy("field label", "Login"),
    _("Username or email"),
    _("Email (optional)"),
    _("Sign in with a passkey"),
    _("Please contact us if you have any trouble resetting your password."),
)


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
