"""Question guides of the demonstration city. B7.

The guides in ``data/questions`` go through the same acts and the same checker as everybody's; one
is left as a draft with faults, so that an editor can see how they are shown.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from openhall.catalogue.models import ItemVersion
from openhall.demo.data import DATA, told
from openhall.organs.models import Account, Organ
from openhall.questions.actions import begin_guide, publish_guide, save_content
from openhall.questions.rules.content import parse

PUBLISHED_BEFORE: Final = timedelta(days=60)
CITY_WRITER, CITY_PUBLISHER, UNIT_WRITER = "xuxin", "fengban", "gaotao"


def ask(today: date) -> None:
    """Publish the city's question guides."""
    codes = dict(
        ItemVersion.objects.filter(item__inherits__isnull=True).values_list("name", "item__code")
    )
    day = today - PUBLISHED_BEFORE
    at = timezone.make_aware(datetime.combine(day, time(10)))
    for path in sorted((DATA / "questions").glob("*.json")):
        _guide(named(told(f"questions/{path.stem}"), codes), at, day)


def named(said: Any, codes: dict[str, str]) -> Any:
    """The same with each item's name replaced by its code."""
    if isinstance(said, dict):
        return {
            name: codes[value] if name == "item" else named(value, codes)
            for name, value in said.items()
        }
    return [named(one, codes) for one in said] if isinstance(said, list) else said


def _guide(said: dict[str, Any], at: datetime, day: date) -> None:
    item = said.get("item", "")
    writer = Account.objects.get(username=UNIT_WRITER if item else CITY_WRITER)
    publisher = writer if item else Account.objects.get(username=CITY_PUBLISHER)
    organ = Organ.objects.get(posts__account=writer)
    version = begin_guide(
        organ, said["slug"], said, writer, at, item=item, topic=said.get("topic", "")
    )
    save_content(version.pk, parse(said["content"]), writer, at, seen=0)
    if not said.get("draft"):
        publish_guide(version.pk, publisher, at, day)
