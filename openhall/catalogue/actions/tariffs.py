"""A fee from its approval into force, and to its end: what is not approved is not charged. A11.

The unit's clerk writes it after the price authority's document; the Legal Affairs Office, who did
not, puts it in force from a day. What an operator brings from another system is signed as it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from openhall.catalogue.kinds import TARIFF
from openhall.catalogue.models import Item, Tariff
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.versions import actions
from openhall.versions.taking import take_as_they_are
from openhall.versions.terms import VersionState

WORDS: Final = (
    "name",
    "name_en",
    "amount",
    "unit",
    "basis",
    "price_approval",
    "approval_page",
    "included",
    "more_amount",
    "most_amount",
    "reducible",
    "reduction_basis",
)
Row = Mapping[str, Any]  # the words of a fee, its code and days


def _fill(tariff: Tariff, words: Row) -> None:
    if unknown := sorted(set(words) - {*WORDS, "effective_from", "effective_until"}):
        raise Refused(
            Said(f"没有名为“{unknown[0]}”的字段。", f"There is no field named “{unknown[0]}”."),
            unknown[0],
        )
    for name, value in words.items():
        setattr(tariff, name, value)


def begin_tariff(item: Item, code: str, words: Row, doing: Doing) -> Tariff:
    """A draft of the fee ``code`` of ``item``; the draft there is, if there is one."""
    if not code.strip():
        raise Refused(Said("请填写收费项目代码。", "Give the code of the fee."), "code")
    made: Tariff = actions.begin(
        TARIFF, {"item": item, "code": code.strip()}, doing, lambda tariff: _fill(tariff, words)
    )
    return made


def save_tariff(tariff_id: int, words: Row, doing: Doing) -> Tariff:
    """Write on the draft; refused where somebody saved it since."""
    saved: Tariff = actions.save(TARIFF, tariff_id, doing, lambda tariff: _fill(tariff, words))
    return saved


def take_fees(given: Iterable[tuple[Item, Row]], source: str, doing: Doing) -> None:
    """Fees of a list from elsewhere, in the caller's act.

    An operator (no ``doing.actor``) brings them in force as they were approved; what a person sends
    is a draft, which waits for the Legal Affairs Office.
    """
    brought: list[Tariff] = []
    for item, row in given:
        words = {name: value for name, value in row.items() if name != "code"}
        if doing.actor is not None:
            part = doing.part(f"fee-{item.code}-{row['code']}-{row['effective_from']}")
            begin_tariff(item, row["code"], words, part)
            continue
        earlier = [one for one in brought if (one.item_id, one.code) == (item.pk, row["code"])]
        tariff = Tariff(
            item=item,
            code=row["code"],
            number=Tariff.objects.filter(item=item, code=row["code"]).count() + len(earlier) + 1,
            state=VersionState.PUBLISHED.value,
            published_at=doing.at,
        )
        _fill(tariff, words)
        brought.append(tariff)
    take_as_they_are(TARIFF, brought, source, doing)
