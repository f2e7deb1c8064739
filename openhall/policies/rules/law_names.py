"""One law under its many spellings: its name without ornament, its articles as numbers. Pure."""

import re
from typing import Final

from openhall.paging.whole import whole

COUNTRY: Final = "中华人民共和国"
DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
UNITS: Final = {"十": 10, "百": 100, "千": 1000}
LONGEST: Final = 500  # signs of a title
AMENDED: Final = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]$")  # either width
NARROW: Final = str.maketrans("\uff08\uff09\uff1a\uff0c", "():,")  # as one paper writes, so another
ARTICLE: Final = re.compile(r"第\s*([零〇一二两三四五六七八九十百千\d]+)\s*条")


def law_key(title: str) -> str:
    """The name by which a law is found: 《中华人民共和国慈善法(2023修正)》 is 慈善法."""
    plain = re.sub(r"[\s\u3000《》]", "", title[:LONGEST]).translate(NARROW)
    while (shorter := AMENDED.sub("", plain)) != plain:
        plain = shorter
    return plain.removeprefix(COUNTRY) or plain


def number_of_numeral(numeral: str) -> int:
    """三十二 → 32, 一百零八 → 108, 12 → 12. Raises ``ValueError`` for any other sign."""
    if (number := whole(numeral)) is not None:
        return number
    total, digit = 0, 0
    for sign in numeral:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in UNITS:
            total += (digit or 1) * UNITS[sign]
            digit = 0
        else:
            raise ValueError(f"“{numeral}”不是数字。")
    return total + digit


def article_number(words: str) -> int | None:
    """The article ``words`` name: 第三十二条第二款 and 32(4) are 32; None where they name none."""
    if found := ARTICLE.search(words):
        try:
            return number_of_numeral(found[1])
        except ValueError:
            return None
    bare = re.match(r"\s*(\d+)", words)
    return int(bare[1]) if bare else None
