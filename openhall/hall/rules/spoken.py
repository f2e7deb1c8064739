"""A call as the clips that speak it: 请 A 零四七号 到 十二号窗口. Pure."""

from typing import Final

DIGITS: Final = "0123456789"
ENGLISH: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def counted(number: int) -> list[str]:
    """A window's number as it is said: 12 is 十二, 105 is 一百零五."""
    if number < 10:
        return [str(number)]
    if number < 20:
        return ["10", *([str(number % 10)] if number % 10 else [])]
    if number < 100:
        return [str(number // 10), "10", *([str(number % 10)] if number % 10 else [])]
    hundreds, rest = divmod(number, 100)
    said = [*counted(hundreds), "100"]
    if 0 < rest < 10:
        return [*said, "0", str(rest)]
    return [*said, *(["1"] if 10 <= rest < 20 else []), *(counted(rest) if rest else [])]


def spoken(label: str, window: int) -> list[str]:
    """The clips of a call in Chinese; letters past H are left to the display."""
    letters = [sign for sign in label if "A" <= sign <= "H"]
    digits = [sign for sign in label if sign in DIGITS]
    return ["chime", "please", *letters, *digits, "no", "to", *counted(window), "at"]


def spoken_english(label: str, window: int) -> list[str]:
    """The clips of a call in English."""
    letters = [sign for sign in label if "A" <= sign <= "H"]
    digits = [ENGLISH[int(sign)] for sign in label if sign in DIGITS]
    return ["ticket", *letters, *digits, "go", *(ENGLISH[int(sign)] for sign in str(window))]
