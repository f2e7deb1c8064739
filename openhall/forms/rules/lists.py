"""Lists of options kept once for all forms: countries and currencies, named in both languages."""

from functools import lru_cache
from typing import Final

from babel import Locale

from openhall.forms.rules.definition import Option
from openhall.glossary import Said

LISTS: Final = {
    "countries": Said("国家和地区", "Countries"),
    "currencies": Said("货币", "Currencies"),
}
FIRST: Final = {"countries": "CN", "currencies": "CNY"}
MONEY: Final = (
    *("CNY", "AUD", "BRL", "CAD", "CHF", "CLP", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD"),
    *("HUF", "IDR", "ILS", "INR", "JPY", "KRW", "KZT", "MOP", "MXN", "MYR", "NGN", "NOK", "NZD"),
    *("PEN", "PHP", "PKR", "PLN", "RON", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH"),
    *("USD", "VND", "ZAR"),
)
"""Currencies in use by many; the rest of the world's are rarely asked for in a form."""


@lru_cache(maxsize=8)
def listed(name: str) -> tuple[Option, ...]:
    """The options of the list, China's first, then by their Chinese name; empty for no list."""
    if name not in LISTS:
        return ()
    zh, en = Locale("zh", script="Hans"), Locale("en")
    if name == "countries":
        codes = [str(one) for one in zh.territories if len(str(one)) == 2]
        told = [
            Option(one, zh.territories[one], en.territories.get(one, one))
            for one in codes
            if one not in NO_COUNTRY
        ]
    else:
        told = [Option(one, zh.currencies[one], en.currencies.get(one, one)) for one in MONEY]
    return tuple(sorted(told, key=lambda one: (one.value != FIRST[name], one.value)))


NO_COUNTRY: Final = ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "XK")
"""Codes of the list of names that are groups of states, or no code of ISO 3166."""
