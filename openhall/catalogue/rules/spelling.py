"""How the name of a matter is found by its sound: whole pinyin, and the first letter of each sign.

Polyphones are read in their words (重庆 is chóng, 重要 zhòng), which is why a library does it.
"""

import re
from functools import lru_cache

LATIN = re.compile(r"[0-9a-z]+")


@lru_cache(maxsize=20_000)
def spelled(name: str) -> tuple[str, str]:
    """Pinyin without tones and the initials of ``name``: ``gaolingjintie``, ``gljt``."""
    from pypinyin import Style, lazy_pinyin  # its dictionary takes long to load; windows need it

    sounds = [sound.lower() for sound in lazy_pinyin(name, style=Style.NORMAL)]
    kept = [found for sound in sounds for found in LATIN.findall(sound)]
    return "".join(kept), "".join(sound[0] for sound in kept)


def matches(typed: str, code: str, name: str, name_en: str = "") -> int | None:
    """How well ``typed`` names the matter, 0 best; None where it does not.

    By its name or a part of it, by initials or pinyin from the beginning or inside, by its code, by
    a word of its English name.
    """
    wanted = "".join(typed.lower().split())
    if not wanted:
        return 5
    sound, initials = spelled(name)
    ranks = (
        name.lower().startswith(wanted),
        initials.startswith(wanted),
        sound.startswith(wanted),
        wanted in name.lower() or code.lower().startswith(wanted),
        wanted in initials or wanted in sound,
        wanted in "".join(name_en.lower().split()),
    )
    return next((rank for rank, fits in enumerate(ranks) if fits), None)
