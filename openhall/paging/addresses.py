"""What an address may say: ``<whole:pk>``, ``<month:month>``, ``<day:day>``; the rest is unknown.

Django's own ``<int:…>`` takes any number of digits; a row's number has at most eighteen.
"""

from datetime import date

from django.urls import register_converter

from openhall.paging import whole as reading


class Whole:
    """A whole number in the digits 0 to 9."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: object) -> str:
        return str(value)


class Month:
    """A month, as its first day: 2003-05."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return _known(reading.month(value))

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


class Day:
    """A day: 2003-05-26."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return _known(reading.day(value))

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m-%d}"


def _known(read: date | None) -> date:
    if read is None:
        raise ValueError  # Django looks for another address, and says that there is none
    return read


register_converter(Whole, "whole")
register_converter(Month, "month")
register_converter(Day, "day")
