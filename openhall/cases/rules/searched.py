"""What somebody at a desk may mean by what he typed into the search: a number, a code, a person.

Whoever a number or a code belongs to was told it, or reads it from a receipt; asking by a person's
name, telephone or identity number is a look at personal data. 个人信息保护法 51.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from openhall.deeds.rules.codes import fault_of_code, tidy
from openhall.organs.rules.identity import (
    document_number,
    fault_of_credit_code,
    fault_of_person,
    phone_of,
)
from openhall.paging.typed import code_of, text_of, visible
from openhall.paging.whole import digits

WHOLE: Final = 16  # signs: eight of the day, eight of its own
END: Final = re.compile(r"[0-9A-F]{4,8}")
NAME_AT_LEAST: Final = 2
NAME_AT_MOST: Final = 100


class By(StrEnum):
    """By what a case is sought."""

    NUMBER = "number"
    END = "end"  # the last signs of its number
    CODE = "code"
    BODY = "body"  # a credit code: of a company, which is public
    IDENTITY = "identity"
    PHONE = "phone"
    NAME = "name"


PERSONAL: Final = frozenset({By.IDENTITY, By.PHONE, By.NAME})


@dataclass(frozen=True, slots=True)
class Meant:
    """One reading of what was typed, in the form in which it is kept."""

    by: By
    value: str


def meant_by(typed: str) -> tuple[Meant, ...]:
    """Every reading of ``typed``; none where it is nothing that could be looked for."""
    text = text_of(typed)[:NAME_AT_MOST]
    bare = code_of(text)
    if len(bare) == WHOLE and digits(bare[:8]) and END.fullmatch(bare[8:]):
        return (Meant(By.NUMBER, f"{bare[:8]}-{bare[8:]}"),)
    found = []
    if END.fullmatch(bare):
        found.append(Meant(By.END, bare))
    if fault_of_code(text) is None:
        found.append(Meant(By.CODE, tidy(text)))
    number = document_number(text)
    if number and fault_of_credit_code(number) is None:
        found.append(Meant(By.BODY, number))
    if any(map(digits, number)) and fault_of_person(number) is None:
        found.append(Meant(By.IDENTITY, number))
    phone = phone_of(text)
    if phone is not None and len(phone) >= 7:
        found.append(Meant(By.PHONE, phone))
    if phone is None and visible(text) >= NAME_AT_LEAST and not digits(text[:1]):
        found.append(Meant(By.NAME, text))
    return tuple(found)
