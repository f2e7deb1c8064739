"""A clerk's window and the management of a centre, pressed as people press them."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.cases import actions
from openhall.conduct.queries import pack_on, packs
from openhall.deeds.refusals import Refused
from openhall.hall.actions import duty, stuck
from openhall.hall.models import Centre, Duty, Hall, Opening, StuckMatter, Ticket
from openhall.hall.queries import help_limits_on
from openhall.hall.terms import ErrandKind, Need
from openhall.organs.actions import found as found_organ
from openhall.organs.terms import Desk
from tests.factories.cases import Walk
from tests.factories.hall import doing, furnished, seated, sits
from tests.factories.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast):
    return furnished(cast.item, cast.organ, signed_in=False)


def counter(there, client, clerk=0):
    client.force_login(there.clerks[clerk])
    return reverse("office:counter", args=[there.unit.code, "window"])


def at(there, client, page, who=None):
    client.force_login(who or there.manager)
    return reverse(f"office:{page}", args=[there.hall.organ.code, "centre_manager"])


def planned(there, number=1, clerk=0):
    who, today = there.clerks[clerk], timezone.localdate()
    return duty.plan(there.windows[number], who, today, time(0), time(23, 59), doing(there.manager))


def test_sign_in_call_serve_and_finish(there, client):
    planned(there)
    one, _two = there.taken(), there.taken()
    page = read(client, counter(there, client))
    page = page.form("在1号窗口签到").send()
    page = page.form("叫下一位").send()
    assert "A001" in page.words
    page = page.form("人已到").send()
    assert "收件" in page.words
    page = page.form("办完").send()
    one.refresh_from_db()
    assert one.state == "done"
    assert page.form("叫下一位").send().words.count("A002")


def test_nobody_waiting_is_said(there, client):
    sits(there, there.clerks[0], 1)
    page = read(client, counter(there, client)).form("叫下一位").send()
    assert page.status == 422
    assert "现在没有人在等" in page.words


def test_who_is_not_on_the_roster_is_told_so(there, client):
    assert "今天没有排您的班" in read(client, counter(there, client)).words


def test_the_board_tells_lines_and_windows_and_moves_one(there, client):
    sits(there, there.clerks[0], 1)
    there.taken("B")
    page = read(client, at(there, client, "hall_board"))
    assert "综合窗口" in page.words
    assert "有人在等，没有窗口在办。" in page.words
    moved = (
        page.form("确认：潮汐窗口调整").fill({"窗口": "1 综合窗口", "队列": "B 社保医保"}).send()
    )
    assert moved.done
    page = read(client, counter(there, client)).form("叫下一位").send()
    assert "B001" in page.words


def test_the_day_is_closed_from_the_board(there, client):
    there.taken()
    page = read(client, at(there, client, "hall_board")).form("确认：日结").send()
    assert "日结，共1个号" in page.words
    assert Ticket.objects.get().state == "left"


def test_hours_are_written_by_one_manager_and_published_by_the_other(there, client):
    first = timezone.localdate() + timedelta(days=30)
    page = read(client, at(there, client, "hall_centres"))
    sent = {
        "第一日": first.isoformat(),
        "截止日": first.isoformat(),
        "原因": "设备检修",
    }
    page = page.form("确认：起草一次例外").fill(sent).send()
    assert not page.offers("公布")
    client.force_login(there.second)
    page = read(client, page.address)
    assert page.form("确认：公布").fill({"生效日期": first.isoformat()}).send().done
    made = Opening.objects.get(exception=first.isoformat())
    assert (made.state, made.published_by) == ("published", there.second)


def test_hours_of_an_exception_hold_on_each_of_its_days(there, client):
    first = timezone.localdate() + timedelta(days=40)
    page = read(client, at(there, client, "hall_centres"))
    days = {"第一日": first.isoformat(), "截止日": first.isoformat(), "原因": "延时服务"}
    sent = days | {"开始": "08:00", "结束": "20:00"}
    page = page.form("确认：起草一次例外").fill(sent).send()
    assert "周一 08:00-20:00" in page.words
    made = Opening.objects.get(exception=first.isoformat())
    assert [one.weekday for one in made.spans.order_by("weekday")] == [1, 2, 3, 4, 5, 6, 7]
    page = read(client, at(there, client, "hall_centres"))
    page = page.form("确认：起草新的办公时间").fill({"开始": "08:00", "结束": "20:00"}).send()
    assert "请选择星期，并写明开始和结束时间。" in page.words


def test_the_government_office_sets_the_limits_of_helping(there, client):
    client.force_login(there.office)
    page = read(client, reverse("office:help_limits", args=["cd"]))
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {
        "施行日期": tomorrow.isoformat(),
        "代办工作日": "3",
        "依据的文件名称和文号": "某府办函〔2026〕9号",
    }
    assert page.form("确认：登记新的期限").fill(sent).send().done
    assert help_limits_on(timezone.localdate()).errand_days == 5
    later = help_limits_on(tomorrow)
    assert (later.errand_days, later.days(ErrandKind.CROSS)) == (3, 2)
    again = read(client, reverse("office:help_limits", args=["cd"]))
    sent["施行日期"] = timezone.localdate().isoformat()
    assert "施行日期应当晚于今天" in again.form("确认：登记新的期限").fill(sent).send().words
    client.force_login(there.manager)
    page = client.get(reverse("office:help_limits", args=["cd"]))
    assert page.status_code == 403


def test_the_government_office_sets_the_rules_of_conduct(there, client):
    client.force_login(there.office)
    page = read(client, reverse("office:conduct_rules", args=["cd"]))
    today = timezone.localdate()
    month = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    lines = "phone | 工作纪律 | 3 | 办事时打私人电话 | Private calls while serving"
    sent = {
        "施行日期": month.isoformat(),
        "轻微迟到早退（分钟）": "5",
        "检查项目，一行一条": lines,
        "依据的文件名称和文号": "某府办函〔2026〕10号",
    }
    wrong = (
        page.form("确认：登记新的办法").fill(sent | {"检查项目，一行一条": "phone | 纪律"}).send()
    )
    assert "第1行：应为" in wrong.words
    assert page.form("确认：登记新的办法").fill(sent).send().done
    assert "idle" in pack_on(today).rules
    later = pack_on(month)
    assert later.rules["late"].words.zh == "迟到或者早退5分钟以内"
    assert [name for name, one in later.rules.items() if one.seen] == ["phone"]
    assert packs()[later.code] == later


@pytest.mark.parametrize("page", ["hall_board", "hall_roster"])
def test_strangers_do_not_manage(there, client, page):
    other = seated("other", there.unit, Desk.CENTRE_MANAGER)
    client.force_login(other)
    address = reverse(f"office:{page}", args=[there.unit.code, "centre_manager"])
    assert client.get(address).status_code == 403


def test_the_roster_plans_and_names_a_stand_in(there, client):
    page = read(client, at(there, client, "hall_roster"))
    sent = {"当班人员": "lichuang", "窗口": "1 综合窗口", "上班": "09:00", "下班": "17:00"}
    page = page.form("确认：排班").fill(sent).send()
    assert page.done
    page = page.form("替lichuang顶岗").fill({"顶岗人": "zhangming", "理由": "病假"}).send()
    shift = Duty.objects.get()
    assert (shift.account, shift.stands_for) == (there.clerks[1], there.clerks[0])


def test_only_who_is_on_duty_at_a_window_for_the_item_accepts(there, cast):
    def by(actor, moment, *, desk="", key=""):
        return doing(actor)

    submitted = Walk(cast, by).submitted()
    clerk = there.clerks[0]
    with pytest.raises(Refused, match="当班"):
        actions.accept(submitted.pk, doing(clerk, desk="window"))
    shift = sits(there, there.clerks[1], 2)  # window 2 serves line B, which has no items
    with pytest.raises(Refused, match="当班"):
        actions.accept(submitted.pk, doing(there.clerks[1], desk="window"))
    assert shift.window.number == 2
    sits(there, clerk, 1)
    assert actions.accept(submitted.pk, doing(clerk, desk="window")).act == "accept"


def test_a_unit_without_a_hall_is_not_bound(walk):
    assert walk.accepted()


def test_a_day_that_ended_with_somebody_at_a_window_is_closed_the_next_day(there, client):
    sits(there, there.clerks[0], 1)
    there.taken()
    page = read(client, counter(there, client)).form("叫下一位").send()
    page = page.form("人已到").send()
    eve = timezone.localdate() - timedelta(days=1)
    Duty.objects.update(day=eve)
    Ticket.objects.update(day=eve)
    page = read(client, counter(there, client))
    assert "办完眼前这一位，然后签退" in page.words
    assert not page.offers("叫下一位")
    assert not page.offers("转号")
    board = read(client, at(there, client, "hall_board"))
    assert "还没有日结" in board.words
    board = board.form(f"确认：{eve.isoformat()}的1号窗口签退").send()
    assert board.done
    board = read(client, at(there, client, "hall_board") + f"?day={eve.isoformat()}")
    board = board.form("确认：日结").send()
    assert "日结，共1个号" in board.words
    assert Ticket.objects.get().state == "done"
    assert "还没有日结" not in read(client, at(there, client, "hall_board")).words


def test_the_roster_of_another_day_is_one_press_away(there, client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    who = there.clerks[0]
    duty.plan(there.windows[1], who, tomorrow, time(9), time(17), doing(there.manager))
    page = read(client, at(there, client, "hall_roster"))
    assert page.soup.select(f"a[href='?day={tomorrow.isoformat()}']")
    page = read(client, at(there, client, "hall_roster") + f"?day={tomorrow.isoformat()}")
    sent = {"顶岗人": str(there.clerks[1]), "理由": "培训"}
    assert page.form(f"确认：替{who}顶岗").fill(sent).send().done
    assert Duty.objects.get().account == there.clerks[1]


def test_the_page_of_hours_says_no_code(there, client):
    version = Opening.objects.filter(exception="").get()
    client.force_login(there.manager)
    args = [there.hall.organ.code, "centre_manager", "opening-hours", version.pk]
    page = read(client, reverse("office:version", args=args))
    assert "锦江区政务服务中心 · 第1版" in page.words
    assert "时间 第1项" in page.words
    page = read(client, "/en" + reverse("office:version", args=args))
    assert "Hours 1" in page.words
    assert "Monday 00:00-24:00" in page.words
    assert "周一" not in page.words


def test_what_got_stuck_is_taken_at_a_window_given_to_another_and_answered_by_that_one(
    there, client
):
    sits(there, there.clerks[0], 1)
    first, second = str(there.clerks[1]), there.clerks[2]
    page = read(client, reverse("office:stuck", args=at_window(there, client)))
    sent = {
        "卡在哪个单位": there.unit.name,
        "指定承办人": first,
        "什么事，卡在哪里": "跑了三次，每次都说缺一张表",
        "跑了几次": "3",
        "来人姓名": "王芳",
    }
    page = page.form("确认：办不成事登记").fill(sent).send()
    assert page.done
    assert "跑了三次" not in page.words  # it is the named official's, who took it in is not asked
    taken = StuckMatter.objects.get()
    page = read(client, at(there, client, "stuck"))
    assert "跑了三次" in page.words
    assert page.form(f"确认：改派：{taken.number}").fill({"指定承办人": str(second)}).send().done
    board = read(client, at(there, client, "hall_board"))
    assert "1件还没有答复" in board.words
    for clerk, mine in ((there.clerks[1], False), (second, True)):
        client.force_login(clerk)
        page = read(client, reverse("office:stuck", args=[there.unit.code, "window"]))
        assert bool(page.offers("答复")) is mine
    sent = {"结果": "已办成", "答复": "经核对材料齐全，当场办结。"}
    assert page.form(f"确认：答复：{taken.number}").fill(sent).send().done
    taken.refresh_from_db()
    assert (taken.official, taken.state, taken.outcome) == (second, "answered", "solved")


def at_window(there, client):
    client.force_login(there.clerks[0])
    return [there.unit.code, "window"]


def test_the_reception_gives_a_ticket_for_an_item_or_a_case(there, client, cast, walk):
    case = walk.submitted()
    page = read(client, at(there, client, "hall_board"))
    sent = {"队列": "A 综合", "次序": "普通"}
    for about in (cast.item.code, case.number):
        form = page.form("确认：代为取号")
        page = form.fill(sent | {"事项编码或者办件编号（知道的话）": about}).send()
        assert page.done
    one, two = Ticket.objects.order_by("pk")
    assert (one.item, one.case, two.item, two.case) == (cast.item, None, case.item, case)
    wrong = (
        page.form("确认：代为取号").fill(sent | {"事项编码或者办件编号（知道的话）": "XX"}).send()
    )
    assert "没有这个编码的事项" in wrong.words


def test_the_board_is_live_and_an_alarm_stands_in_what_is_asked_anew(there, client):
    sits(there, there.clerks[0], 1)
    there.taken()
    stuck.raise_alarm(there.windows[1], doing(there.clerks[0]))
    address = at(there, client, "hall_board")
    live = read(client, address).soup.select_one("#live")
    assert (live["data-hx-get"], live["data-hx-select"]) == (address, "#live")
    assert "1号窗口报警" in live.get_text()
    assert "A001" in read(client, counter(there, client)).soup.select_one("#who-waits").get_text()
    eve = (timezone.localdate() - timedelta(days=1)).isoformat()
    past = read(client, at(there, client, "hall_board") + f"?day={eve}").soup.select_one("#live")
    assert "data-hx-get" not in past.attrs  # a day that is over does not move
    assert not live.select("input:not([type=hidden])")  # nothing that is being typed is replaced


def test_the_government_office_sets_a_hall_up_and_publishes_how_it_stands(there, client):
    city = there.office.posts.get().organ
    found_organ(
        code="cd-xq", kind="centre", name="新区政务服务中心", short_name="新区", parent=city
    )
    at_office = reverse("office:hall_centres", args=[city.code, "government_office"])
    client.force_login(there.office)
    page = read(client, at_office)
    sent = {
        "中心或者单位": "新区政务服务中心",
        "大厅类型": "区（市）县政务服务中心",
        "网址中的名字": "xinqu",
    }
    page = page.form("确认：设立大厅").fill(sent).send()
    assert page.done
    hall = Hall.objects.get(slug="xinqu")
    assert (hall.organ.code, hall.kind) == ("cd-xq", "district")
    left = read(client, at_office).form("确认：设立大厅")
    assert "新区政务服务中心" not in left.tag.get_text()

    head = seated("xinguan", hall.organ, Desk.CENTRE_MANAGER)
    client.force_login(head)
    own = reverse("office:hall_centres", args=["cd-xq", "centre_manager"])
    for standing, basis, into in (
        ("对外办公", "成府发〔2026〕1号", ""),
        ("暂停办公", "成府发〔2026〕2号", ""),
        ("已并入其他中心", "成府发〔2026〕3号", str(there.hall.pk)),
    ):
        client.force_login(head)
        sent = {"对外办公": standing, "中心名称": "新区政务服务中心", "依据的文件名称和文号": basis}
        form = read(client, own).form("确认：起草中心的设立、暂停或者合并")
        form.fill(sent).typed["centre-into"] = into
        page = form.send()
        assert page.done, page.words
        assert not page.offers("公布")  # who wrote it does not publish it
        made = Centre.objects.latest("pk")
        client.force_login(there.office)
        args = [city.code, "government_office", "centre", made.pk]
        page = read(client, reverse("office:version", args=args))
        first = timezone.localdate() + timedelta(days=made.number - 1)
        assert page.form("确认：公布").fill({"生效日期": first.isoformat()}).send().done
    states = Centre.objects.filter(hall=hall).order_by("number").values_list("state", "standing")
    assert list(states) == [
        ("superseded", "open"),
        ("superseded", "suspended"),
        ("published", "merged"),
    ]


def test_every_act_at_a_window_is_a_button_of_its_page(there, client):
    sits(there, there.clerks[0], 1)
    one, two = there.taken(), there.taken()
    page = read(client, counter(there, client))
    page = page.form("确认：离窗").send()
    assert "您已离窗，自" in page.words
    assert not page.offers("叫下一位")
    page = page.form("回窗").send().form("叫下一位").send()
    page = page.form("重叫").send()
    assert "叫过2次" in page.words
    page = page.form("没有来").send()
    assert page.form("叫A001").send().done  # who missed the call and is here after all
    page = read(client, counter(there, client)).form("人已到").send()
    page = page.form("确认：这位还办一件事").fill({"队列": "B 社保医保"}).send()
    second = Ticket.objects.get(letter="B")
    assert second.visit == one.visit
    page = page.form("确认：保留号").fill({"去取什么": "复印件"}).send()
    page = page.form("叫A001").send()
    page = page.form("确认：重新排队").send()
    page = page.form("叫下一位").send()
    assert page.soup.select_one(".counter-number").get_text() == "A001"  # the next, by requeueing
    page = page.form("确认：转队").fill({"队列": "B 社保医保"}).send()
    one.refresh_from_db()
    assert (one.line, one.state) == (there.lines["B"], "waiting")
    page = page.form("叫下一位").send()
    assert page.soup.select_one(".counter-number").get_text() == str(two)
    page = page.form("人已到").send().form("办完").send()
    assert page.form("确认：静默报警").send().done
    page = read(client, counter(there, client))
    assert page.form("确认：签退").send().done


@pytest.mark.parametrize("page", ["hall_board", "hall_roster"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2003-05-26", "x", ""])
def test_a_day_out_of_reach_is_today(there, client, page, day):
    today = timezone.localdate()
    shown = read(client, at(there, client, page) + f"?day={day}")
    assert shown.soup.select_one("input[name=day]")["value"] == today.isoformat()


def test_who_needs_a_window_that_is_not_open_is_seen_on_the_board(there, client):
    sits(there, there.clerks[0], 1)
    there.taken(need=Need.WHEELCHAIR)
    there.taken()
    page = read(client, at(there, client, "hall_board"))
    assert "其中1人需要无障碍或者手语窗口，现在没有开" in page.words
    sits(there, there.clerks[2], 3)  # a window with room
    assert "其中1人需要" not in read(client, at(there, client, "hall_board")).words
