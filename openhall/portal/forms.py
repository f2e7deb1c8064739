"""What the portal asks besides the application itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.organs.fields import TextField


class CodeForm(forms.Form):
    """A query or resume code as printed on the receipt."""

    code = TextField(
        label=_("Code of 12 signs"), max_length=400
    )  # in any dress, or the whole message


class PastedText(forms.Textarea):
    """A place for text that a program reads, so nothing in it is corrected."""

    def __init__(self, attrs: dict[str, object]) -> None:
        super().__init__(attrs | {"spellcheck": "false", "autocomplete": "off"})


class VerifyForm(forms.Form):
    """What the browser itself verifies; it is never sent."""

    use_required_attribute = False
    receipt_file = forms.FileField(
        label=_("File of the receipt"),
        help_text=_("Choose the file you downloaded, drop it here, or paste its text."),
        widget=forms.FileInput(attrs={"data-into": "receipt", "accept": ".json,.tlog-proof"}),
    )
    receipt = TextField(label=_("The receipt"), widget=PastedText(attrs={"rows": 6}))
    key = TextField(
        label=_("The key of the log"),
        help_text=_(
            "Compare it with the key you kept, or with the one a newspaper printed. "
            "Keys of witnesses may follow, one a line."
        ),
        widget=PastedText(attrs={"rows": 3}),
    )
    kept = TextField(
        label=_("A checkpoint kept from before"),
        help_text=_(
            "From a newspaper, a QR code, a day’s page, or a proof that one day continues another."
        ),
        widget=PastedText(attrs={"rows": 4}),
    )
    opening_file = forms.FileField(
        label=_("File of the opening"),
        help_text=_("Downloaded on the page of your case; it shows what was written in your name."),
        widget=forms.FileInput(attrs={"data-into": "opening", "accept": ".json"}),
    )
    opening = TextField(
        label=_("The opening of your own step"), widget=PastedText(attrs={"rows": 4})
    )
