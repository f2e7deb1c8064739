"""Where people go after signing in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.shortcuts import resolve_url


class AccountAdapter(DefaultAccountAdapter):
    """Officials go to their desk, everybody else to the portal."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("/office/" if getattr(request.user, "is_official", False) else "/")
