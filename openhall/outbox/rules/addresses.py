"""Which address belongs to which channel, and how it is shown where it need not be read."""

import re
from typing import Final

from openhall.glossary import Said
from openhall.outbox.rules.reach import fault_of_url, host_of
from openhall.outbox.terms import Channel

MOBILE: Final = re.compile(r"(?:\+?86)?1[0-9]{10}")
MAIL: Final = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
OPEN_ID: Final = re.compile(r"[A-Za-z0-9_-]{6,64}")


def fault_of_address(channel: Channel, to: str) -> Said | None:
    """What is wrong with ``to`` as an address of ``channel``; None if nothing."""
    if channel == Channel.EMAIL and not MAIL.fullmatch(to):
        return Said(
            "电子邮件地址不完整，应形如 name@example.org。",
            "The e-mail address is incomplete; it looks like name@example.org.",
        )
    if channel == Channel.SMS and not MOBILE.fullmatch(to):
        return Said(
            "短信只能发往11位中国大陆手机号码。",
            "Text messages go to mobile numbers of the mainland only, of 11 digits.",
        )
    if channel == Channel.WECHAT and not OPEN_ID.fullmatch(to):
        return Said(
            "微信接收人应为公众号给出的用户标识（OpenID）。",
            "A WeChat address is the OpenID that the official account gives.",
        )
    return fault_of_url(to) if channel == Channel.WEBHOOK else None


def masked(channel: Channel, to: str) -> str:
    """``to`` as lists and logs may show it; "—" once it has been erased."""
    if not to:
        return "—"
    if channel == Channel.EMAIL:
        name, _, place = to.partition("@")
        return f"{name[:1]}***@{place}"
    if channel == Channel.SMS:
        return f"{to[:3]}****{to[-4:]}"
    if channel == Channel.WEBHOOK:
        return host_of(to)
    return f"{to[:2]}***{to[-2:]}"
