"""Purposes of a calendar as people write them: one line each, its parts between bars.

``code | 名称 | name | minutes | each further person | most persons | identity yes/no | matters |
unit``; what is left out at the end is empty.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from openhall.glossary import Said
from openhall.hours.rules.week import NotReadable
from openhall.slots.rules.length import Purpose

CODE: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
YES: Final = {"是", "要", "yes", "y", "1"}
MOST_MINUTES: Final = 480
MOST_PERSONS: Final = 20


def purposes_of(text: str) -> list[Purpose]:
    """The purposes that ``text`` says. Raises :class:`NotReadable` with every fault."""
    found: list[Purpose] = []
    faults: list[Said] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [one.strip() for one in re.split(r"[|｜]", line)]
        parts += [""] * (9 - len(parts))
        code, title, title_en, minutes, each, persons, identity, items, unit = parts[:9]
        numbers = [minutes or "0", each or "0", persons or "1"]
        right = CODE.fullmatch(code) and title and all(re.fullmatch(r"\d{1,3}", n) for n in numbers)
        if not right or not 1 <= int(numbers[0]) <= MOST_MINUTES:
            faults.append(
                Said(
                    f"第{number}行读不懂。请依次写：代码（小写字母）|名称|英文名|分钟|每增一人分钟|"
                    "最多人数|是否要证件号|事项代码|单位代码。",
                    f"Line {number} cannot be read. Write: code (small letters) | Chinese name | "
                    "English name | minutes | each further person | most persons | identity "
                    "yes/no | codes of matters | code of the unit.",
                )
            )
            continue
        if code in [one.code for one in found]:
            faults.append(
                Said(f"第{number}行的代码“{code}”重复。", f"Line {number}: “{code}” stands twice.")
            )
            continue
        found.append(
            Purpose(
                code,
                title,
                title_en or title,
                int(numbers[0]),
                int(numbers[1]),
                min(max(1, int(numbers[2])), MOST_PERSONS),
                tuple(one for one in re.split(r"[,，、\s]+", items) if one),
                unit,
                identity.casefold() in YES,
            )
        )
    if faults:
        raise NotReadable(faults)
    return found


def as_text(purposes: Iterable[Purpose]) -> str:
    """Purposes as lines that :func:`purposes_of` reads."""
    return "\n".join(
        " | ".join(
            [
                one.code,
                one.title,
                one.title_en,
                str(one.minutes),
                str(one.each),
                str(one.persons),
                "是" if one.identity else "否",
                " ".join(one.items),
                one.unit,
            ]
        ).rstrip(" |")
        for one in purposes
    )


def plain(purposes: Iterable[Purpose]) -> list[dict[str, Any]]:
    """Purposes as they are kept."""
    return [
        {
            "code": one.code,
            "title": one.title,
            "title_en": one.title_en,
            "minutes": one.minutes,
            "each": one.each,
            "persons": one.persons,
            "items": list(one.items),
            "unit": one.unit,
            "identity": one.identity,
        }
        for one in purposes
    ]


def kept(rows: Sequence[dict[str, Any]]) -> list[Purpose]:
    """Purposes as :func:`plain` wrote them."""
    return [Purpose(**row | {"items": tuple(row["items"])}) for row in rows]
