"""A code by text message: the way of who uses no script."""

import uuid

from django.http import HttpRequest

from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.outbox.actions import send
from openhall.outbox.rules.addresses import fault_of_address
from openhall.outbox.terms import Channel
from openhall.paging.typed import code_of
from openhall.throttle import proof
from openhall.throttle.actions import TooMany, spend
from openhall.throttle.limits import (
    CODE_FROM_NETWORK,
    CODE_TO_PHONE,
    CODE_TRIES,
    CODES_OF_THE_CITY,
    COUNTER,
)
from openhall.throttle.middleware import network
from openhall.throttle.waiting import told

TEXTS = Said("验证码短信", "codes by text message")
TRIES = Said("验证码输入错误", "wrong codes")


def mobile_of(typed: str) -> str:
    """One telephone has one spelling, or each spelling of it could be sent a code."""
    bare = code_of(typed).replace("+", "")
    return bare[2:] if len(bare) == 13 and bare.startswith("86") else bare


def may_tell(request: HttpRequest, channel: Channel, address: str) -> None:
    """Count a message that a visitor makes us send to an address of their choice.

    Bounded thrice: nobody's telephone is made to ring, no network sends many, and the city never
    pays for more than it set. Raises :class:`TooMany`.
    """
    texts = channel == Channel.SMS
    whose = mobile_of(address) if texts else address.strip().lower()
    limits = [(CODE_TO_PHONE, f"p{whose}"), (CODE_FROM_NETWORK, f"n{network(request)}")]
    for limit, who in [*limits, *([(CODES_OF_THE_CITY, "city")] if texts else [])]:
        if seconds := spend(limit, who):
            raise TooMany(told(TEXTS, seconds, COUNTER), seconds)


def send_code(request: HttpRequest, phone: str, language: str | None) -> None:
    """Send ``phone`` its code. Raises :class:`Refused` with what to do instead."""
    phone = mobile_of(phone)
    if fault := fault_of_address(Channel.SMS, phone):
        raise Refused(fault)
    may_tell(request, Channel.SMS, phone)
    words = Said(
        f"您的验证码是{proof.code_for(phone)}，半小时内有效。不是您本人操作的，请忽略。",
        f"Your code is {proof.code_for(phone)}, good for half an hour. If you did not ask for it, "
        "do nothing.",
    )
    english = (language or "").startswith("en")
    send(
        Channel.SMS,
        phone,
        "Code" if english else "验证码",
        words.said_in(language),
        key=f"code-{uuid.uuid4()}",
        language="en" if english else "zh",
    )


def try_code(request: HttpRequest, phone: str, typed: str) -> str:
    """The mark of the code that was sent to ``phone``; empty where ``typed`` is none."""
    phone, typed = mobile_of(phone), code_of(typed)
    if not phone or not typed:
        return ""
    # A right code too is let in only while not too many wrong ones came: six digits are few.
    if seconds := spend(CODE_TRIES, "p" + phone):
        raise TooMany(told(TRIES, seconds, COUNTER), seconds)
    return proof.code_fits(phone, typed)
