"""Who sits here: a signed-in official with a post today, by a second factor where required."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.organs.midway import keep_typed, typed_at, typed_before
from openhall.organs.queries import Account, Organ, posts_of
from openhall.organs.terms import Desk
from openhall.workdays.queries import figures_day


@dataclass(frozen=True, slots=True)
class Seat:
    """``account`` at ``desk`` of ``organ`` on ``day``."""

    account: Account
    organ: Organ
    desk: Desk
    day: date

    @property
    def links(self) -> list[tuple[str, str]]:
        """Where else this desk works: the same on each of its pages."""
        from openhall.office.doors import links_of  # it says of a seat what opens there

        return links_of(self)

    @property
    def figures_day(self) -> date:
        """The day boards are shown up to; who may do what is asked of ``day``."""
        return figures_day()


def official(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in an official only; ask for sign-in, then for the second factor if settings want it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        account = request.user
        if not isinstance(account, Account):
            if request.method == "POST" and keep_typed(request):
                messages.warning(request, _("Your session had ended. What you typed is kept."))
            return redirect_to_login(request.get_full_path())
        if not account.is_official:
            raise PermissionDenied(_("This door is for officials. Your matters are in the portal."))
        if settings.STAFF_MFA_REQUIRED and not get_adapter().is_mfa_enabled(account):
            messages.warning(request, _("Officials sign in with a second factor. Set one up."))
            return redirect("mfa_index")
        if typed_at(request) == request.path and _sits_there(account, kwargs.get("organ")):
            typed = typed_before(request)
            if typed is not None:
                return _offered_again(request, typed)
        return view(request, *args, **kwargs)

    return guarded


def _sits_there(account: Account, organ: object) -> bool:
    """Whether the address names a unit of theirs: another's typing is nobody else's to read."""
    return posts_of(account, timezone.localdate()).filter(organ__code=organ).exists()


def _offered_again(request: HttpRequest, typed: QueryDict) -> HttpResponse:
    """What was sent after the session had ended: who sits here now decides whether to send it."""
    said = [(name, value) for name, values in typed.lists() for value in values]
    context = {
        "said": said,
        "address": request.get_full_path(),
    }
    return render(request, "office/typed_again.html", context)


def seat_at(request: HttpRequest, organ_code: str, desk: str) -> Seat:
    """The seat the address names; refused unless the account holds that post today."""
    assert isinstance(request.user, Account)
    today = timezone.localdate()
    post = posts_of(request.user, today).filter(organ__code=organ_code, desk=desk).first()
    if post is None:
        raise PermissionDenied(_("You do not hold this post today. Choose one of your own desks."))
    return Seat(request.user, post.organ, Desk(post.desk), today)
