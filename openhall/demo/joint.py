"""Joint matters of the demonstration city, through the same acts and the same gate as everybody's.

``data/joint.json`` names items by their words; one matter is left as a draft with faults, so that
an editor can see how they are shown. 行政许可法 26.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from openhall.catalogue.models import ItemVersion
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.demo.data import told
from openhall.joint.actions.matters import Part, draft_matter
from openhall.joint.kinds import MATTER
from openhall.joint.terms import JointKind, PartNeed
from openhall.organs.models import Account, Organ
from openhall.versions import actions as versions

PUBLISHED_BEFORE: Final = timedelta(days=45)
WRITER, PUBLISHER, CLERKS = "xuxin", "fengban", {"cd-mzh": "gaotao"}


def join(today: date) -> None:
    """Draft and publish the city's joint matters."""
    own = ItemVersion.objects.filter(item__inherits__isnull=True)
    codes = dict(own.values_list("name", "item__code"))
    day = today - PUBLISHED_BEFORE
    at = timezone.make_aware(datetime.combine(day, time(10)))
    for said in told("joint"):
        _matter(said, codes, at, day)


def _matter(said: dict[str, Any], codes: dict[str, str], at: datetime, day: date) -> None:
    writer = Account.objects.get(username=CLERKS.get(said["lead"], WRITER))
    version = draft_matter(
        said["code"],
        JointKind(said["kind"]),
        Organ.objects.get(code=said["lead"]),
        said,
        Doing(writer, at, system_key("demo-matter", said["code"]), entered=at),
        topic=said["topic"],
        parts=[_part(one, codes) for one in said["parts"]],
    )
    if not said.get("draft"):
        publisher = Account.objects.get(username=PUBLISHER)
        key = system_key("demo-matter-published", said["code"])
        versions.publish(MATTER, version.pk, day, Doing(publisher, at, key, entered=at), "首次公布")


def _part(said: dict[str, Any], codes: dict[str, str]) -> Part:
    question = said.get("question", "")
    need = PartNeed.IF_CHOSEN if question else PartNeed.ALWAYS
    return Part(
        codes[said["item"]],
        said["limit_days"],
        need.value,
        question,
        said.get("question_en", ""),
    )
