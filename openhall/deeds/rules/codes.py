"""Query codes that people can read to each other: no 0/O, no 1/I/L, and a check sign."""

import re
from typing import Final

from openhall.glossary import Said
from openhall.paging.typed import code_of, folded

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, a prime: every single slip shows
BODY_SIGNS: Final = 11
SIGN: Final = f"[{SIGNS}]"
# In a message: its signs with at most three marks between any two, and no letter or digit beside.
WITHIN: Final = re.compile(
    rf"(?<![0-9A-Z])(?=((?:{SIGN}[^0-9A-Z]{{0,3}}){{{BODY_SIGNS}}}{SIGN})(?![0-9A-Z]))"
)


def check_sign(body: str) -> str:
    """The sign that follows ``body``; differs for any one wrong or two swapped signs."""
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(body, start=2))
    return SIGNS[total % len(SIGNS)]


def tidy(code: str) -> str:
    """``code`` as stored: capitals, without the dashes, blanks and marks people write.

    Out of a whole message that was pasted, the one code that stands in it.
    """
    plain = code_of(code)
    if _sound(plain):
        return plain
    found = {"".join(re.findall(SIGN, one)) for one in WITHIN.findall(folded(code))}
    sound = {one for one in found if _sound(one)}
    return sound.pop() if len(sound) == 1 else plain


def _sound(plain: str) -> bool:
    return (
        len(plain) == BODY_SIGNS + 1
        and set(plain) <= set(SIGNS)
        and check_sign(plain[:-1]) == plain[-1]
    )


def fault_of_code(code: str) -> Said | None:
    """What is wrong with a query code, in plain words; None if nothing."""
    plain = tidy(code)
    if len(plain) != BODY_SIGNS + 1:
        return Said(
            f"查询码应为{BODY_SIGNS + 1}位，现为{len(plain)}位。请对照回执重新填写。",
            f"A code has {BODY_SIGNS + 1} signs; this has {len(plain)}. Compare it with your "
            "receipt.",
        )
    if strange := [sign for sign in plain if sign not in SIGNS]:
        return Said(
            f"查询码不含“{strange[0]}”。请对照回执重新填写。",
            f"No code holds “{strange[0]}”. Compare it with your receipt.",
        )
    if not _sound(plain):
        return Said(
            "查询码校验位不符，可能有一位填错。请对照回执重新填写。",
            "One sign may be mistyped: the last does not fit the others. Compare the code with "
            "your receipt.",
        )
    return None
