"""Building the demonstration city: organs, centres, officials, items. A15."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from openhall.catalogue.actions.importing import take_over
from openhall.catalogue.actions.tariffs import take_fees
from openhall.catalogue.models import (
    CatalogueEntry,
    Form,
    Item,
    ItemVersion,
)
from openhall.catalogue.models.reception import share_units
from openhall.catalogue.queries import guide_of, hollow_phrases, versions_in_force
from openhall.catalogue.rules.gate import faults_of
from openhall.catalogue.rules.guide import Guide
from openhall.catalogue.rules.variants import loosened
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.demo import (
    applications,
    detours,
    guides,
    halls,
    joint,
    library,
    lifecycle,
    questions,
)
from openhall.demo.asking import appointments
from openhall.demo.cast import CAST, PASSWORD
from openhall.demo.data import DATA, filled, told
from openhall.demo.guides import Fact
from openhall.demo.models import City
from openhall.demo.papers import furnish
from openhall.demo.publishing import sites as publishing
from openhall.demo.rules import people
from openhall.organs.actions import appoint, enter_company, entrust, found, introduce
from openhall.organs.models import Account, Organ, Post
from openhall.organs.terms import AgencyKind, Assurance, Desk, OrganKind

SEED: Final = 75
CITY_CODE, HALL_CODE = "cd", "cd-hall"
DISTRICT_CENTRES: Final = 12
DAYS_OF_HISTORY: Final = 420
DAYS_AHEAD: Final = 60  # the plan goes on, so that a city left running keeps living
RESIDENT, RESIDENTS = "resident-", 120
LISTED_FROM: Final = date(2004, 7, 1)
TOLD_FROM: Final = date(2025, 1, 1)  # the first day of the guides: what they rest on is newer
SAID: Final = told("city")


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one file of facts."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def build(today: date) -> City:
    """Everything but the cases; a second call answers with the city that stands."""
    if standing := City.objects.first():
        return standing
    organs = _organs()
    _officials(organs, today)
    _items(organs)
    library.set_scene()
    _cast(organs)
    halls.arrange(today)  # guides say where and when their hall receives
    publishing.make()
    detours.arrange(today)
    furnish(timezone.now())
    take_over("demo", _operator("catalogue"))
    questions.ask(today)
    joint.join(today)
    lifecycle.tell(today)
    refuse_hollow_guides(today)
    applications.arrive(today)
    appointments.offer_times(HALL_CODE)
    return City.objects.create(
        seed=SEED,
        first_day=today - timedelta(days=DAYS_OF_HISTORY),
        last_day=today + timedelta(days=DAYS_AHEAD),
    )


def _operator(what: str) -> Doing:
    """The operator brings in what the city has had from its first day."""
    at = timezone.make_aware(datetime.combine(LISTED_FROM, time(9)))
    return Doing(None, at, system_key("demo", what), entered=at)


def _organs() -> dict[str, Organ]:
    """The city, its hall, its departments and districts; what is theirs stands under them."""
    organs: dict[str, Organ] = {}

    def made(what: str, code: str, under: str, row: Mapping[str, str], place: int = 0) -> None:
        said = filled(SAID["organs"][what], row)
        said["position"] = said.get("position", 0) + place
        doing = _operator(f"organ-{code}")
        organs[code] = found(doing, code=code, parent=organs.get(under), **said)

    made("city", CITY_CODE, "", {})
    made("hall", HALL_CODE, CITY_CODE, {})
    for place, row in enumerate(rows("departments.csv")):
        name = f"成都{row['name']}" if row["name"].startswith("市") else row["name"]
        code = f"cd-{row['code']}"
        made("department", code, CITY_CODE, row | {"name": name}, place)
        if row["centre"]:
            made("centre", f"{code}-zx", code, row | {"name": name})
    for place, row in enumerate(rows("districts.csv")):
        code = f"cd-{row['code']}"
        made("district", code, CITY_CODE, row, place)
        if place < DISTRICT_CENTRES:
            made("near_centre", f"{code}-zx", code, row)
            made("bureau", f"{code}-spj", code, row | {"sign": row["name"][:2]}, place)
    return organs


def _officials(organs: dict[str, Organ], today: date) -> None:
    """Two at the window, two handlers and a decider in each unit; they cannot sign in."""
    rng = Random(SEED)
    units = [o for o in organs.values() if o.kind in (OrganKind.DEPARTMENT, OrganKind.BUREAU)]
    desks = (Desk.WINDOW, Desk.WINDOW, Desk.HANDLER, Desk.HANDLER, Desk.DECIDER)
    seats = [(unit, desk, serial) for unit in units for serial, desk in enumerate(desks)]
    seats += [
        (organ, Desk.CASHIER, 0)
        for organ in organs.values()
        if organ.kind == OrganKind.CENTRE and organ.code != HALL_CODE
    ]
    accounts = Account.objects.bulk_create(
        Account(
            username=f"{organ.code}-{desk.value}-{serial}",
            real_name=people.name(rng),
            is_official=True,
            password="!",  # noqa: S106 - the mark of an unusable password
            assurance=Assurance.WINDOW.value,
        )
        for organ, desk, serial in seats
    )
    for account, (organ, desk, _serial) in zip(accounts, seats, strict=True):
        appoint(account, organ, desk, date(2020, 1, 1))


def _items(organs: dict[str, Organ]) -> None:
    facts = [Fact.read(row) for row in rows("items.csv")]
    entries = CatalogueEntry.objects.bulk_create(
        CatalogueEntry(
            code=f"CD-{serial:04d}",
            name=fact.name,
            name_en=fact.name_en,
            kind=fact.kind.value,
            legal_basis=fact.legal_basis,
            listed_from=LISTED_FROM,
        )
        for serial, fact in enumerate(facts, start=1)
    )
    city_items = Item.objects.bulk_create(
        Item(code=f"510100-{entry.code[3:]}", entry=entry, organ=organs[f"cd-{fact.organ}"])
        for entry, fact in zip(entries, facts, strict=True)
    )
    by_name = {fact.name: (item, fact) for item, fact in zip(city_items, facts, strict=True)}
    near: list[tuple[Item, Fact]] = []
    for organ in organs.values():
        if organ.kind != OrganKind.BUREAU:
            continue
        for name in SAID["near_home"]:
            above, fact = by_name[name]
            code = f"{organ.division_code}-{above.entry.code[3:]}"
            near.append((Item(code=code, entry=above.entry, organ=organ, inherits=above), fact))
    Item.objects.bulk_create(item for item, _fact in near)
    pairs = list(zip(city_items, facts, strict=True)) + near
    _guides(pairs, {fact.key: item for item, fact in by_name.values() if fact.key})
    with acting():
        fees = [(one, fee) for one, fact in pairs for fee in guides.tariffs_of(fact, TOLD_FROM)]
        take_fees(fees, "demo", _operator("fees"))


def _guides(pairs: list[tuple[Item, Fact]], items: dict[str, Item]) -> None:
    """Their versions with all their rows, written at once for all of them."""
    versions = ItemVersion.objects.bulk_create(
        guides.version_of(item, fact, TOLD_FROM) for item, fact in pairs
    )
    written = list(zip(versions, (fact for _item, fact in pairs), strict=True))
    made: dict[str, list[Any]] = defaultdict(list)
    for version, fact in written:
        for family, told_rows in guides.rows_for(version, fact, items).items():
            made[family] += told_rows
    for family, model in guides.FAMILIES.items():
        model.objects.bulk_create(made[family])  # type: ignore[attr-defined]
    forms = (guides.form_of(version, fact) for version, fact in written)
    Form.objects.bulk_create(form for form in forms if form is not None)


def refuse_hollow_guides(today: date) -> None:
    """What the demo publishes passes the same gate as everybody's, a district's guide beside the
    city's too. A7. Raises ``ValueError`` with the first fault."""
    related = ("materials", "steps", "laws", "faqs", "prerequisites", "item__tariffs")
    phrases = hollow_phrases()
    public = versions_in_force(today).select_related("item__entry", "item__inherits")
    told_: dict[int, tuple[ItemVersion, Guide]] = {}
    guides_ = list(public.prefetch_related(*related))
    share_units(guides_)
    for version in guides_:
        told_[version.item_id] = (version, guide_of(version, len(version.item.tariffs.all())))
    for version, guide in told_.values():
        faults = faults_of(guide, phrases)
        if (above := version.item.inherits_id) in told_:
            faults += loosened(guide, told_[above][1])
        if faults:
            raise ValueError(f"{version.item.code} {version.name}: {faults[0]}")


def _cast(organs: dict[str, Organ]) -> None:
    rng = Random(SEED + 1)
    password = make_password(PASSWORD)  # one and the same, known to all: hashed once
    for player in CAST:
        account = Account.objects.create(
            username=player.username,
            password=password,
            email=f"{player.username}@example.org",
            real_name=player.name,
            assurance=Assurance.WINDOW.value,
        )
        if player.desk is not None:
            appoint(account, organs[player.organ], player.desk, date(2020, 1, 1), player.role)
        else:
            introduce(
                account,
                real_name=player.name,
                id_number=people.resident_id(rng),
                phone=people.phone(rng),
            )
    for serial in range(RESIDENTS):
        account = Account(username=f"{RESIDENT}{serial:03d}", password="!")  # noqa: S106 - unusable
        account.save()
        introduce(
            account,
            real_name=people.name(rng),
            id_number=people.resident_id(rng),
            phone=people.phone(rng),
        )
    name, code = people.company(rng)
    company = enter_company(_operator(f"company-{code}"), name=name, credit_code=code)
    chen = Account.objects.get(username="chenwei")
    entrust(company, chen, AgencyKind.AGENT, date(2020, 1, 1), _operator(f"agent-{code}"))


def officers() -> dict[int, dict[str, list[Account]]]:
    """Who sits at which desk of which organ, by organ id and desk."""
    found: dict[int, dict[str, list[Account]]] = defaultdict(lambda: defaultdict(list))
    for post in Post.objects.select_related("account").order_by("pk"):
        found[post.organ_id][post.desk].append(post.account)
    return found
