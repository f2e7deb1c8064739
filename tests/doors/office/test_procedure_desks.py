"""Desks of the longer procedure: batches, notes, consultations, extensions, stand-ins, permits."""

from datetime import date

import pytest
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.models import Case, CaseNote, Consultation, Extension, StandIn
from openhall.cases.terms import Channel, Stage
from openhall.catalogue.models import Form
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from tests.factories.cases import WANG_FANGFANG as WANG
from tests.factories.cases import Walk
from tests.factories.pages import asked_by


@pytest.fixture
def handled(cast, doing) -> Case:
    Form.objects.create(
        version=cast.version,
        title="申请书",
        fields=[
            {"key": "name", "kind": "text", "label": "社团名称"},
            {"key": "phone", "kind": "text", "label": "联系人电话"},
        ],
    )
    answers = {"name": "锦江读书会", "phone": "13900000000"}
    walk = Walk(cast, doing, WANG, day="2026-11-23")
    accepted = walk.accepted(walk.submitted(answers), "2026-11-23 10:00")
    return walk.handed_over(accepted, "2026-11-23 10:05")


def at(name, cast, desk, *more, organ=None):
    return reverse(f"office:{name}", args=[organ or cast.organ.code, desk, *more])


def test_ticked_cases_are_done_one_by_one_and_an_empty_choice_does_nothing(client, cast, doing):
    cases = [
        actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(None, f"2026-11-23 09:0{n}"))
        for n in range(3)
    ]
    actions.accept(cases[2].pk, doing(cast.li_chuang, "2026-11-23 10:00"))
    client.force_login(cast.li_chuang)
    address = at("batch", cast, "window")
    empty = client.post(address, {"queue": "answer", "key": "b"}, follow=True)
    assert "没有勾选办件" in empty.text
    ticked = [one.number for one in cases]
    page = client.post(address, {"queue": "answer", "case": ticked, "key": "b"}).text
    assert page.count("已完成") == 2
    assert "未办理" in page
    assert Case.objects.filter(stage=Stage.ACCEPTED.value).count() == 3


def test_a_note_is_read_by_colleagues_and_never_by_the_applicant(client, cast, handled):
    client.force_login(cast.zhao_cheng)
    client.post(
        at("act", cast, "handler", handled.number, "note"), {"note-words": "与申请人核对过场地。"}
    )
    assert CaseNote.objects.count() == 1
    client.force_login(cast.sun_pi)
    assert "核对过场地" in client.get(at("matter", cast, "decider", handled.number)).text
    client.force_login(cast.wang_fang)
    page = client.get(reverse("portal:case", args=[handled.number])).text
    assert "核对过场地" not in page
    assert "期限是怎样计算的" in page


def test_the_unit_asked_reads_what_was_shared_and_nothing_else(client, cast, handled):
    water = Organ.objects.get(code="cd-water")
    adviser = Account.objects.create_user(username="adviser")
    appoint(adviser, water, Desk.HANDLER, date(2003, 1, 1))
    client.force_login(cast.zhao_cheng)
    typed = {
        "consult-organ": str(water.pk),
        "consult-question": "该社团活动场地是否在河道管理范围内？",
        "consult-due_on": "2099-12-31",
        "consult-share": ["answer:name"],
        "seen": handled.seq,
    }
    done = client.post(at("act", cast, "handler", handled.number, "consult"), typed)
    assert done.status_code == 303
    asked = Consultation.objects.get()
    client.force_login(adviser)
    assert "河道" not in client.get(at("consultations", cast, "handler", organ="cd-water")).text
    address = at("opinion", cast, "handler", asked.pk, organ="cd-water")
    page = client.get(address).text
    assert "河道" in page
    assert "锦江读书会" in page
    for hidden in ("13900000000", "王芳芳", "11010519491231002X", handled.number):
        assert hidden not in page
    assert client.get(at("matter", cast, "handler", handled.number, organ="cd-water")).status_code
    wrong = client.post(address, {"opine-opinion": "disagree", "opine-reason": ""})
    assert (wrong.status_code, "不同意的须写明理由" in wrong.text) == (422, True)
    assert client.post(address, asked_by("opine", {"opinion": "agree"})).status_code == 303
    client.force_login(cast.li_chuang)
    assert client.get(address).status_code == 403


def test_the_head_finds_the_extension_and_approves_it_on_the_desk(client, cast, doing, handled):
    head = Account.objects.create_user(username="he_fu")
    appoint(head, cast.organ, Desk.HEAD, date(2003, 1, 1))
    why = "需要核实会员人数，原定期限内不能完成。"
    actions.ask_extension(handled.pk, 5, why, doing(cast.zhao_cheng, "2026-11-23 11:00"))
    client.force_login(head)
    assert handled.number in client.get(at("queue", cast, "head")).text
    matter = at("matter", cast, "head", handled.number)
    assert why in client.get(matter).text
    seen = Case.objects.get(pk=handled.pk).seq
    typed = {"extend-days": "5", "extend-reason": why, "seen": seen}
    assert client.post(at("act", cast, "head", handled.number, "extend"), typed).url == matter
    assert Extension.objects.get().approved_by == head
    client.force_login(cast.wang_fang)
    assert "延长5" in client.get(reverse("portal:case", args=[handled.number])).text


@pytest.mark.parametrize(("who", "desk"), [("zhao_cheng", "handler"), ("li_chuang", "window")])
def test_only_a_leading_desk_names_stand_ins_and_limits_numbers(client, cast, who, desk):
    client.force_login(getattr(cast, who))
    for page in ("stand_ins", "quotas"):
        assert client.get(at(page, cast, desk)).status_code == 403


def test_a_decider_names_a_stand_in_and_opens_every_page_of_the_desk(client, cast, handled):
    second = Account.objects.create_user(username="qian_cheng", real_name="钱承")
    post = appoint(second, cast.organ, Desk.HANDLER, date(2003, 1, 1))
    away = cast.zhao_cheng.posts.get()
    client.force_login(cast.sun_pi)
    stand_ins = at("stand_ins", cast, "decider")
    typed = {
        "absent": str(away.pk),
        "present": str(post.pk),
        "since": "2026-11-25",
        "until": "2026-11-27",
        "reason": "年休假",
    }
    assert client.post(stand_ins, asked_by("stand_in", typed)).status_code == 303
    assert StandIn.objects.get().present == second
    for page in ("stand_ins", "quotas", "licences", "consultations", "board"):
        assert client.get(at(page, cast, "decider")).status_code == 200
