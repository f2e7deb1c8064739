"""The operator's view of the messages: what waits, what failed and why; try again.

Addresses are masked and the words are not shown: who runs the machines need not read them.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject, existing
from openhall.glossary import Said
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.terms import Desk
from openhall.outbox.actions import retry
from openhall.outbox.queries import Message, counts, listed, message_by_pk
from openhall.outbox.terms import Channel, MessageState
from openhall.paging.keyset import place

NOT_FAILED = Said(
    "这条消息没有失败，或者其间已经删除。", "This message has not failed, or was erased meanwhile."
)
KINDS = {
    MessageState.QUEUED: "waiting",
    MessageState.SENT: "info",
    MessageState.DELIVERED: "on_time",
    MessageState.FAILED: "warning",
    MessageState.GIVEN_UP: "overdue",
}


def _seat(request: HttpRequest, organ: str) -> Seat:
    return seat_at(request, organ, Desk.OPERATOR.value)


@official
@require_safe
def page(request: HttpRequest, organ: str) -> HttpResponse:
    """Messages by state, newest first; without a choice, those that wait for a person."""
    seat = _seat(request, organ)
    asked = request.GET.get("state", MessageState.GIVEN_UP.value)
    state = MessageState(asked) if asked in MessageState.codes() else None
    way = request.GET.get("channel", "")
    channel = Channel(way) if way in Channel.codes() else None
    rows = listed(state, channel=channel, at=place(request.GET))
    standing = counts()
    context = {
        "seat": seat,
        "rows": rows.map(
            lambda one: (
                one,
                Channel(one.channel),
                MessageState(one.state),
                KINDS[MessageState(one.state)],
            )
        ),
        "tabs": [(one, standing[one.value], one == state) for one in MessageState],
        "channels": [(one, one == channel) for one in Channel],
        "asked": asked,
        "way": way,
    }
    return render(request, "office/outbox/list.html", context)


class TryAgain(Offer):
    """Try a failed message again; who asked is kept."""

    code, title, bare, tone = "retry", _("Try again"), True, "primary"
    button, done = _("Try again"), _("The message will be tried again within seconds.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        failed = subject.state in (MessageState.FAILED, MessageState.GIVEN_UP)
        return failed and subject.erased_at is None

    def does(self, doing: Doing) -> None:
        if not retry(self.subject, str(doing.actor)):
            raise Refused(NOT_FAILED)


class MessageOnDesk(Subject):
    """One message with every attempt."""

    offers = (TryAgain,)
    template = "office/outbox/message.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Message]:
        return _seat(request, where["organ"]), existing(message_by_pk(where["pk"]))

    def home(self, who: Seat, subject: Message) -> str:
        return reverse("office:outbox_message", args=[who.organ.code, subject.pk])

    def content(self, who: Seat, subject: Message) -> dict[str, Any]:
        state = MessageState(subject.state)
        return {
            "seat": who,
            "message": subject,
            "channel": Channel(subject.channel),
            "state": state,
            "kind": KINDS[state],
            "tries": subject.tries.all(),
        }


message = official(MessageOnDesk())
