"""A10: the list is versioned, an item is claimed, inherited, tightened, suspended, cancelled."""

from datetime import date, datetime, timedelta

import pytest

from openhall.cases import actions as cases
from openhall.cases.terms import Channel
from openhall.catalogue import actions
from openhall.catalogue.actions import Line
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.checking import check, needed_before
from openhall.catalogue.history import changes_of, history_of, steps_of_list
from openhall.catalogue.models import CatalogueEntry, Form, Item, ItemVersion, ListVersion
from openhall.catalogue.queries import version_in_force, version_to_show
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.versions import actions as versions
from tests.factories.cases import WANG
from tests.factories.catalogue import by
from tests.factories.organs import standing
from tests.rooms.catalogue.conftest import AT, ROWS, WORDS

DAY, LATER = date(2024, 3, 4), date(2024, 4, 1)
NEW = Line("慈善信托备案", "10", "《慈善法》第四十五条")


def _published(version, desks, first_day=LATER):
    versions.send(ITEM_VERSION, version.pk, by(desks.clerk, AT))
    versions.pass_on(ITEM_VERSION, version.pk, by(desks.head, AT))
    versions.publish(ITEM_VERSION, version.pk, first_day, by(desks.legal, AT))


def test_each_act_on_the_list_is_a_new_version_of_it(desks):
    entry = actions.add_entry(NEW, "依法列入", DAY, by(desks.legal, AT))
    assert entry.code == "QT-0001"
    actions.change_entry(entry.pk, {"name": "慈善信托设立备案"}, "更名", DAY, by(desks.legal, AT))
    actions.suspend_entry(entry.pk, "系统升级", DAY, LATER, by(desks.legal, AT))
    actions.resume_entry(entry.pk, "升级完成", DAY, by(desks.legal, AT))
    entry.refresh_from_db()
    assert (entry.name, entry.state) == ("慈善信托设立备案", "1")
    versions = ListVersion.objects.order_by("number")
    assert [(one.number, one.act) for one in versions] == [
        (2, "add"),
        (3, "change"),
        (4, "suspend"),
        (5, "resume"),
    ]
    assert set(steps_of_list(versions)) == {2, 3, 4, 5}


def test_a_change_of_words_waits_for_its_day(desks):
    entry = actions.add_entry(NEW, "依法列入", DAY, by(desks.legal, AT))
    actions.change_entry(entry.pk, {"name": "新名称"}, "更名", LATER, by(desks.legal, AT))
    actions.take_effect(LATER - timedelta(days=1))
    entry.refresh_from_db()
    assert entry.name == "慈善信托备案"
    assert actions.take_effect(LATER) == 1
    entry.refresh_from_db()
    assert entry.name == "新名称"


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("reason", {"reason": " "}),
        ("first_day", {"first_day": date(2024, 3, 3)}),
        ("name", {"line": Line("社会团体成立登记", "1", "第九条")}),
        ("legal_basis", {"line": Line("内部规定的许可", "1", "")}),
    ],
)
def test_a_refusal_names_the_field_it_stands_beside(field, change, cast, desks):
    given = {"line": NEW, "reason": "依法列入", "first_day": DAY} | change
    with pytest.raises(Refused) as refused:
        actions.add_entry(given["line"], given["reason"], given["first_day"], by(desks.legal, AT))
    assert refused.value.field == field


def test_a_split_ends_the_line_and_its_items_and_says_what_came_of_it(cast, desks):
    lines = [Line("社会团体成立批准", "1", "第九条"), Line("社会团体法人登记", "1", "第十条")]
    actions.split_entry(cast.item.entry_id, lines, "分列", LATER, by(desks.legal, AT))
    assert version_in_force("MZ-XK-0001", LATER - timedelta(days=1)) is not None
    assert version_in_force("MZ-XK-0001", LATER) is None
    shown = version_to_show("MZ-XK-0001", LATER)
    assert shown.version.number == 1
    assert shown.stands.became == ("社会团体成立批准", "社会团体法人登记")


def test_a_merge_makes_one_of_several(cast, desks):
    other = CatalogueEntry.objects.create(code="XK-2", name="筹备", kind="1", listed_from=DAY)
    made = actions.merge_entries(
        [cast.item.entry_id, other.pk], NEW, "合并办理", LATER, by(desks.legal, AT)
    )
    assert set(made.came_from.values_list("code", flat=True)) == {"XK-1", "XK-2"}
    assert "并入“慈善信托备案”" in version_to_show("MZ-XK-0001", LATER).stands.said_in("zh")


def test_base_elements_come_from_the_list_whatever_is_typed(cast, desks, written):
    actions.save_version(written.pk, {"name": "自己改的名称"}, None, by(desks.clerk, AT))
    written.refresh_from_db()
    assert written.name == "社会团体成立登记"


ASKED = [{"key": "subject", "kind": "text", "label": "申请事由"}]


def test_a_new_version_begins_as_the_old_with_its_form_and_the_keys_of_its_materials(
    cast, desks, written
):
    Form.objects.create(version=written, title="申请表", fields=ASKED)
    _published(written, desks)
    third = actions.new_version(cast.item.pk, by(desks.clerk, AT))
    assert third.number == 3
    assert [one.key for one in third.materials.all()] == ["a"]
    assert third.form.fields == ASKED
    assert Form.objects.count() == 2
    assert changes_of(third)[1] == []


def test_what_was_typed_is_kept_and_the_gate_says_what_is_missing(desks, written):
    actions.save_version(
        written.pk, {"conditions": "符合条件"}, {"laws": [], "materials": []}, by(desks.clerk, AT)
    )
    written.refresh_from_db()
    assert written.conditions == "符合条件"
    found = check(written, DAY)
    assert {fault.field for fault in found.faults} == {"conditions", "laws", "materials"}
    assert found.points == 100 - 10 - 10 - 14


def test_the_refusal_of_a_row_names_its_row(desks, written):
    with pytest.raises(Refused) as refused:
        actions.save_version(
            written.pk, {}, {"prerequisites": [{"item": "NO-SUCH"}]}, by(desks.clerk, AT)
        )
    assert refused.value.field == "prerequisites-0-item"
    with pytest.raises(Refused) as refused:
        actions.save_version(written.pk, {"promised_days": 61}, None, by(desks.clerk, AT))
    assert refused.value.field == "promised_days"


def test_two_clerks_do_not_overwrite_each_other(desks, written):
    seen = written.revision
    actions.save_version(written.pk, {}, None, by(desks.clerk, AT, seen=seen))
    with pytest.raises(Refused, match="刚刚修改"):
        actions.save_version(written.pk, {}, None, by(desks.clerk, AT, seen=seen))


def test_a_publication_is_not_put_before_one_already_set(cast, desks, written):
    _published(written, desks)
    third = actions.new_version(cast.item.pk, by(desks.clerk, AT))
    versions.send(ITEM_VERSION, third.pk, by(desks.clerk, AT))
    versions.pass_on(ITEM_VERSION, third.pk, by(desks.head, AT))
    with pytest.raises(Refused, match="第2版已定于") as refused:
        versions.publish(ITEM_VERSION, third.pk, LATER - timedelta(days=5), by(desks.legal, AT))
    assert refused.value.field == "first_day"


def test_prerequisites_that_need_each_other_are_refused_with_the_way_round(cast, desks, written):
    entry = actions.add_entry(NEW, "依法列入", DAY, by(desks.legal, AT))
    other = actions.claim(entry.pk, cast.organ, by(desks.clerk, AT))
    needs_first = {"prerequisites": [{"item": cast.item.code}]}
    actions.save_version(
        other.pk, WORDS | {"no_prerequisites": False}, ROWS | needs_first, by(desks.clerk, AT)
    )
    _published(other, desks, DAY)
    assert [one.code for one in needed_before(other.item.code, DAY)] == ["MZ-XK-0001"]
    with pytest.raises(Refused, match="“社会团体成立登记” → “慈善信托备案” → “社会团体"):
        actions.save_version(
            written.pk, {}, {"prerequisites": [{"item": other.item.code}]}, by(desks.clerk, AT)
        )


@pytest.fixture
def district(cast, desks, written):
    """The city's version 2 in force and a district bureau with its clerk and head."""
    _published(written, desks, DAY)
    standing(cast.organ.code, kind="department")
    bureau = found_organ(
        code="cd-510104-spj",
        kind="bureau",
        name="锦江区行政审批局",
        name_en="Jinjiang",
        short_name="锦审",
        division_code="510104",
    )
    people = {}
    for name, desk in (("near_clerk", Desk.CATALOGUE_CLERK), ("near_head", Desk.HEAD)):
        people[name] = Account.objects.create_user(username=name)
        appoint(people[name], bureau, desk, date(2003, 1, 1))
    version = actions.claim(cast.item.entry_id, bureau, by(people["near_clerk"], AT))
    return version, people["near_clerk"], people["near_head"]


def test_a_district_inherits_the_citys_guide_and_may_only_tighten_it(cast, desks, district):
    version, clerk, head = district
    assert (version.item.inherits_id, version.promised_days) == (cast.item.pk, 15)
    assert version.materials.count() == 1
    actions.save_version(
        version.pk,
        {"promised_days": 20, "conditions": "另加一条：在本区满一年。"},
        None,
        by(clerk, AT),
    )
    version.refresh_from_db()
    assert version.conditions == WORDS["conditions"]
    assert [fault.field for fault in check(version, DAY).faults] == ["promised_days"]
    versions.send(ITEM_VERSION, version.pk, by(clerk, AT))
    versions.pass_on(ITEM_VERSION, version.pk, by(head, AT))
    with pytest.raises(Refused) as refused:
        versions.publish(ITEM_VERSION, version.pk, DAY, by(desks.legal, AT))
    assert [fault.field for fault in refused.value.faults] == ["promised_days"]
    versions.send_back(ITEM_VERSION, version.pk, "不得长于市级。", by(desks.legal, AT))
    actions.save_version(version.pk, {"promised_days": 5}, None, by(clerk, AT))
    versions.send(ITEM_VERSION, version.pk, by(clerk, AT))
    versions.pass_on(ITEM_VERSION, version.pk, by(head, AT))
    versions.publish(ITEM_VERSION, version.pk, DAY, by(desks.legal, AT))
    assert version_in_force(version.item.code, DAY).promised_days == 5


def test_a_new_city_version_asks_its_districts_to_check(cast, desks, district):
    version, clerk, head = district
    versions.send(ITEM_VERSION, version.pk, by(clerk, AT))
    versions.pass_on(ITEM_VERSION, version.pk, by(head, AT))
    versions.publish(ITEM_VERSION, version.pk, DAY, by(desks.legal, AT))
    third = actions.new_version(cast.item.pk, by(desks.clerk, AT))
    actions.save_version(third.pk, {"promised_days": 10}, None, by(desks.clerk, AT))
    _published(third, desks)
    item = Item.objects.get(pk=version.item_id)
    assert item.to_review == third
    with pytest.raises(Refused, match="1处宽于市级") as refused:
        actions.confirm_variant(item.pk, by(clerk, AT))
    assert [fault.field for fault in refused.value.faults] == ["promised_days"]


def test_golden_case_6_cancelled_yesterday_refuses_and_accepted_last_week_goes_on(
    cast, desks, doing, written
):
    early = cases.submit(
        "MZ-XK-0001",
        WANG,
        {},
        Channel.WINDOW,
        doing(cast.li_chuang, "2024-02-26 09:00", desk="window"),
    )
    cases.accept(early.pk, doing(cast.li_chuang, "2024-02-26 10:00", desk="window"))
    yesterday = datetime.fromisoformat("2024-03-03T09:00:00+08:00")
    actions.cancel_item(cast.item.pk, "依法取消", date(2024, 3, 3), by(desks.legal, yesterday))
    with pytest.raises(Refused, match="不能受理"):
        cases.submit(
            "MZ-XK-0001",
            WANG,
            {},
            Channel.WINDOW,
            doing(cast.li_chuang, "2024-03-04 09:00", desk="window"),
        )
    cases.hand_over(
        early.pk,
        cast.zhao_cheng,
        ["章程"],
        doing(cast.li_chuang, "2024-03-04 10:00", desk="window"),
    )
    early.refresh_from_db()
    assert (early.stage, early.item_version.number) == ("handling", 1)
    shown = version_to_show("MZ-XK-0001", DAY)
    assert shown.stands.said_in("zh").startswith("本事项自2024年3月3日起取消，不再受理")


def test_the_history_tells_each_version_with_its_signed_steps_and_what_it_changed(
    cast, desks, written
):
    _published(written, desks)
    newest, first = history_of(cast.item)
    assert [step.act for step in newest.steps] == ["send", "pass", "publish"]
    assert first.changes is None
    assert "承诺办结时限" in [change.where("zh") for change in newest.changes]
    assert ItemVersion.objects.get(pk=first.version.pk).effective_until == date(2024, 3, 31)
