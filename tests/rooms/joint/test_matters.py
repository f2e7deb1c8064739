"""Joint matters from draft to end: the gate, who may, one list. 行政许可法 26, 42."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from openhall.applying.parts import combined_materials
from openhall.applying.rules.combining import split_answers
from openhall.catalogue import actions
from openhall.deeds.refusals import Moved, Refused
from openhall.forms.rules import answers_of
from openhall.joint.actions.matters import (
    Part,
    draft_matter,
    edit_matter,
    end_matter,
    next_matter_draft,
)
from openhall.joint.checking import matter_faults
from openhall.joint.kinds import MATTER
from openhall.joint.matters import (
    NotOffered,
    codes_of,
    combined_fees,
    form_of_parts,
    matter_in_force,
    matters_in_force,
    matters_of_topic,
    matters_with_item,
    parts_in_force,
    parts_on,
)
from openhall.joint.models import JointMatter, JointMatterEvent, JointMatterVersion, JointPart
from openhall.joint.terms import JointKind
from openhall.ledger.models import Entry
from openhall.organs.terms import Desk
from openhall.versions import actions as versions
from tests.factories.catalogue import by
from tests.factories.joint import (
    AT,
    CODE,
    DAY,
    WORDS,
    doing,
    drafted,
    furnished,
    parts,
    published,
)
from tests.factories.questions import official

LATER = DAY + timedelta(days=30)


@pytest.fixture
def there(db):
    return furnished()


def refused(act, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as found:
        act(*args, **kwargs)
    return found.value


def saved(version, there, told, *, seen=0, words=None, **more):
    by = doing(there.clerk, seen=seen)
    return edit_matter(version.pk, WORDS | (words or {}), told, by, **more)


def publish(version, who, first_day=DAY, note=""):
    return versions.publish(MATTER, version.pk, first_day, doing(who), note)


def test_a_matter_goes_from_draft_into_force_and_stands_in_the_ledger(there):
    version = published(there)
    assert (version.state, version.effective_from, version.number) == ("published", DAY, 1)
    assert matter_in_force(CODE, DAY) == version
    assert matter_in_force(CODE, DAY - timedelta(days=1)) is None
    events = JointMatterEvent.objects.order_by("pk")
    assert [one.act for one in events] == ["begin", "publish"]
    assert Entry.objects.filter(kind="joint-matter").count() == 2
    assert events[1].facts["digest"] == version.digest == MATTER.digest_of(version)
    assert matters_of_topic("bl-opening", DAY) == [version]
    assert matters_with_item(there.board.item_id, DAY) == [version]
    assert matters_with_item(there.board.item_id, DAY - timedelta(days=1)) == []


def test_a_repeated_click_publishes_once(there):
    version = drafted(there)
    once = doing(there.office, "one-click")
    first = versions.publish(MATTER, version.pk, DAY, once)
    assert versions.publish(MATTER, version.pk, DAY, once) == first
    assert JointMatterEvent.objects.count() == 2
    assert drafted(there, by=doing(there.clerk, first_key(version)), code="other") == version


def first_key(version):
    return version.events.get(seq=1).key


@pytest.mark.parametrize("who", ["office", "colleague"])
def test_who_wrote_on_a_matter_never_publishes_it(there, who):
    version = drafted(there, writer=there.office)
    if who == "office":
        assert "参与起草" in str(refused(publish, version, there.office))
        saved(version, there, parts())  # nor once somebody else wrote last
        assert "参与起草" in str(refused(publish, version, there.office))
    publish(version, there.colleague)
    assert matter_in_force(CODE, DAY) == version


def test_two_versions_never_begin_on_one_day(there):
    first = published(there)
    second = next_matter_draft(first.matter_id, doing(there.clerk))
    assert refused(publish, second, there.office, DAY).field == "first_day"
    assert "施行" in str(refused(publish, second, there.office, DAY))


def test_a_draft_is_sent_to_the_government_office_and_comes_back_with_a_reason(there):
    version = drafted(there)
    versions.send(MATTER, version.pk, doing(there.clerk))
    assert "审核中" in str(refused(saved, version, there, parts()))
    assert (
        refused(versions.send_back, MATTER, version.pk, " ", doing(there.office)).field == "reason"
    )
    with pytest.raises(Refused, match="市政府办公厅公布"):
        versions.send_back(MATTER, version.pk, "说明太短", doing(there.clerk))
    versions.send_back(MATTER, version.pk, "说明太短", doing(there.office))
    version.refresh_from_db()
    assert (version.state, version.remark) == ("draft", "说明太短")
    saved(version, there, parts())
    versions.send(MATTER, version.pk, doing(there.clerk))
    publish(version, there.office)
    assert matter_in_force(CODE, DAY) == version


def test_a_published_version_never_changes_and_the_next_supersedes_it(there):
    first = published(there)
    assert "“已公布”，不能进行这一步" in str(refused(saved, first, there, parts()))
    second = next_matter_draft(first.matter_id, doing(there.clerk))
    assert next_matter_draft(first.matter_id, doing(there.clerk)) == second
    assert [one.item.code for one in second.parts.all()] == ["SP-1", "WS-1", "GG-1"]
    saved(second, there, parts()[:2], words={"title": "开餐馆“一件事”"})
    publish(second, there.office, LATER, "不再包括招牌")
    first.refresh_from_db()
    assert (first.state, first.effective_until) == ("superseded", LATER - timedelta(days=1))
    assert matter_in_force(CODE, LATER - timedelta(days=1)).number == 1
    assert matter_in_force(CODE, LATER).title == "开餐馆“一件事”"
    assert [one.number for one in matters_in_force(LATER)] == [2]


def test_who_saved_last_is_not_overwritten_unseen(there):
    version = drafted(there)
    saved(version, there, parts())
    with pytest.raises(Moved, match="另一位编辑"):
        saved(version, there, parts(), seen=0)


def test_kind_topic_and_lead_are_settled_by_publication(there):
    version = drafted(there)
    saved(version, there, parts(), kind="project", topic="", lead=there.market)
    matter = JointMatter.objects.get()
    assert (matter.kind, matter.topic) == ("project", "")
    publish(version, there.office)
    second = next_matter_draft(matter.pk, doing(there.office))
    with pytest.raises(Refused, match="公布后") as found:
        edit_matter(second.pk, WORDS, parts(), doing(there.office, seen=0), lead=there.health)
    assert found.value.field == "lead"


def test_a_clerk_cannot_hand_a_matter_to_a_unit_he_does_not_write_for(there):
    version = drafted(there)
    assert refused(saved, version, there, parts(), lead=there.health).field == "lead"
    version.matter.refresh_from_db()
    assert version.matter.lead == there.market


def test_a_matter_is_ended_with_a_reason_and_a_last_day(there):
    version = published(there)
    for last_day, reason, field in (
        (LATER, " ", "reason"),
        (DAY - timedelta(days=1), "机构合并", "last_day"),
    ):
        said = refused(end_matter, version.matter_id, last_day, reason, doing(there.office))
        assert said.field == field
    once = doing(there.office)
    first = end_matter(version.matter_id, LATER, "机构合并", once)
    assert end_matter(version.matter_id, LATER, "机构合并", once) == first
    assert matter_in_force(CODE, LATER) is not None
    assert matter_in_force(CODE, LATER + timedelta(days=1)) is None
    assert "不用终止" in str(
        refused(end_matter, version.matter_id, LATER, "机构合并", doing(there.office))
    )
    again = next_matter_draft(version.matter_id, doing(there.clerk))
    assert refused(publish, again, there.office, LATER).field == "first_day"
    publish(again, there.office, LATER + timedelta(days=1))
    assert JointMatterEvent.objects.get(act="end").facts["reason"] == "机构合并"


def test_a_dropped_draft_says_why_and_leaves_what_is_in_force(there):
    first = published(there)
    draft = next_matter_draft(first.matter_id, doing(there.clerk))
    assert refused(versions.drop, MATTER, draft.pk, "", doing(there.clerk)).field == "reason"
    versions.drop(MATTER, draft.pk, "暂不调整", doing(there.clerk))
    draft.refresh_from_db()
    assert draft.state == "dropped"
    assert matter_in_force(CODE, DAY) == first


# ---------------------------------------------------------------- the gate
def fault_fields(version, day=DAY):
    return {(one.field, one.item) for one in matter_faults(version, day) if not one.warns}


def test_the_gate_names_each_fault_beside_its_field_and_publishes_nothing(there):
    words = {"title_en": "", "summary": "见附件", "summary_en": "", "limit_days": 8}
    told = [replace(parts()[0], limit_days=9), Part("GG-1", 5, "if_chosen")]
    version = drafted(there, lead=there.health, writer=there.office, words=words, parts=told)
    found = refused(publish, version, there.colleague)
    assert {(one.field, one.item) for one in found.faults} == {
        ("title_en", ""),
        ("summary", ""),
        ("summary_en", ""),
        ("lead", ""),
        ("limit_days", "SP-1"),
        ("question", "GG-1"),
        ("question_en", "GG-1"),
    }
    version.refresh_from_db()
    assert version.state == "draft"
    assert Entry.objects.filter(kind="joint-matter").count() == 1


def test_one_unit_alone_is_not_joint_and_a_centre_may_lead(there):
    version = drafted(there, parts=parts()[:1])
    assert fault_fields(version) == {("parts", "")}
    saved(version, there, parts()[2:])
    assert ("lead", "") in fault_fields(JointMatterVersion.objects.get())
    led = drafted(there, writer=there.office, code="by-the-centre", lead=there.centre)
    assert fault_fields(led) == set()


def test_somebody_must_need_something(there):
    told = [
        replace(one, need="if_chosen", question="要吗？", question_en="Yes?") for one in parts()
    ]
    assert fault_fields(drafted(there, parts=told)) == {("parts", "")}


def test_an_item_that_is_not_offered_that_day_stops_publication(there):
    from openhall.catalogue.models import Item

    version = drafted(there)
    Item.objects.filter(code="WS-1").update(state="2", state_since=DAY)
    assert fault_fields(version) == {("item", "WS-1")}
    assert fault_fields(version, DAY - timedelta(days=1)) == set()


def test_a_slower_part_than_the_unit_promises_alone_only_warns(there):
    (warning,) = [one for one in matter_faults(drafted(there), DAY) if one.warns]
    assert (warning.field, warning.item) == ("limit_days", "WS-1")


@pytest.mark.parametrize("days", [0, 46])
def test_more_than_forty_five_working_days_are_refused_by_act_and_database(there, days):
    assert refused(drafted, there, words={"limit_days": days}).field == "limit_days"
    told = [replace(parts()[0], limit_days=days)]
    assert refused(drafted, there, parts=told).field == "parts-0-limit_days"
    version = drafted(there)
    for rows in (JointMatterVersion.objects.filter(pk=version.pk), JointPart.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(limit_days=days)


def test_what_cannot_be_kept_is_refused_beside_its_field(there):
    drafted(there)
    for field, more in (
        ("code", {}),
        ("code", {"code": "开店"}),
        ("topic", {"code": "b", "topic": "nowhere"}),
        ("title", {"code": "c", "words": {"title": " "}}),
        ("summary", {"code": "d", "words": {"summary": "字" * 301}}),
        ("parts-1-item", {"code": "e", "parts": [parts()[0], parts()[0]]}),
        ("parts-0-item", {"code": "f", "parts": [Part("NONE", 3)]}),
        ("parts-0-question", {"code": "g", "parts": [replace(parts()[2], question="问" * 201)]}),
    ):
        assert refused(drafted, there, **more).field == field
    assert JointMatter.objects.count() == 1


def test_what_was_signed_is_never_changed_or_removed(there):
    published(there)
    for deed in (
        lambda: JointMatterEvent.objects.update(desk="改过"),
        lambda: JointMatterEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()


# ---------------------------------------------------------------- who may
ACTS = {
    "draft": {"office", "informatization", "clerk"},
    "edit": {"office", "informatization", "clerk"},
    "next": {"office", "informatization", "clerk"},
    "send": {"office", "informatization", "clerk"},
    "send_back": {"office"},
    "drop": {"office", "informatization", "clerk"},
    "publish": {"office"},
    "end": {"office"},
}


@pytest.fixture
def people(there, cast):
    return {
        "office": there.office,
        "informatization": there.informatization,
        "clerk": there.clerk,
        "other_clerk": there.other_clerk,
        "head": official("ju_zhang", there.market, Desk.HEAD),
        "legal": official("fa_zhi", there.centre, Desk.LEGAL),
        "editor": official("bian_ji", there.market, Desk.EDITOR),
        "window": cast.li_chuang,
        "citizen": cast.wang_fang,
        "nobody": None,
    }


def does(act, version, there, who):
    by = doing(who)
    {
        "draft": lambda: draft_matter(
            "another", JointKind.PROJECT, there.market, WORDS, by, parts=parts()
        ),
        "edit": lambda: edit_matter(version.pk, WORDS, parts(), by),
        "next": lambda: next_matter_draft(version.matter_id, by),
        "send": lambda: versions.send(MATTER, version.pk, by),
        "send_back": lambda: versions.send_back(MATTER, version.pk, "再改", by),
        "drop": lambda: versions.drop(MATTER, version.pk, "不办了", by),
        "publish": lambda: publish(version, who),
        "end": lambda: end_matter(version.matter_id, LATER, "不办了", by),
    }[act]()


@pytest.mark.parametrize("act", ACTS)
def test_only_named_desks_write_and_only_the_government_office_publishes(act, there, people):
    version = published(there) if act in ("next", "end") else drafted(there)
    if act == "send_back":
        versions.send(MATTER, version.pk, doing(there.clerk))
    before = (Entry.objects.count(), JointMatterEvent.objects.count(), JointPart.objects.count())
    for name, who in people.items():
        if name in ACTS[act]:
            continue
        with pytest.raises(Refused):
            does(act, version, there, who)
    assert before == (
        Entry.objects.count(),
        JointMatterEvent.objects.count(),
        JointPart.objects.count(),
    )
    for name in sorted(ACTS[act]):
        with transaction.atomic():
            does(act, version, there, people[name])
            transaction.set_rollback(True)


# ---------------------------------------------------------------- one list, one form
def test_an_application_has_what_is_always_needed_and_what_was_chosen(there):
    version = published(there)
    assert [one.code for one in parts_in_force(version, DAY, set())] == ["SP-1", "WS-1"]
    assert [one.code for one in parts_in_force(version, DAY, {"GG-1"})] == ["SP-1", "WS-1", "GG-1"]
    assert codes_of(version) == {"SP-1", "WS-1", "GG-1"}


def test_an_item_not_offered_is_named_and_only_matters_to_who_needs_it(there, desks_legal):
    version = published(there)
    actions.suspend_item(there.board.item_id, "整顿", DAY, LATER, by(desks_legal, AT))
    assert [one.code for one in parts_in_force(version, DAY, set())] == ["SP-1", "WS-1"]
    with pytest.raises(NotOffered, match="“户外招牌设置审批”在2026年11月20日不能申请") as found:
        parts_in_force(version, DAY, {"GG-1"})
    assert [part.item.code for part in found.value.gone] == ["GG-1"]
    offered, gone = parts_on(version, DAY)
    assert (len(offered), len(gone)) == (2, 1)
    after = LATER + timedelta(days=1)
    assert len(parts_in_force(version, after, {"GG-1"})) == 3


@pytest.fixture
def desks_legal(there):
    return official("fa_zhi_ban", there.centre, Desk.LEGAL)


def test_the_parts_come_to_one_list_one_form_and_the_fees_told_once(there):
    version = published(there)
    chosen = parts_in_force(version, DAY, codes_of(version))
    rows = combined_materials(chosen)
    assert [(row.material.name, row.paper.items) for row in rows] == [
        ("经营者身份证件", ("SP-1", "WS-1", "GG-1")),
        ("食品经营许可的图纸", ("SP-1",)),
        ("公共场所卫生许可的图纸", ("WS-1",)),
        ("户外招牌设置审批的图纸", ("GG-1",)),
    ]
    form = form_of_parts(chosen)
    assert form.form.title == WORDS["title"]
    asked = [one for one in form.form if not one.is_marker]
    assert asked[0].label == "店名"
    assert len(asked) == 4
    assert [one.label for one in form.form if one.is_marker] == [
        "几个部门共同需要的",
        "食品经营许可",
        "公共场所卫生许可",
        "户外招牌设置审批",
    ]
    checked = answers_of(form.form, {"name": "面馆", form.keys["WS-1"]["size"]: "80"}, DAY)
    assert split_answers(form, checked.answers) == {
        "SP-1": {"name": "面馆"},
        "WS-1": {"name": "面馆", "size": "80"},
        "GG-1": {"name": "面馆"},
    }
    assert [(part.code, fee.amount) for part, fee in combined_fees(chosen, DAY)] == [("GG-1", 5000)]


def test_the_parts_cost_the_same_queries_however_many(there, django_assert_num_queries):
    version = published(there)
    with django_assert_num_queries(3):
        combined_materials(parts_in_force(version, DAY, {"GG-1"}))
    with django_assert_num_queries(1):
        assert [one.matter.lead.code for one in matters_in_force(DAY)] == ["cd-market"]


def test_the_words_of_a_day_long_past_are_those_of_that_day(there):
    published(there)
    assert matter_in_force(CODE, date(2003, 6, 1)) is None
