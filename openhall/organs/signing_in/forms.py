"""The forms of signing in: a password, and the second factor."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from openhall.glossary import Said
from openhall.organs.signing_in.guessing import Guess, name_of_login
from openhall.throttle import proof
from openhall.throttle.actions import TooMany, refund, spend
from openhall.throttle.fields import ProofField, prove
from openhall.throttle.limits import GUESSES_OF_DEVICE, SECOND_FACTORS
from openhall.throttle.waiting import how_long


class SignIn(LoginForm):
    """Asks for a proof where the network or the name is under attack; else only for a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request: HttpRequest = self.request or context.request
        self.asking = request
        login = str(self.data.get("login", "")) if self.is_bound else ""
        self.asks = proof.wanted() and Guess.at(request, login).owes_proof
        if self.asks:
            self.fields["proof"] = ProofField()

    def clean_login(self) -> str:
        """The name as it is kept, however a Chinese keyboard wrote it. Never the password."""
        return name_of_login(super().clean_login())

    def clean(self) -> Any:
        if self.asks and not prove(self, self.asking):
            return self.cleaned_data
        return super().clean()


class SignUp(SignupForm):
    """In the house's own words: what may be left empty is marked once, and people are 您."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "username": _("Name to sign in with"),
            "email": _("E-mail"),
            "password1": _("Password"),
            "password2": _("Password, once more"),
        }
        for name, label in words.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = _(
                "At least ten signs; nothing that is known of you, and no password that many "
                "people have."
            )


class _Counted:
    """Six digits are few: wrong ones are counted, for a device the account knows by itself."""

    user: Any

    def clean_code(self) -> str:
        guess = Guess.at(context.request, self.user.get_username())
        limit, who = (
            (GUESSES_OF_DEVICE, f"code:{guess.device}:{guess.who}")
            if guess.is_known
            else (SECOND_FACTORS, guess.who)
        )
        if seconds := spend(limit, who):
            long = how_long(seconds)
            said = Said(
                f"动态验证码输入错误次数过多。请在{long.zh}后再试，或者请系统运维人员核实身份后重设。",
                f"Too many wrong codes. Try again in {long.en}, or let the operator, who knows "
                "you, set up a new second factor.",
            )
            raise TooMany(said, seconds)
        code: str = super().clean_code()  # type: ignore[misc]
        refund(limit, who)
        return code


class SecondFactor(_Counted, AuthenticateForm):
    pass


class SecondFactorAgain(_Counted, ReauthenticateForm):
    pass
