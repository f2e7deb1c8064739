"""What a request says of the answer it wants: encodings and what it has already. RFC 9110."""

from typing import Final

GZIP: Final = ("gzip", "x-gzip")


def _quality(parts: list[str]) -> float:
    for part in parts:
        name, _is, value = part.strip().partition("=")
        if name.lower() == "q":
            try:
                found = float(value)
            except ValueError:
                return 0.0
            return found if 0 < found <= 1 else 0.0
    return 1.0


def takes_gzip(header: str) -> bool:
    """Whether ``Accept-Encoding`` prefers gzip to the plain bytes."""
    said: dict[str, float] = {}
    for one in header.split(",")[:20]:
        coding, *parts = one.split(";")
        said[coding.strip().lower()] = _quality(parts)
    zipped = max((said[name] for name in GZIP if name in said), default=said.get("*", 0.0))
    plain = said.get("identity", 0.0)
    return zipped > 0 and zipped >= plain


def has_already(header: str, tag: str) -> bool:
    """Whether ``If-None-Match`` names ``tag``, weakly or not."""
    if header.strip() == "*":
        return True
    return any(one.strip().removeprefix("W/") == tag for one in header.split(","))


def is_elder(cookie: str) -> bool:
    """Whether the cookie for larger text is sent."""
    return "elder=1" in cookie and "elder=1" in [one.strip() for one in cookie.split(";")]
