"""Signing up as a resident."""

from typing import Any

from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from openhall.organs.actions import introduce
from openhall.organs.fields import (
    KindOfDocument,
    NumberOfDocument,
    PhoneField,
    TextField,
    judge_person,
)
from openhall.organs.models import Account
from openhall.organs.terms import IdentityKind
from openhall.throttle.fields import Proved
from openhall.vault.fields import blinds


class ResidentSignup(Proved):
    """The person behind the account: name, identity number and telephone. norms 3.3."""

    real_name = TextField(label=_("Name"), max_length=60)
    id_kind = KindOfDocument(label=_("Identity document"))
    id_number = NumberOfDocument(label=_("Number of the identity document"))
    phone = PhoneField(label=_("Mobile telephone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, request=context.request, **kwargs)

    def clean_id_number(self) -> str:
        number: str = self.cleaned_data["id_number"]
        if Account.objects.filter(id_blind__in=blinds(number)).exists():
            raise forms.ValidationError(
                _("An account with this identity number exists already. Sign in instead.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        judge_person(self, said, "id_kind", "id_number")
        return said

    def signup(self, request: HttpRequest, user: Account) -> None:
        introduce(
            user,
            real_name=self.cleaned_data["real_name"],
            id_number=self.cleaned_data["id_number"],
            id_kind=IdentityKind(self.cleaned_data["id_kind"]),
            phone=self.cleaned_data["phone"],
        )
