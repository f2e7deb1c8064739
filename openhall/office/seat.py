"""Who sits here: a signed-in official with a post today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.deeds.doing import Doing
from openhall.deeds.keys import within
from openhall.deeds.sent import key_of
from openhall.desk.pages import Subject
from openhall.organs.midway import keep_typed, typed_at, typed_before
from openhall.organs.queries import Account, Organ, posts_of
from openhall.organs.terms import Desk
from openhall.paging.whole import whole
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
    """Let in an official only. The second factor is asked of officials at every door
    (``organs.signing_in.middleware``), not here alone."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        account = request.user
        if not isinstance(account, Account):
            if request.method == "POST" and keep_typed(request):
                messages.warning(request, _("Your session had ended. What you typed is kept."))
            return redirect_to_login(request.get_full_path())
        if not account.is_official:
            raise PermissionDenied(_("This door is for officials. Your matters are in the portal."))
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


def saving(request: HttpRequest, seat: Seat) -> Doing:
    """The save of a sheet, which is no deed; ``seen`` is the state its page was read in."""
    key, seen = within(key_of(request), "save"), whole(request.POST.get("seen"))
    return Doing(seat.account, timezone.now(), key, seat.desk.value, seen=seen)


class DeskPage(Subject):
    """A page of the desk itself: its acts begin something, or are about a row of the page.

    ``at`` names it among the addresses, which name the unit, and the desk too if ``by_desk``.
    """

    at: ClassVar[str] = ""
    by_desk: ClassVar[bool] = True

    def home(self, who: Seat, subject: Any) -> str:
        args = [who.organ.code, who.desk.value] if self.by_desk else [who.organ.code]
        return reverse(f"office:{self.at}", args=args)

    def content(self, who: Seat, subject: Any) -> dict[str, Any]:
        return {"seat": who}
