"""Question guides of the demonstration city. B7.

The guides in ``data/questions`` go through the same acts and the same checker as everybody's; one
is left as a draft with faults, so that an editor can see how they are shown.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from openhall.catalogue.models import ItemVersion
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.demo.data import DATA, told
from openhall.organs.models import Account, Organ
from openhall.questions.actions import begin_guide, publish_guide, save_content
from openhall.questions.rules.content import parse

PUBLISHED_BEFORE: Final = timedelta(days=60)
CITY_WRITER, CITY_PUBLISHER = "xuxin", "fengban"
UNIT_WRITER, UNIT_PUBLISHER = "linxia", "gaotao"


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
    publisher = Account.objects.get(username=UNIT_PUBLISHER if item else CITY_PUBLISHER)
    organ = Organ.objects.get(posts__account=writer)

    def by(who: Account, what: str) -> Doing:
        return Doing(who, at, system_key("demo", "questions", said["slug"], what), entered=at)

    topic = said.get("topic", "")
    version = begin_guide(organ, said["slug"], said, by(writer, "begin"), item=item, topic=topic)
    save_content(version.pk, parse(said["content"]), by(writer, "save"))
    if not said.get("draft"):
        publish_guide(version.pk, day, by(publisher, "publish"))
