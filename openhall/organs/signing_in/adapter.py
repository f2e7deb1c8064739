"""allauth's questions about signing in, answered as this house does."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from openhall.organs.signing_in.guessing import Guess, give_back, name_of_login, remember


class AccountAdapter(DefaultAccountAdapter):
    """Officials go to their desk, everybody else to what is theirs; wrong passwords are counted
    here.

    allauth's own limits are off (``ACCOUNT_RATE_LIMITS``): they lock a name from anywhere, and
    stand in each process's own memory.
    """

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("/office/" if getattr(request.user, "is_official", False) else "/my/")

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """A new name is kept as signing in will read it."""
        said: str = super().clean_username(name_of_login(username), shallow)
        return said

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        login = str(credentials.get("username") or credentials.get("email") or "")
        counted = Guess.at(request, login).begin()
        account = super().authenticate(request, **credentials)
        if account is not None:
            give_back(counted)
        return account

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **more)
        remember(request, answer, user)
        return answer
