"""The operator's view of the messages: what waits, what failed and why; try again.

Addresses are masked and the words are not shown: who runs the machines need not read them.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.desk.pages import stands_on
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.terms import Desk
from openhall.outbox.actions import retry
from openhall.outbox.models import Message
from openhall.outbox.queries import counts, listed
from openhall.outbox.terms import Channel, MessageState
from openhall.paging.keyset import place

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


def _one(request: HttpRequest, seat: Seat, message: Message) -> HttpResponse:
    state = MessageState(message.state)
    context = {
        "seat": seat,
        "message": message,
        "channel": Channel(message.channel),
        "state": state,
        "kind": KINDS[state],
        "tries": message.tries.all(),
        "may_retry": state in (MessageState.FAILED, MessageState.GIVEN_UP)
        and message.erased_at is None,
    }
    return render(request, "office/outbox/message.html", context)


@official
@require_safe
def message(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """One message with every attempt."""
    seat = _seat(request, organ)
    return _one(request, seat, get_object_or_404(Message, pk=pk))


@official
@stands_on(message)
def again(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Try a failed message again; who asked is kept."""
    seat = _seat(request, organ)
    found = get_object_or_404(Message, pk=pk)
    if retry(found, str(seat.account)):
        messages.success(request, _("The message will be tried again within seconds."))
    else:
        messages.warning(request, _("This message has not failed, or was erased meanwhile."))
    return redirect("office:outbox_message", organ, pk)
