"""The page of a case at a desk: one sentence on top, masks everywhere, all faults at once."""

from datetime import date

import pytest
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.terms import Channel, Opinion, Outcome, SuspensionGround
from openhall.catalogue.models import FlowStep as Step
from openhall.catalogue.models import Form
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.cases import WANG_FANGFANG as WANG
from tests.factories.cases import Walk
from tests.factories.pages import read

WHY = "涉及申请人的重大利益，应当告知听证权利。"


@pytest.fixture
def walk(cast, doing) -> Walk:
    return Walk(cast, doing, WANG, day="2024-03-04")


@pytest.fixture
def page(client, cast):
    def opened(case, desk="window"):
        who = {"window": "li_chuang", "handler": "zhao_cheng", "decider": "sun_pi"}[desk]
        there = reverse("office:matter", args=[cast.organ.code, desk, case.number])
        return read(client, there, getattr(cast, who))

    return opened


def said_on_top(page) -> str:
    return " ".join(page.soup.select_one(".case-say").get_text(" ", strip=True).split())


def test_one_sentence_says_what_happens_who_acts_until_when_and_how_late_it_is(walk, page):
    case = walk.submitted()
    assert said_on_top(page(case)).endswith("等窗口答复，到 2024年3月11日")
    assert said_on_top(page(case)).startswith("超期")
    case = walk.handed_over(walk.accepted(case))
    assert "zhao_cheng审查中" in said_on_top(page(case, "handler"))
    done = walk.delivered()
    assert said_on_top(page(done)) == "已送达 已办结：准予， 2024年3月13日"


def test_who_asked_for_the_hearing_stands_masked_until_a_reason_is_given(walk, cast, doing, page):
    case = walk.handed_over()
    actions.tell_hearing(case.pk, WHY, doing(cast.zhao_cheng, "2024-03-06 09:00", desk="handler"))
    actions.ask_hearing(
        case.pk, WANG.name, doing(cast.li_chuang, "2024-03-07 09:00", desk="window")
    )
    shown = page(case, "handler")
    hearing = shown.soup.find(id="hearing").find_parent("section").get_text()
    assert "王**" in hearing
    assert WANG.name not in shown.words
    clear = shown.form("查看完整信息").fill({"查看理由": "核对听证申请人身份"}).send()
    assert WANG.name in clear.soup.find(id="hearing").find_parent("section").get_text()


def test_a_called_hearing_holds_the_clock_so_resuming_is_not_offered(walk, cast, doing, page):
    case = walk.handed_over()
    handler = lambda at: doing(cast.zhao_cheng, at, desk="handler")  # noqa: E731
    actions.tell_hearing(case.pk, WHY, handler("2024-03-06 09:00"))
    actions.ask_hearing(
        case.pk, WANG.name, doing(cast.li_chuang, "2024-03-07 09:00", desk="window")
    )
    host = Account.objects.create_user(username="host")
    appoint(host, cast.organ, Desk.HANDLER, date(2003, 1, 1))
    actions.call_hearing(
        case.pk, date(2024, 3, 21), "二楼会议室", host, handler("2024-03-08 09:00")
    )
    shown = page(case, "handler")
    offered = [link.get_text(" ", strip=True) for link in shown.soup.select("#acts a")]
    assert not any("恢复计时" in one for one in offered)
    assert any("举行听证" in one for one in offered)


def test_a_suspension_stands_with_its_ground_days_basis_and_notice(walk, cast, doing, page):
    case = walk.handed_over()
    actions.suspend(
        case.pk,
        SuspensionGround.TESTING,
        "民用建筑工程室内环境污染控制标准",
        7,
        "",
        doing(cast.zhao_cheng, "2024-03-06 09:00", desk="handler"),
        with_notice=True,
    )
    panel = page(case, "handler").soup.find(id="suspended").find_parent("section").get_text()
    for word in ("检测", "2024年3月6日", "7个工作日", "室内环境污染", "〔2024〕"):
        assert word in panel, word


def test_the_competent_unit_stands_on_the_page_after_a_decline(walk, cast, doing, page):
    case = walk.submitted()
    other = cast.zhou_wai.posts.get().organ
    actions.decline(
        case.pk,
        Outcome.NOT_COMPETENT,
        "取水许可由水务部门办理，请向水务局申请。",
        doing(cast.li_chuang, "2024-03-05 10:00", desk="window"),
        competent=other,
    )
    assert "已告知申请人应向“市水务局”申请" in page(case).words


def test_a_check_on_site_says_whether_the_conditions_are_met(walk, cast, doing, page):
    case = walk.handed_over()
    second = Account.objects.create_user(username="second")
    appoint(second, cast.organ, Desk.HANDLER, date(2003, 1, 1))
    for passed, moment in ((False, "2024-03-06 09:00"), (True, "2024-03-07 09:00")):
        actions.site_check(
            case.pk,
            date(2024, 3, 6),
            "草市街2号",
            [cast.zhao_cheng, second],
            "现场与图纸核对情况如下。",
            passed,
            doing(cast.zhao_cheng, moment, desk="handler"),
        )
    rows = page(case, "handler").soup.find(id="site").find_parent("section").select("li .status")
    assert [one.get_text(strip=True) for one in rows] == ["不符合法定条件", "符合法定条件"]


def test_a_paper_case_says_by_whom_it_was_entered(cast, doing, page):
    at_the_window = doing(cast.li_chuang, "2024-03-04 09:00", desk="window")
    case = actions.submit("MZ-XK-0001", WANG, {}, Channel.WINDOW, at_the_window)
    words = page(case).words
    assert "由li_chuang" in words
    assert "截止 li_chuang" not in words


def test_a_published_step_is_never_due_after_the_promise(walk, cast, page):
    for place, (name, days) in enumerate((("受理", 1), ("审查", 30))):
        Step.objects.create(version=cast.version, position=place, name=name, days=days)
    case = walk.handed_over()
    steps = page(case, "handler").soup.find(id="steps").find_parent("section").get_text()
    assert f"{case.promise_due.day}日" in steps
    assert "2024年4月" not in steps


def test_every_short_point_of_a_supplement_stands_beside_its_own_field(walk, cast, page):
    fields = [
        {"key": key, "kind": "text", "label": label, "required": False}
        for key, label in (("name", "社团名称"), ("seat", "住所"), ("aim", "宗旨"))
    ]
    Form.objects.create(version=cast.version, title="申请书", fields=fields)
    case = walk.submitted(moment="2026-11-27 09:00")
    form = page(case).act("一次告知补正")
    told = form.fill(
        {"社团名称": "请写明", "宗旨": "看不清", "住所": "请写明到门牌号，附房屋产权证明。"}
    )
    refused = told.send()
    assert refused.status == 422
    for label in ("社团名称", "宗旨"):
        assert "不少于10个字" in refused.beside(label)
    assert refused.beside("住所") == ""


def test_a_refusal_tells_all_that_is_missing_at_once_and_brings_the_remedies(walk, page):
    case = walk.reviewed(opinion=Opinion.REFUSE, note="人数不足，建议不予准予。")
    form = page(case, "decider").act("决定")
    assert "60日内向" in form.typed["decide-remedy"]
    assert "人民法院" in form.typed["decide-remedy"]
    refused = form.fill({"决定": "不予准予", "理由": "", "救济途径": ""}).send()
    assert refused.status == 422
    assert refused.beside("理由")
    assert refused.beside("救济途径")


def test_what_prints_is_the_case_and_nobody_elses(walk, page):
    case, other = walk.submitted(), walk.submitted(moment="2024-03-05 09:00")
    shown = page(case)
    for aside in shown.soup.select(".no-print"):
        aside.decompose()
    assert case.number in shown.soup.get_text()
    assert other.number[-8:] not in shown.soup.get_text()
