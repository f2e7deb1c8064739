"""The page of a thing with the acts offered on it: read, done, or refused with nothing lost.

303 once it is done; 409 with what stands now where somebody else was first; 422 with every fault
beside its field. GET on the address of an act answers with the page and that act open, so a page
that came back from a refusal can be read again.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, ClassVar, TypeVar, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openhall.deeds.kinds import kind_named
from openhall.deeds.refusals import MOVED, Moved, Refused
from openhall.deeds.sent import key_of
from openhall.deeds.writer import stands_already
from openhall.desk.offers import Face, Offer
from openhall.paging.whole import whole

R = TypeVar("R")


def existing(row: R | None) -> R:
    """The row an address names; 404 where there is none."""
    if row is None:
        raise Http404
    return row


class SeeOther(HttpResponseRedirect):
    """It is done; the page to read is elsewhere."""

    status_code = 303


class Subject:
    """One kind of thing, its page, and what may be done to it there.

    A door says how the thing is ``opened`` (or refused), what its page shows (``context``) and
    where the page stands (``home``); ``act_at`` is the address of an act on it.
    """

    offers: ClassVar[tuple[type[Offer], ...]] = ()
    kind: ClassVar[str] = ""  # of the deeds done here, where they are of one kind
    template: ClassVar[str] = ""
    # Its acts stand as links beside the page and only the chosen one is asked: the others cost
    # nothing, and what one writes about stays in view. Else each unfolds where it stands.
    beside: ClassVar[bool] = False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Any, Any]:
        """Who stands here and what they have opened; refused to whom it is not."""
        raise NotImplementedError

    def context(self, request: HttpRequest, who: Any, subject: Any, **more: Any) -> dict[str, Any]:
        """What the page shows beside the acts; ``more``: what an act left for this answer alone."""
        return self.content(who, subject)

    def content(self, who: Any, subject: Any) -> dict[str, Any]:
        """The same, where it depends on who reads what and on nothing else."""
        raise NotImplementedError

    def home(self, who: Any, subject: Any) -> str:
        """The address of the page."""
        raise NotImplementedError

    def template_of(self, who: Any, subject: Any) -> str:
        """The template of the page."""
        return self.template

    def act_at(self, who: Any, subject: Any, name: str) -> str:
        """The address of one act."""
        return f"{self.home(who, subject)}{name}/"

    def seq(self, subject: Any) -> int | None:
        """The state the page was read in, for who was first; None where nothing moves."""
        return getattr(subject, "seq", None)

    def here(self, offer: type[Offer], who: Any, subject: Any) -> bool:
        """Whether this desk has the act at all."""
        return not offer.desks or who.desk in offer.desks

    def goes_on(self, request: HttpRequest, who: Any, subject: Any, tried: Offer) -> str:
        """Where to go on once ``tried`` is done, where the act itself does not say."""
        return self.home(who, subject)

    # ------------------------------------------------------------ the acts
    def offered(self, who: Any, subject: Any, chosen: str = "") -> list[Offer]:
        """What may be done here now, unsent; ``chosen`` is the one that stands open."""
        return [
            offer(
                subject=subject,
                who=who,
                about=about,
                asked=not self.beside or bool(offer.section) or chosen.startswith(offer.code),
            )
            for offer in self.offers
            if self.here(offer, who, subject)
            for about in offer.abouts(subject, who)
        ]

    def named(self, name: str, who: Any, subject: Any, typed: Any, files: Any) -> Offer:
        """The act an address names, with what was typed; 404 where this desk has none such."""
        act, _dash, key = name.partition("-")
        for offer in self.offers:
            if offer.code == act and self.here(offer, who, subject):
                about = offer.part(subject, key) if key else None
                if bool(key) == offer.is_about_parts() == (about is not None):
                    return offer(typed, files, subject=subject, who=who, about=about)
        raise Http404

    # ------------------------------------------------------------ the one view
    def __call__(self, request: HttpRequest, act: str = "", **where: Any) -> HttpResponse:
        """Read the page; or do the act of the address, which a POST without one names itself."""
        who, subject = self.opened(request, **where)
        if request.method != "POST":
            shown = self.named(act, who, subject, None, None) if act else None
            return self.shown(request, who, subject, chosen=shown.slug if shown else "")
        if not act and len(self.offers) == 1:
            act = self.offers[0].code
        tried = self.named(act, who, subject, request.POST, request.FILES)
        if tried.reshaped:
            return self.shown(request, who, subject, tried=tried.again())
        key = key_of(request)
        kind = kind_named(self.kind)
        seen = whole(request.POST.get("seen"))
        try:
            # The row itself, or what is wrapped around it under the name of its kind.
            about = getattr(subject, self.kind, subject)
            if kind is not None and stands_already(kind, key, about):
                messages.success(request, tried.said_done())
                return SeeOther(self.goes_on(request, who, subject, tried))
            left = self._done(tried, key, seen, subject)
        except Moved as moved:
            who, subject = self.opened(request, **where)
            return self.shown(request, who, subject, tried=tried, refused=moved, status=409)
        except Refused as refusal:
            tried.refuse(refusal)
            return self.shown(request, who, subject, tried=tried, refused=refusal, status=422)
        if tried.errors:
            return self.shown(request, who, subject, tried=tried, status=422)
        if tried.shows:
            return self.shown(request, who, subject, **left)
        messages.success(request, tried.said_done())
        return SeeOther(tried.goes_to(left) or self.goes_on(request, who, subject, tried))

    def _done(self, tried: Offer, key: str, seen: int | None, subject: Any) -> Any:
        stands = self.seq(subject)
        stale = seen is not None and stands is not None and seen != stands
        if stale or not tried.askable():
            raise Moved(MOVED)
        if not tried.is_valid():
            return None
        return tried.does(tried.doing(key, timezone.now(), seen))

    def shown(
        self,
        request: HttpRequest,
        who: Any,
        subject: Any,
        *,
        tried: Offer | None = None,
        chosen: str = "",
        refused: Refused | None = None,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        """The page, fresh or with the act that was tried and everything typed into it."""
        offers = self.offered(who, subject, chosen)
        if tried is not None:
            names = [one.slug for one in offers]
            offers = [tried if one.slug == tried.slug else one for one in offers]
            if tried.slug not in names:
                offers.append(tried)
        number, seen = request.POST.get("key", "") if tried else "", self.seq(subject)
        page = uuid.uuid4()
        for one in offers:
            one.address = self.act_at(who, subject, one.slug)
            one.number = number if one is tried and number else f"{page}-{one.slug}"
            one.seen = "" if seen is None else str(seen)
            one.is_open = one is tried or one.slug == chosen
        wrong = status in (409, 422)
        placed: dict[str, list[Face]] = {}
        for one in offers:
            away = one.seldom and (self.beside or not one.is_open)
            placed.setdefault(one.section or ("more_acts" if away else "acts"), []).append(
                Face(one)
            )
        context = {
            "acts": placed.pop("acts", []),
            "more_acts": placed.pop("more_acts", []),
            "placed": placed,
            "open_act": next(
                (Face(one) for one in offers if one.is_open and not one.section), None
            ),
            "tried": tried if wrong else None,
            "moved": refused if status == 409 else None,
            "title_begins": _("Not done") if wrong else "",
            "key": page,
        }
        context |= self.context(request, who, subject, **more) | more
        return render(request, self.template_of(who, subject), context, status=status)


def with_acts(route: str, page: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """The address of a page, and that of each act on it: ``name`` and ``name_act``."""
    return [path(route, page, name=name), path(f"{route}<str:act>/", page, name=f"{name}_act")]


def stands_on(
    page: Callable[..., Any],
) -> Callable[[Callable[..., Any]], Callable[..., HttpResponse]]:
    """Reading the address of an act answers with the page it is offered on."""
    names = set(signature(page).parameters)

    def around(act: Callable[..., Any]) -> Callable[..., HttpResponse]:
        @wraps(act)
        @require_http_methods(["GET", "HEAD", "POST"])
        def either(request: HttpRequest, **where: Any) -> HttpResponse:
            if request.method == "POST":
                return cast(HttpResponse, act(request, **where))
            return cast(
                HttpResponse,
                page(request, **{name: where[name] for name in where if name in names}),
            )

        return either

    return around
