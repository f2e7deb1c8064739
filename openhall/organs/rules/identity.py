"""Check digits of identity numbers: GB 11643-1999 (residents), GB 32100-2015 (bodies)."""

from datetime import date
from typing import Final

from openhall.glossary import Said
from openhall.paging.whole import digits

RESIDENT_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS: Final = "10X98765432"
CREDIT_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def resident_check_digit(first17: str) -> str:
    """The 18th sign for the first 17 digits."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first17, RESIDENT_WEIGHTS, strict=True)
    )
    return RESIDENT_CHECKS[total % 11]


def fault_of_resident_id(number: str) -> Said | None:
    """What is wrong with an 18-sign resident identity number; None if nothing."""
    if len(number) != 18:
        return Said(
            f"居民身份证号应为18位，现为{len(number)}位。请对照证件重新填写。",
            f"A resident identity number has 18 signs; this has {len(number)}. Compare it with "
            "the card.",
        )
    if not digits(number[:17]) or number[17] not in RESIDENT_CHECKS:
        return Said(
            "居民身份证号前17位应为数字，末位应为数字或大写X。",
            "The first 17 signs of a resident identity number are digits, the last a digit or X.",
        )
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Said(
            "居民身份证号第7至14位不是有效的出生日期。请对照证件重新填写。",
            "Signs 7 to 14 are not a day of birth. Compare the number with the card.",
        )
    if resident_check_digit(number[:17]) != number[17]:
        return Said(
            "居民身份证号校验位不符，可能有一位填错。请对照证件重新填写。",
            "The last sign does not fit the others; one may be mistyped. Compare the number with "
            "the card.",
        )
    return None


def credit_check_sign(first17: str) -> str:
    """The 18th sign for the first 17 signs. Raises ``ValueError`` for a sign that may not occur."""
    total = sum(
        CREDIT_SIGNS.index(sign) * weight
        for sign, weight in zip(first17, CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_SIGNS[(31 - total % 31) % 31]


def fault_of_credit_code(code: str) -> Said | None:
    """What is wrong with a unified social credit code; None if nothing."""
    if len(code) != 18:
        return Said(
            f"统一社会信用代码应为18位，现为{len(code)}位。请对照证照重新填写。",
            f"A unified social credit code has 18 signs; this has {len(code)}. Compare it with "
            "the licence.",
        )
    if strange := [sign for sign in code if sign not in CREDIT_SIGNS]:
        return Said(
            f"统一社会信用代码不含“{strange[0]}”（不使用I、O、S、V、Z）。请对照证照重新填写。",
            f"No unified social credit code holds “{strange[0]}” (I, O, S, V and Z are not used). "
            "Compare it with the licence.",
        )
    if credit_check_sign(code[:17]) != code[17]:
        return Said(
            "统一社会信用代码校验位不符，可能有一位填错。请对照证照重新填写。",
            "The last sign does not fit the others; one may be mistyped. Compare the code with "
            "the licence.",
        )
    return None
