"""Every act on a card, a complaint and a finding, pressed on its page by the hand it belongs to."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.ledger.actions import seal
from openhall.supervision import actions
from openhall.supervision.models import Card, Complaint, Issue
from openhall.supervision.terms import CardAct, ComplaintAbout, IssueAct, Trigger
from tests.factories.pages import read
from tests.factories.traces import everything, logged, no_trace, once, refused, refused_to
from tests.rooms.supervision.conftest import *  # noqa: F403

WHY = "经办人员临时变动，交接不及时，已调整岗位。"
RULING = "交接不及时不是法定扣除时间，认定成立。"
THINGS = {"card": Card, "complaint": Complaint, "issue": Issue}
LABELS = {
    "说明情况": "情况说明和纠正措施",
    "提出异议": "异议理由",
    "裁定成立": "裁定的理由",
    "裁定撤销": "裁定的理由",
    "发督办文书": "督办要求",
    "不予受理": "理由（投诉人将看到）",
    "拟写答复": "调查情况和处理结果",
    "退回重办": "答复的不足",
    "认领": "整改措施",
    "提交整改结果": "整改结果和佐证",
    "核验通过": "核验情况",
    "退回": "仍存在的问题",
    "销号公开": "公开说明",
}
# Each act: the thing, how it stands before, the desk it belongs to, how it stands after.
ACTS = [
    ("card", "raised", "head", "说明情况", "explained"),
    ("card", "raised", "head", "提出异议", "objected"),
    ("card", "explained", "head", "提出异议", "objected"),
    ("card", "explained", "supervision", "裁定成立", "upheld"),
    ("card", "explained", "supervision", "裁定撤销", "withdrawn"),
    ("card", "objected", "supervision", "裁定成立", "upheld"),
    ("card", "objected", "supervision", "裁定撤销", "withdrawn"),
    ("card", "overdue", "supervision", "升级督办", "escalated"),
    ("card", "escalated", "head", "说明情况", "explained"),
    ("card", "escalated", "supervision", "裁定成立", "upheld"),
    ("card", "escalated", "supervision", "发督办文书", "escalated"),
    ("card", "upheld", "supervision", "发督办文书", "upheld"),
    ("card", "upheld", "supervision", "了结", "closed"),
    ("complaint", "received", "supervision", "受理投诉", "accepted"),
    ("complaint", "received", "supervision", "不予受理", "rejected"),
    ("complaint", "accepted", "head", "拟写答复", "drafted"),
    ("complaint", "drafted", "supervision", "审核发出", "answered"),
    ("complaint", "drafted", "supervision", "退回重办", "accepted"),
    ("complaint", "reopened", "head", "拟写答复", "drafted"),
    ("issue", "open", "head", "认领", "accepted"),
    ("issue", "accepted", "head", "开始整改", "in_progress"),
    ("issue", "in_progress", "head", "提交整改结果", "submitted"),
    ("issue", "submitted", "supervision", "核验通过", "verified"),
    ("issue", "submitted", "legal", "退回", "returned"),
    ("issue", "returned", "head", "提交整改结果", "submitted"),
    ("issue", "verified", "legal", "销号公开", "closed"),
]


@pytest.fixture
def stage(accepted, decided, cast, doing, he_jie, song_jian, zheng_fa, tang_dai):
    """``stage("card", "upheld")``: a card, complaint or finding brought there by its acts."""

    def card(state: str) -> Card:
        decided("2024-03-20")
        actions.observe()
        found = Card.objects.get(code="over-promise")
        if state in ("overdue", "escalated"):
            Card.objects.filter(pk=found.pk).update(answer_due=date(2026, 11, 19))
        if state in ("explained", "upheld"):
            actions.explain(found.pk, WHY, doing(he_jie, "2026-11-20 09:00"))
        if state == "objected":
            actions.object_to(found.pk, WHY, doing(he_jie, "2026-11-20 09:00"))
        if state == "escalated":
            actions.escalate(found.pk, doing(song_jian, "2026-11-20 09:00"))
        if state == "upheld":
            bureau = doing(song_jian, "2026-11-20 10:00")
            actions.rule_on(found.pk, CardAct.UPHOLD, RULING, bureau)
        return found

    def complaint(state: str) -> Complaint:
        said = actions.Grievance(
            ComplaintAbout.CASE,
            cast.organ,
            "交件十天没有人说得清办到哪一步。",
            case=accepted(),
            breach=Trigger.STEP_LATE,
        )
        found = actions.complain(said, doing(None, "2026-11-20 09:00"))
        steps = ["received", "accepted", "drafted", "answered", "reopened"]
        done = steps.index(state)
        if done >= 1:
            actions.accept_complaint(found.pk, doing(song_jian, "2026-11-20 09:10"))
        if done >= 2:
            actions.answer_complaint(found.pk, WHY, doing(he_jie, "2026-11-20 09:20"))
        if done >= 3:
            actions.pass_complaint(found.pk, False, doing(song_jian, "2026-11-20 09:30"))
        if done >= 4:
            again = doing(None, "2026-11-20 09:40")
            actions.reopen_complaint(found.pk, "至今仍未收到结果，请再办。", again, holds_code=True)
        return found

    def issue(state: str) -> Issue:
        card("upheld")
        found = Issue.objects.get()
        steps = ["open", "accepted", "in_progress", "submitted", "verified"]
        done = 3 if state == "returned" else steps.index(state)
        if done >= 1:
            actions.accept_issue(found.pk, "明确AB岗。", doing(he_jie, "2026-11-20 11:00"))
        if done >= 2:
            actions.start_issue(found.pk, doing(he_jie, "2026-11-20 11:10"))
        if done >= 3:
            actions.submit_issue(found.pk, "AB岗安排表已签发。", doing(he_jie, "2026-11-20 11:20"))
        if state in ("verified", "returned"):
            verdict = IssueAct.VERIFY if state == "verified" else IssueAct.RETURN
            checked = doing(song_jian, "2026-11-20 11:30")
            actions.check_issue(found.pk, verdict, "核对安排表属实。", checked)
        return found

    return lambda thing, state: {"card": card, "complaint": complaint, "issue": issue}[thing](state)


@pytest.fixture
def people(he_jie, song_jian, zheng_fa, tang_dai):
    return {"head": he_jie, "supervision": song_jian, "legal": zheng_fa, "inspector": tang_dai}


@pytest.fixture
def opened(client, people):
    """The page of a thing at a desk."""

    def page(kind, thing, desk):
        organ = people[desk].posts.get().organ
        address = reverse(f"office:oversight_{kind}", args=[organ.code, desk, thing.number])
        return read(client, address, people[desk])

    return page


def pressed(page, act, words=WHY):
    form = page.form(f"确认：{act}")
    if act in LABELS:
        form.fill({LABELS[act]: words})
    return form


@pytest.mark.parametrize(("kind", "before", "desk", "act", "after"), ACTS)
def test_the_right_hand_does_it_once_and_an_entry_stands_in_the_log(
    stage, opened, people, cast, kind, before, desk, act, after
):
    thing = stage(kind, before)
    form = pressed(opened(kind, thing, desk), act)
    others = [people[other] for other in people if other != desk]
    refused_to(form, [*others, cast.wang_fang, cast.li_chuang, cast.zhao_cheng, cast.sun_pi, None])
    traces = everything()
    once(form)
    thing.refresh_from_db()
    assert thing.state == after
    assert logged(traces)


@pytest.mark.parametrize(
    ("kind", "before", "desk", "act"), [row[:4] for row in ACTS if row[3] in LABELS]
)
def test_without_its_words_nothing_is_done_and_the_fault_stands_beside_them(
    stage, opened, kind, before, desk, act
):
    thing = stage(kind, before)
    with no_trace():
        page = pressed(opened(kind, thing, desk), act, "").send()
    refused(page, LABELS[act], "不少于")
    assert page.offers(f"确认：{act}")


@pytest.mark.parametrize(
    ("kind", "state"), [("card", "upheld"), ("complaint", "drafted"), ("issue", "open")]
)
def test_the_inspector_reads_everything_and_does_nothing(stage, opened, kind, state):
    thing = stage(kind, state)
    page = opened(kind, thing, "inspector")
    assert page.status == 200
    assert not page.offers("确认")


@pytest.mark.parametrize(
    ("kind", "before", "desk", "act", "after"), [ACTS[0], ACTS[3], ACTS[13], ACTS[19]]
)
def test_what_somebody_else_did_meanwhile_is_told_and_nothing_is_done_twice(
    stage, opened, kind, before, desk, act, after
):
    thing = stage(kind, before)
    old, fresh = (pressed(opened(kind, thing, desk), act) for _ in range(2))
    assert fresh.send().done
    with no_trace():
        page = old.send(key="another-key")
    assert page.status in (302, 303, 409, 422)
    assert any(said in page.words for said in ("现在不能", "刚刚办理", "不能“"))


# ------------------------------------------------------------------------------ raised by hand
@pytest.fixture
def raising(client, people):
    organ = people["supervision"].posts.get().organ
    address = reverse("office:oversight_raise", args=[organ.code, "supervision"])
    return lambda: read(client, address, people["supervision"])


FACTS = "窗口在收费标准之外另收复印费，有收据为证。"


def test_a_card_is_raised_by_hand_once_against_a_unit_or_a_case(raising, accepted, cast):
    case = accepted()
    page = raising()
    form = page.form("发牌").fill({"单位": cast.organ.name, "事实和依据": FACTS})
    done = once(form)
    card = Card.objects.get(automatic=False)
    assert (card.organ, card.case, card.state) == (cast.organ, None, "raised")
    assert card.number in done.words
    about = raising().form("发牌").fill({"办件编号": case.number, "事实和依据": FACTS})
    assert about.send().done
    assert Card.objects.get(case=case, automatic=False).organ == cast.organ


def test_faults_of_raising_stand_beside_their_fields(raising, accepted, cast):
    case = accepted()
    with no_trace():
        refused(raising().form("发牌").fill({"事实和依据": FACTS}).send(), "单位", "请选择单位")
        none = raising().form("发牌").fill({"办件编号": "2024-0", "事实和依据": FACTS}).send()
        refused(none, "办件编号", "没有")
        short = raising().form("发牌").fill({"办件编号": case.number, "事实和依据": "收费"}).send()
        refused(short, "事实和依据", "不少于10个字")
        other = {"单位": "市水务局", "办件编号": case.number, "事实和依据": FACTS}
        refused(raising().form("发牌").fill(other).send(), "办件编号", "不属于所选单位")


def test_nobody_but_the_bureau_raises_a_card(raising, people, cast):
    form = raising().form("发牌").fill({"单位": cast.organ.name, "事实和依据": FACTS})
    refused_to(form, [people["head"], people["legal"], people["inspector"], cast.sun_pi, None])


# ------------------------------------------------------------------------------ a sample drawn
@pytest.fixture
def draws(client, people):
    organ = people["legal"].posts.get().organ
    return lambda: read(
        client, reverse("office:oversight_draws", args=[organ.code, "legal"]), people["legal"]
    )


def announced(page, month="2024-03", size="1", minutes="1"):
    typed = {"办结月份": month, "每个单位抽取件数": size, "距取种子的分钟数": minutes}
    return page.form("公告").fill(typed)


def test_a_draw_is_announced_once_and_drawn_only_after_its_seed(draws, decided, client, people):
    case = decided("2024-03-12")
    before = everything()
    page = once(announced(draws()))
    assert logged(before)
    with no_trace():
        early = page.form("抽取").send()
    assert (early.status, "还没有新的检查点" in early.words) == (422, True)
    assert case.number not in early.words
    public = read(client, reverse("portal:draws"))
    assert "1" in public.words


def test_a_sample_is_drawn_by_the_log_and_its_sheets_are_laid_out_once(
    draws, decided, client, people, cast, doing, zheng_fa
):
    case = decided("2024-03-12")
    day, now = date(2024, 3, 1), timezone.now()
    draw = actions.announce_draw(day, 1, now, doing(zheng_fa, "2026-11-20 09:00"))
    seal()
    organ = people["legal"].posts.get().organ
    address = reverse("office:oversight_draw", args=[organ.code, "legal", draw.number])
    form = read(client, address, zheng_fa).form("抽取")
    refused_to(form, [people["head"], people["inspector"], cast.li_chuang, None])
    before = everything()
    done = once(form)
    assert case.number in done.words
    assert logged(before)
    seed = read(client, reverse("portal:draw", args=[draw.number]))
    draw.refresh_from_db()
    assert draw.seed in seed.words


@pytest.mark.parametrize(
    ("typed", "label", "words"),
    [
        ({"month": "2031-01"}, "办结月份", "已经结束的月份"),
        ({"month": "2020-01"}, "办结月份", "没有办结的办件"),
        ({"size": "0"}, "每个单位抽取件数", ""),
        ({"size": "51"}, "每个单位抽取件数", ""),
        ({"minutes": "0"}, "距取种子的分钟数", ""),
    ],
)
def test_faults_of_an_announcement_stand_beside_their_fields(draws, decided, typed, label, words):
    decided("2024-03-12")
    with no_trace():
        page = announced(draws(), **typed).send()
    assert page.beside(label)
    refused(page, label, words)


def test_who_only_reads_or_answers_announces_nothing(draws, decided, people, cast):
    decided("2024-03-12")
    form = announced(draws())
    refused_to(form, [people["head"], cast.li_chuang, cast.sun_pi, None])
