"""Query codes that people can read to each other: no 0/O, no 1/I/L, and a check sign."""

from typing import Final

from openhall.paging.typed import code_of

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, a prime: every single slip shows
BODY_SIGNS: Final = 11


def check_sign(body: str) -> str:
    """The sign that follows ``body``; differs for any one wrong or two swapped signs."""
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(body, start=2))
    return SIGNS[total % len(SIGNS)]


def tidy(code: str) -> str:
    """``code`` as stored: capitals, without the dashes, blanks and marks people write."""
    return code_of(code)


def fault_of_code(code: str) -> str | None:
    """What is wrong with a query code, in plain words; None if nothing."""
    plain = tidy(code)
    if len(plain) != BODY_SIGNS + 1:
        return f"查询码应为{BODY_SIGNS + 1}位，现为{len(plain)}位。请对照回执重新填写。"
    if strange := [sign for sign in plain if sign not in SIGNS]:
        return f"查询码不含“{strange[0]}”。请对照回执重新填写。"
    if check_sign(plain[:-1]) != plain[-1]:
        return "查询码校验位不符，可能有一位填错。请对照回执重新填写。"
    return None
