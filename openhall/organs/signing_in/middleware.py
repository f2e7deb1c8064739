"""Around every page: the second factor of officials, and how long a sign-in lasts."""

import time
from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponseBase]
BEGAN, USED = "signed_in_at", "used_at"
RENEWED: Final = 300  # seconds: a session in use is written anew no more often
# Where an official without a second factor may go: to set one up, to sign out, to read the page in
# the other language.
OPEN: Final = ("account_", "mfa_", "design:elder", "set_language", "proof_challenge")


@receiver(user_logged_in)
def begun(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Note when the sign-in began."""
    request.session[BEGAN] = request.session[USED] = int(time.time())


class Lasting:
    """A sign-in ends ``SESSION_COOKIE_AGE`` after its last use, and ``SESSION_MOST_SECONDS`` after
    it began whatever is done in it (ASVS 7.3)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.get("_auth_user_id"):
            now, session = int(time.time()), request.session
            began = int(session.get(BEGAN, 0))
            if not 0 <= now - began <= settings.SESSION_MOST_SECONDS:
                logout(request)
            elif not 0 <= now - int(session.get(USED, 0)) < RENEWED:
                session[USED] = now
        return self.get_response(request)


class Unstored:
    """A page given to somebody who is known here, by a sign-in or by what their session holds, is
    kept by no browser and no proxy: on a shared machine "back" must not show it to the next person.

    A view may say otherwise for what is everybody's (pictures, the public log).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        is_known = request.user.is_authenticated or not request.session.is_empty()
        if (is_known or request.method not in ("GET", "HEAD")) and not answer.has_header(
            "Cache-Control"
        ):
            answer.headers["Cache-Control"] = "private, no-store"
        return answer


def is_staff(account: Any) -> bool:
    """Whether ``account`` can do what no resident can: an official, an editor, an operator."""
    return bool(
        account.is_authenticated
        and (getattr(account, "is_official", False) or account.is_staff or account.is_superuser)
    )


class BySecondFactor:
    """No page at any door answers an official without a second factor, where settings want one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not settings.STAFF_MFA_REQUIRED or not is_staff(request.user):
            return None
        match = request.resolver_match
        if match is not None and (match.view_name or "").startswith(OPEN):
            return None
        if get_adapter().is_mfa_enabled(request.user):
            return None
        said = _("Officials sign in with a second factor. Set one up.")
        if request.path.startswith("/api/") or not request.accepts("text/html"):
            raise PermissionDenied(said)
        messages.warning(request, said)
        return redirect("mfa_index")
