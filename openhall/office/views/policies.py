"""How documents of the library bear on each other, as Legal Affairs records it. B3."""

from typing import Any

from django.http import HttpRequest

from openhall.office.acts.policies import AttachFile, Record, RemoveFile, Strike
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.policies.queries import files_filed, links_recorded
from openhall.policies.terms import LinkKind


class Links(DeskPage):
    """Every record and the files attached last, the newest first."""

    offers = (Record, Strike, AttachFile, RemoveFile)
    template, at, by_desk = "office/sites/links.html", "policy_links", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Any]:
        seat = seat_at(request, where["organ"], Desk.LEGAL.value)
        return seat, links_recorded(place(request.GET))

    def seq(self, subject: Any) -> None:
        return None

    def context(self, request: HttpRequest, who: Seat, subject: Any, **more: Any) -> dict[str, Any]:
        return queue_context(request, who) | {
            "rows": subject.map(lambda one: (one, LinkKind(one.kind))),
            "files": files_filed(),
        }


page = official(Links())
