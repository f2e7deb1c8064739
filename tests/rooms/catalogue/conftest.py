"""A whole guide, and who writes, passes and publishes it."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

AT = datetime.fromisoformat("2024-03-04T09:00:00+08:00")
WORDS = {
    "summary": "成立社会团体的，向登记管理机关申请登记。",
    "conditions": "有50个以上的个人会员或者30个以上的单位会员。",
    "service_objects": ["4"],
    "statutory_days": 60,
    "promised_days": 15,
    "visits": 1,
    "visit_reason": "领取证书时核验原件",
    "has_fee": False,
    "enquiry_phone": "028-12345",
    "complaint_phone": "12388",
    "address": "草市街2号",
    "hours": "工作日9:00–17:00",
    "no_prerequisites": True,
}
ROWS = {
    "materials": [{"key": "a", "name": "章程草案", "legal_basis": "第十一条"}],
    "laws": [{"law": "社会团体登记管理条例", "article": "第十二条"}],
    "faqs": [{"question": "多久？", "answer": "15个工作日。"}],
    "steps": [{"name": name} for name in ("受理", "审核", "审批", "办结", "送达")],
    "prerequisites": [],
}


@dataclass
class Desks:
    """Everybody who might touch the catalogue, by role."""

    clerk: object
    head: object
    legal: object
    other_clerk: object
    window: object
    citizen: object


@pytest.fixture
def desks(cast) -> Desks:
    from openhall.organs.actions import appoint
    from openhall.organs.models import Account, Organ
    from openhall.organs.terms import Desk

    water = Organ.objects.get(code="cd-water")
    office = Organ.objects.create(
        code="cd-fzb", kind="department", name="市法制办", name_en="Legal", short_name="法制"
    )
    seats = {
        "clerk": (Desk.CATALOGUE_CLERK, cast.organ),
        "head": (Desk.HEAD, cast.organ),
        "legal": (Desk.LEGAL, office),
        "other_clerk": (Desk.CATALOGUE_CLERK, water),
    }
    found = {}
    for name, (desk, organ) in seats.items():
        found[name] = Account.objects.create_user(username=name)
        appoint(found[name], organ, desk, date(2003, 1, 1))
    return Desks(**found, window=cast.li_chuang, citizen=cast.wang_fang)


@pytest.fixture
def written(cast, desks):
    """Version 2 of the item, a whole draft."""
    from openhall.catalogue import actions
    from tests.factories.catalogue import by

    version = actions.new_version(cast.item.pk, by(desks.clerk, AT))
    return actions.save_version(version.pk, WORDS, ROWS, by(desks.clerk, AT))
