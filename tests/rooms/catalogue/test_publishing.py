"""A10: the unit drafts and passes, the Legal Affairs Office publishes, each step in the ledger."""

from datetime import date, datetime

import pytest

from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.models import (
    Faq,
    FlowStep,
    ItemVersion,
    ItemVersionEvent,
    LawRef,
    Material,
)
from openhall.catalogue.queries import version_in_force
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.versions import actions as versions
from tests.factories.catalogue import by

AT = datetime.fromisoformat("2024-03-04T09:00:00+08:00")


@pytest.fixture
def people(cast):
    found = {}
    for name, desk in (("clerk", Desk.CATALOGUE_CLERK), ("head", Desk.HEAD), ("legal", Desk.LEGAL)):
        found[name] = Account.objects.create_user(username=name)
        appoint(found[name], cast.organ, desk, date(2003, 1, 1))
    return found


@pytest.fixture
def draft(cast) -> ItemVersion:
    version = ItemVersion.objects.create(
        item=cast.item,
        number=2,
        name="社会团体成立登记",
        summary="成立社会团体的，向登记管理机关申请登记。",
        conditions="有50个以上的个人会员或者30个以上的单位会员。",
        service_objects=["4"],
        statutory_days=60,
        promised_days=15,
        visits=1,
        visit_reason="领取证书时核验原件",
        has_fee=False,
        enquiry_phone="028-12345",
        complaint_phone="12388",
        address="草市街2号",
        hours="工作日9:00–17:00",
        no_prerequisites=True,
    )
    Material.objects.create(version=version, key="a", name="章程草案", legal_basis="第十一条")
    LawRef.objects.create(version=version, law="社会团体登记管理条例", article="第十二条")
    Faq.objects.create(version=version, question="多久？", answer="15个工作日。")
    for name in ("受理", "审核", "审批", "办结", "送达"):
        FlowStep.objects.create(version=version, name=name)
    return version


def test_a_draft_comes_into_force_and_ends_the_version_before(cast, draft, people):
    versions.send(ITEM_VERSION, draft.pk, by(people["clerk"], AT))
    versions.pass_on(ITEM_VERSION, draft.pk, by(people["head"], AT))
    versions.publish(ITEM_VERSION, draft.pk, date(2024, 4, 1), by(people["legal"], AT))
    assert version_in_force("MZ-XK-0001", date(2024, 3, 31)).number == 1
    assert version_in_force("MZ-XK-0001", date(2024, 4, 1)).number == 2
    steps = ItemVersionEvent.objects.order_by("pk").values_list("version__number", "act")
    assert list(steps) == [
        (1, "publish"),  # as it was brought in
        (2, "send"),
        (2, "pass"),
        (1, "replace"),
        (2, "publish"),
    ]
    assert Entry.objects.filter(kind="item-version").count() == 5


def test_a_hollow_guide_is_stopped_at_the_gate_with_every_fault(draft, people):
    draft.conditions, draft.complaint_phone = "符合条件", ""
    draft.save()
    versions.send(ITEM_VERSION, draft.pk, by(people["clerk"], AT))
    versions.pass_on(ITEM_VERSION, draft.pk, by(people["head"], AT))
    with pytest.raises(Refused, match="2处") as refused:
        versions.publish(ITEM_VERSION, draft.pk, date(2024, 4, 1), by(people["legal"], AT))
    assert {fault.field for fault in refused.value.faults} == {"conditions", "complaint_phone"}
    draft.refresh_from_db()
    assert (draft.state, draft.step) == ("review", "legal")


def test_only_the_right_desk_takes_each_step(cast, draft, people):
    others = [people["head"], people["legal"], cast.li_chuang, cast.zhou_wai, None]
    for who in others:
        with pytest.raises(Refused):
            versions.send(ITEM_VERSION, draft.pk, by(who, AT))
    versions.send(ITEM_VERSION, draft.pk, by(people["clerk"], AT))
    for who in (people["clerk"], people["legal"], cast.sun_pi, None):
        with pytest.raises(Refused):
            versions.pass_on(ITEM_VERSION, draft.pk, by(who, AT))
    versions.pass_on(ITEM_VERSION, draft.pk, by(people["head"], AT))
    for who in (people["clerk"], people["head"], cast.zhou_wai, None):
        with pytest.raises(Refused):
            versions.publish(ITEM_VERSION, draft.pk, date(2024, 4, 1), by(who, AT))


def test_who_drafted_may_not_publish_the_same_version(draft, people, cast):
    appoint(people["clerk"], cast.organ, Desk.LEGAL, date(2003, 1, 1))
    versions.send(ITEM_VERSION, draft.pk, by(people["clerk"], AT))
    versions.pass_on(ITEM_VERSION, draft.pk, by(people["head"], AT))
    with pytest.raises(Refused, match="另一位"):
        versions.publish(ITEM_VERSION, draft.pk, date(2024, 4, 1), by(people["clerk"], AT))


def test_it_is_returned_with_a_reason_and_not_back_dated(draft, people):
    versions.send(ITEM_VERSION, draft.pk, by(people["clerk"], AT))
    with pytest.raises(Refused, match="理由"):
        versions.send_back(ITEM_VERSION, draft.pk, " ", by(people["head"], AT))
    versions.send_back(ITEM_VERSION, draft.pk, "请补充材料的依据。", by(people["head"], AT))
    versions.send(ITEM_VERSION, draft.pk, by(people["clerk"], AT))
    versions.pass_on(ITEM_VERSION, draft.pk, by(people["head"], AT))
    with pytest.raises(Refused, match="不能早于"):
        versions.publish(ITEM_VERSION, draft.pk, date(2024, 3, 1), by(people["legal"], AT))
