"""Filling named places in words: 【名称】 is replaced, {…} is left out when a place in it is empty.

One line is one paragraph. A value with several lines becomes several paragraphs. Used for the
papers an office may edit and for the messages of the procedure.
"""

import re
from collections.abc import Mapping
from typing import Final

from openhall.glossary import Said

PLACE: Final = re.compile(r"【([^【】\n]*)】")
OPTIONAL: Final = re.compile(r"\{([^{}\n]*)\}")


class UnknownPlace(KeyError):
    """The words name a place for which there is no value."""


def places_in(words: str) -> list[str]:
    """Every named place, in order, each once."""
    return list(dict.fromkeys(PLACE.findall(words)))


def fill(words: str, values: Mapping[str, str]) -> list[str]:
    """The paragraphs of ``words`` with every place filled. Raises :class:`UnknownPlace`."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise UnknownPlace(found[1])
        return values[found[1]]

    def kept(found: re.Match[str]) -> str:
        return found[1] if all(values.get(name) for name in PLACE.findall(found[1])) else ""

    lines = (PLACE.sub(value, OPTIONAL.sub(kept, line)) for line in words.splitlines())
    return [part.strip() for line in lines for part in line.split("\n") if part.strip()]


def fault_of_form(words: str) -> Said | None:
    """What is wrong with the signs of ``words``; None if nothing."""
    for number, line in enumerate(words.splitlines(), start=1):
        bare = OPTIONAL.sub("", line)
        if "{" in bare or "}" in bare:
            return Said(
                f"第{number}行的花括号不成对，或套在另一对之内。",
                f"Line {number}: the curly brackets are not in pairs, or stand inside "
                "another pair.",
            )
        unplaced = PLACE.sub("", line)
        if "【" in unplaced or "】" in unplaced:
            return Said(
                f"第{number}行的方头括号不成对。",
                f"Line {number}: the lenticular brackets are not in pairs.",
            )
    return None
