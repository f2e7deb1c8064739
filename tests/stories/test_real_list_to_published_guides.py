"""A real district's list, from its import through ten completed items to published guides. A7, A10.

The list is read where it lies and is not copied; where it is absent the story is skipped.
"""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from openhall.catalogue import actions
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.checking import check
from openhall.catalogue.models import Form, Item, ItemVersion
from openhall.catalogue.queries import version_in_force
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.versions import actions as versions
from tests.factories.catalogue import by, charged
from tests.shared_data import shared

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-25T09:00:00+08:00")
DAY, FIRST = date(2026, 11, 25), date(2026, 12, 1)
WANTED = {"1": 3, "5": 1, "7": 2, "8": 1, "9": 1, "10": 1, "20": 1}  # kind → how many of it
STEPS = ("受理", "审核", "审批", "办结", "送达")


@pytest.fixture
def listed(db):
    """The whole list taken in; its seven rows with a wrong credit code are left out."""
    path = shared("catalogue/guangan_2024.csv")
    call_command("import", "catalogue", str(path), "--create-organs", "--skip-bad", verbosity=0)
    assert Item.objects.count() == 1_128
    return Item.objects.select_related("entry", "organ")


@pytest.fixture
def legal(listed):
    office = found_organ(
        code="fzb", kind="bureau", name="法制机构", name_en="Legal", short_name="法制"
    )
    account = Account.objects.create_user("legal")
    appoint(account, office, Desk.LEGAL, date(2020, 1, 1))
    return account


def seats(organ):
    """The clerk and the head of ``organ``."""
    found = []
    for desk in (Desk.CATALOGUE_CLERK, Desk.HEAD):
        account, _new = Account.objects.get_or_create(username=f"{organ.code}-{desk.value}")
        appoint(account, organ, desk, date(2020, 1, 1))
        found.append(account)
    return found


def chosen(listed):
    """Items of every kind that the list has, ten where it has enough of each."""
    found = []
    for kind, count in WANTED.items():
        found += list(listed.filter(entry__kind=kind).order_by("code")[:count])
    more = listed.filter(entry__kind="10").order_by("code").exclude(pk__in=[i.pk for i in found])
    return (found + list(more[: 10 - len(found)]))[:10]


def words(item, place):
    """A whole guide for ``item``, in words of our own; some cost money, some are done online."""
    pays, online = place % 4 == 1, place % 3 == 2
    return {
        "summary": f"需要办理“{item.entry.name}”的，向{item.organ.name}申请。",
        "conditions": "申请人具备法定资格，所交材料真实、完整。",
        "service_objects": ["1", "2"],
        "handling_forms": ["window", "online"] if online else ["window"],
        "online_depth": "3" if online else "1",
        "statutory_days": 20,
        "promised_days": 5 + place,
        "visits": 0 if online else 1,
        "visit_reason": "" if online else "领取结果时核验原件",
        "accepts_post": online,
        "has_fee": pays,
        "fee_basis": "发改价格〔2024〕1号" if pays else "",
        "pays_online": pays,
        "enquiry_phone": "0826-12345",
        "complaint_phone": "12388",
        "address": f"{item.organ.name}办事窗口",
        "hours": "工作日9:00–17:00",
        "no_prerequisites": True,
    }


ROWS = {
    "materials": [
        {"key": "id", "name": "申请人身份证明", "source": "government", "legal_basis": "第五条"}
    ],
    "laws": [{"law": "行政许可法", "article": "第三十条"}],
    "faqs": [{"question": "可以代办吗？", "answer": "可以，代办人带授权委托书。"}],
    "steps": [{"name": name, "officer": "窗口", "days": 1} for name in STEPS],
    "prerequisites": [],
}


def test_ten_items_of_a_real_list_become_guides_that_the_public_reads(listed, legal, client):
    items = chosen(listed)
    assert len(items) == 10
    assert len({item.entry.kind for item in items}) >= 5
    with time_machine.travel(NOW, tick=False):
        for place, item in enumerate(items):
            clerk, head = seats(item.organ)
            draft = item.versions.get()
            assert draft.state == "draft"
            versions.send(ITEM_VERSION, draft.pk, by(clerk, NOW))
            versions.pass_on(ITEM_VERSION, draft.pk, by(head, NOW))
            with pytest.raises(Refused) as refused:  # a list of names is not a guide yet
                versions.publish(ITEM_VERSION, draft.pk, FIRST, by(legal, NOW))
            assert len({fault.element for fault in refused.value.faults}) >= 7
            versions.send_back(
                ITEM_VERSION, draft.pk, "指南要素不全，请补齐后重新提交。", by(legal, NOW)
            )
            written = words(item, place)
            if written["has_fee"]:
                charged(
                    item=item,
                    code="T1",
                    name="证书工本费",
                    amount=1000,
                    unit="本",
                    basis=written["fee_basis"],
                    price_approval=written["fee_basis"],
                    effective_from=DAY,
                )
            actions.save_version(draft.pk, written, ROWS, by(clerk, NOW))
            Form.objects.create(
                version=draft,
                title="申请表",
                fields=[{"key": "subject", "kind": "text", "label": "申请事由", "required": True}],
            )
            assert check(ItemVersion.objects.get(pk=draft.pk), FIRST).faults == []
            versions.send(ITEM_VERSION, draft.pk, by(clerk, NOW))
            versions.pass_on(ITEM_VERSION, draft.pk, by(head, NOW))
            versions.publish(ITEM_VERSION, draft.pk, FIRST, by(legal, NOW))
            assert version_in_force(item.code, DAY) is None
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        for item in items:
            page = client.get(f"/services/{item.code}/")
            assert page.status_code == 200
            assert item.entry.name in page.content.decode()
            assert client.get(f"/services/{item.code}/form.pdf").content.startswith(b"%PDF-")
            steps = [event.act for event in item.versions.get().events.order_by("pk")]
            assert steps[-3:] == ["send", "pass", "publish"]
    assert ItemVersion.objects.filter(state="published").count() == 10
