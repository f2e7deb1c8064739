"""One field of a form: the browser's sum, or the code of a text message; nothing for who is known.

A form that writes into the log for a visitor without account takes ``ProofField`` as ``proof`` and
is made a :class:`Proved`; whoever is signed in is not asked.
"""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.throttle import proof
from openhall.throttle.actions import spent_by
from openhall.throttle.middleware import known
from openhall.throttle.texting import send_code, try_code

PARTS = ("sum", "phone", "code")


class ProofInput(forms.Widget):
    """The widget of the browser's sum and, folded below, the way by text message."""

    template_name = "throttle/proof.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        said = value if isinstance(value, dict) else {}
        context["widget"] |= {
            "challenge": reverse_lazy("proof_challenge"),
            "language": "en" if (get_language() or "").startswith("en") else "zh-cn",
            "phone": said.get("phone", ""),
            "folded": not said.get("phone"),
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        said = {part: str(data.get(f"{name}-{part}", "")).strip() for part in PARTS}
        return said | {"ask": "1" if f"{name}-ask" in data else ""}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in (*PARTS, "ask"))


class ProofField(forms.Field):
    """Holds what was sent; :class:`Proved` judges it, once nothing else is wrong."""

    widget = ProofInput
    asked_for = True  # not "optional": one of its two ways is asked

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=gettext_lazy("A moment of your computer's work"),
            help_text=gettext_lazy(
                "It keeps machines from flooding the public log. Nothing about you is sent."
            ),
        )


class Proved(forms.Form):
    """A form that asks a visitor without account for a proof.

    ``request``: who sends it. The field is taken away where nothing is asked.
    """

    proof = ProofField()

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.asks = asks(request)
        if self.asks:
            self.order_fields([*(one for one in self.fields if one != "proof"), "proof"])
        else:
            del self.fields["proof"]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.asks and not getattr(self, "empty_permitted", False):
            prove(self, self.request)


def asks(request: HttpRequest) -> bool:
    """Whether who sends ``request`` is asked for a proof."""
    return proof.wanted() and not known(request)


def prove(form: forms.Form, request: HttpRequest) -> bool:
    """Judge the field ``proof``; asked last, because a proof is not spent on a form that is sent
    again for another mistake."""
    said = form.cleaned_data.get("proof") or {}
    try:
        if said.get("ask") and said.get("phone"):  # Enter presses the first button too
            send_code(request, said["phone"], get_language())
            form.add_error("proof", _("The code is on its way. Type it here, then send."))
            return False
        if form.errors:
            return False
        mark = proof.answers(said.get("sum", "")) or try_code(
            request, said.get("phone", ""), said.get("code", "")
        )
    except Refused as refusal:
        form.add_error("proof", str(refusal))
        return False
    if mark and spent_by(mark, key_of(request)):
        return True
    form.add_error("proof", unproved(bool(said.get("sum") or said.get("code"))))
    return False


class ProofForm(Proved):
    """The proof alone, for a page whose fields are no form."""


def unproved(tried: bool) -> str:
    """What to do where no proof came, or one that was used or too old."""
    if tried:
        return _(
            "The proof was used before or is too old. Let the browser count once more, or ask for "
            "a new code."
        )
    return _(
        "Without a script the browser cannot count. Take a code by text message below, or call "
        "12345, or come to a window: there nothing of this is asked."
    )
