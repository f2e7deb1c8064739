"""The guides that come with OpenHall, as records to take in; nothing is written here."""

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from openhall.catalogue.exchange.tables import Unreadable
from openhall.catalogue.models import Item
from openhall.catalogue.queries import hollow_phrases
from openhall.catalogue.rules.adopting import Pair, adopted
from openhall.catalogue.rules.matters import FOLDER, faults_of
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind


@cache
def library() -> Mapping[str, Mapping[str, Any]]:
    """Every matter that comes with this version, by its key."""
    files = sorted(FOLDER.glob("*.json"))
    return {file.stem: json.loads(file.read_text("utf-8")) for file in files}


def units_here(given: Iterable[str] = ()) -> dict[str, Pair]:
    """Code and name of the organ each unit of the library is here.

    A department whose code is the unit's, or ends in it (``cd-gaj``), is found by itself; ``given``
    names others as ``unit=code``. Raises :class:`Unreadable` for an organ that is not here.
    """
    organs = {organ.code: organ.name for organ in Organ.objects.order_by("-code")}
    kinds = Organ.objects.filter(kind=OrganKind.DEPARTMENT.value).values_list("code", flat=True)
    found = {code.rsplit("-", 1)[-1]: (code, organs[code]) for code in sorted(kinds, reverse=True)}
    for pair in given:
        unit, sign, code = pair.partition("=")
        if not sign or code not in organs:
            raise Unreadable(
                Said(
                    f"--unit 应写成 部门=单位代码，本系统没有“{code or pair}”。",
                    f"Write --unit as department=code of a unit; there is no “{code or pair}” "
                    "here.",
                )
            )
        found[unit] = (code, organs[code])
    return found


def records(
    only: Collection[str], units: Mapping[str, Pair]
) -> tuple[list[dict[str, Any]], list[str], int]:
    """What is to be taken in, the keys of matters whose unit is not here, how many stand already.

    An item that stands is not touched: its unit has written its own words since. Raises
    :class:`Unreadable` for a key nobody knows and for a matter that makes no sense.
    """
    here = library()
    if strange := sorted(set(only) - set(here)):
        raise Unreadable(
            Said(f"事项库中没有“{strange[0]}”。", f"The library has no “{strange[0]}”.")
        )
    chosen = [one for key, one in here.items() if not only or key in only]
    phrases = hollow_phrases()
    for one in chosen:
        if wrong := faults_of(one, phrases):
            raise Unreadable(f"{one['key']}：{wrong[0].at}：{wrong[0].sentence}")
    made, away = adopted(chosen, units)
    codes = [record["code"] for record in made]
    standing = set(Item.objects.filter(code__in=codes).values_list("code", flat=True))
    return [one for one in made if one["code"] not in standing], away, len(standing)
