"""Signing up as a resident."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.organs.actions import introduce
from openhall.organs.models import Account
from openhall.organs.rules.identity import fault_of_resident_id
from openhall.vault.fields import blind


class ResidentSignup(forms.Form):
    """The person behind the account: name, identity number and telephone. norms 3.3."""

    real_name = forms.CharField(label=_("Name"), max_length=60)
    id_number = forms.CharField(label=_("Resident identity number"), max_length=18)
    phone = forms.CharField(label=_("Mobile telephone"), max_length=20)

    def clean_id_number(self) -> str:
        number = self.cleaned_data["id_number"].strip().upper()
        if fault := fault_of_resident_id(number):
            raise forms.ValidationError(fault.said_in(get_language()))
        if Account.objects.filter(id_blind=blind(number)).exists():
            raise forms.ValidationError(
                _("An account with this identity number exists already. Sign in instead.")
            )
        return number

    def signup(self, request: HttpRequest, user: Account) -> None:
        introduce(
            user,
            real_name=self.cleaned_data["real_name"],
            id_number=self.cleaned_data["id_number"],
            phone=self.cleaned_data["phone"],
        )
