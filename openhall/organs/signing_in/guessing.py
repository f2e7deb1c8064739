"""Counting wrong passwords: by device, by network and name, by network, by name."""

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase

from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.throttle import proof
from openhall.throttle.actions import TooMany, refund, spend, waiting
from openhall.throttle.limits import (
    GUESSES_AT_NAME,
    GUESSES_AT_NAME_ANYWHERE,
    GUESSES_OF_DEVICE,
    GUESSES_OF_NETWORK,
)
from openhall.throttle.middleware import network
from openhall.throttle.rules.pace import Limit
from openhall.throttle.waiting import how_long

COOKIE: Final = "openhall_device"
SALT: Final = "openhall.organs.device"
YEAR: Final = 365 * 86400
MOST: Final = 20  # accounts that one device remembers


def _device(request: HttpRequest) -> tuple[str, list[int]]:
    """The device's own number and the accounts that signed in on it; new where it has none."""
    try:
        number, accounts = signing.loads(request.COOKIES.get(COOKIE, ""), SALT, max_age=YEAR)
        return str(number), [int(pk) for pk in accounts]
    except (signing.BadSignature, ValueError, TypeError):
        return secrets.token_urlsafe(12), []


def remember(request: HttpRequest, answer: HttpResponseBase, account: Account) -> None:
    """From now on this device is known to ``account``."""
    number, accounts = _device(request)
    kept = [*(pk for pk in accounts if pk != account.pk), account.pk][-MOST:]
    answer.set_cookie(
        COOKIE,
        signing.dumps([number, kept], SALT),
        max_age=YEAR,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )


def name_of_login(login: str) -> str:
    """A user name or address as it is kept: full width folded, invisible signs and blanks away."""
    folded = unicodedata.normalize("NFKC", login)
    return "".join(
        sign for sign in folded if unicodedata.category(sign) not in ("Cf", "Cc")
    ).strip()


def named(login: str) -> Account | None:
    """The account a login names, as a user name or as an address."""
    said = name_of_login(login)
    return Account.objects.filter(Q(username__iexact=said) | Q(email__iexact=said)).first()


@dataclass(frozen=True, slots=True)
class Guess:
    """One try to sign in: at whom, from where, and whether the device is known to them."""

    who: str
    network: str
    device: str
    is_known: bool

    @classmethod
    def at(cls, request: HttpRequest, login: str) -> "Guess":
        number, accounts = _device(request)
        account = named(login)
        said = name_of_login(login).casefold()
        who = f"a{account.pk}" if account is not None else f"u{said}"
        is_known = account is not None and account.pk in accounts
        return cls(who, network(request), number, is_known)

    @property
    def counted(self) -> list[tuple[Limit, str]]:
        """What one wrong password is counted to."""
        if self.by_device:
            return [(GUESSES_OF_DEVICE, f"{self.device}:{self.who}")]
        return [
            (GUESSES_AT_NAME, f"{self.network}:{self.who}"),
            (GUESSES_OF_NETWORK, self.network),
            (GUESSES_AT_NAME_ANYWHERE, self.who),
        ]

    @property
    def by_device(self) -> bool:
        """Whether the device still speaks for itself; after ten wrong ones it is a stranger."""
        where = f"{self.device}:{self.who}"
        return self.is_known and not waiting(GUESSES_OF_DEVICE, where)

    @property
    def owes_proof(self) -> bool:
        """Whether only a proof of work opens here: the network, or the name, is under attack."""
        return not self.by_device and any(
            waiting(limit, who)
            for limit, who in self.counted
            if limit in (GUESSES_OF_NETWORK, GUESSES_AT_NAME_ANYWHERE)
        )

    def begin(self) -> list[tuple[Limit, str]]:
        """Count it as wrong beforehand, so that many at once are no more than one after another.

        What was counted is given back to a right password. Raises :class:`TooMany`.
        """
        counted: list[tuple[Limit, str]] = []
        for limit, who in self.counted:
            seconds = spend(limit, who)
            if not seconds:
                counted.append((limit, who))
            elif limit == GUESSES_AT_NAME or (limit == GUESSES_OF_NETWORK and not proof.wanted()):
                give_back(counted)
                raise TooMany(_slowed(seconds), seconds)
        return counted


def give_back(counted: list[tuple[Limit, str]]) -> None:
    for limit, who in counted:
        refund(limit, who)


def _slowed(seconds: int) -> Said:
    long = how_long(seconds)
    return Said(
        f"这里的密码输入错误次数过多。请在{long.zh}后再试；忘记密码的，请使用“忘记密码”；"
        "在以前登录过的电脑或手机上，或者换一个网络，可以立即登录。",
        f"Too many wrong passwords came from here. Try again in {long.en}; if you forgot the "
        "password, reset it; on a computer or telephone you signed in with before, or on another "
        "network, you can sign in at once.",
    )
