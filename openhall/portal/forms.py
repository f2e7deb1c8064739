"""What the portal asks besides the application itself."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """A query or resume code as printed on the receipt."""

    code = forms.CharField(label=_("Code on your receipt"), max_length=20)
