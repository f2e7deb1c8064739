"""The desk of appointments: who is expected, who came, the calendar's rules and days."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from openhall.outbox.models import Message
from openhall.slots.models import Appointment, BookingCalendar, Slot
from openhall.slots.queries import rules_on
from tests.factories.pages import read
from tests.factories.slots import at, centre
from tests.factories.traces import refused_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    return centre()


@pytest.fixture
def on_the_day(hall):
    hall.one, hall.code = hall.booked("09:00")
    with time_machine.travel(at("2024-03-04 09:02"), tick=False):
        yield hall


def desk(hall, name="appointments", *more, who="window"):
    return reverse(f"office:{name}", args=[hall.organ.code, who, *more])


def test_the_code_notes_the_arrival_also_as_a_scanner_types_it(client, on_the_day, sound):
    hall = on_the_day
    page = read(client, desk(hall), hall.window)
    assert hall.one.number in page.words
    assert "王*" in page.words or "*芳" in page.words
    typed = f"http://hall/appointments/open/#{hall.code}"
    assert page.form("人已到").fill({"预约码": typed}).send("人已到").done
    assert Appointment.objects.get(pk=hall.one.pk).state == "arrived"


def test_a_row_has_its_own_acts(client, on_the_day, sound):
    hall = on_the_day
    page = read(client, desk(hall), hall.window)
    early = page.form("登记未到").send("确认")
    assert early.status == 422
    assert "15分钟" in early.words
    assert page.form("到场登记").send("到场登记").done


def test_called_off_with_its_reason(client, hall, sound):
    hall.booked("09:00")
    with time_machine.travel(at("2024-03-02 09:00"), tick=False):
        page = read(client, desk(hall) + "?day=2024-03-04", hall.window)
        assert page.form("单位取消预约").fill({"取消的原因": "设备检修"}).send("确认").done


def test_rules_are_written_by_one_and_published_by_another(client, hall, sound):
    with time_machine.travel(at("2024-03-02 09:00"), tick=False):
        calendar = desk(hall, "booking_calendar", hall.calendar.code)
        page = read(client, calendar, hall.window).form("编写新规则").send("确认")
        assert page.done
        form = page.form("对外办公时间").fill(
            {"对外办公时间": "工作日 09:00-12:00 3\n工作日 11:00-12:00 1"}
        )
        wrong = form.send("保存")
        assert wrong.status == 422
        assert "重叠" in wrong.beside("对外办公时间")
        again = form.fill({"对外办公时间": "工作日 09:00-12:00 3"}).send("保存")
        assert again.done, again.words[-900:]
        manager = page.address.replace("/window/", "/centre_manager/")
        published = (
            read(client, manager, hall.manager).form("公布").fill({"生效日期": "2024-03-05"})
        )
        assert published.send("确认").done
    assert rules_on(hall.calendar, date(2024, 3, 5)).number == 2


def test_one_day_differs(client, hall, sound):
    with time_machine.travel(at("2024-03-02 09:00"), tick=False):
        calendar = desk(hall, "booking_calendar", hall.calendar.code, who="centre_manager")
        page = read(client, calendar, hall.manager)
        form = page.form("调整某日").fill({"日期": "2024-03-04", "理由": "系统升级"})
        assert form.send("确认").done
        assert "系统升级" in read(client, calendar).words
        assert hall.times("2024-03-02 09:00") == {}


def test_a_calendar_is_opened_and_closed(client, hall, sound):
    with time_machine.travel(at("2024-03-02 09:00"), tick=False):
        page = read(client, desk(hall), hall.window)
        form = page.form("开设预约日历").fill({"日历名称": "来访接待", "短代码": "visits"})
        assert form.send("确认").done
        made = BookingCalendar.objects.get(code="cd-hall-visits")
        calendar = desk(hall, "booking_calendar", made.code, who="centre_manager")
        closing = read(client, calendar, hall.manager).form("停用预约日历")
        assert closing.fill({"理由": "合并"}).send("确认").done


def test_another_unit_sees_and_does_nothing(client, on_the_day, cast):
    hall = on_the_day
    page = read(client, desk(hall), hall.window)
    others = [None, cast.li_chuang, cast.wang_fang, cast.zhao_cheng]
    refused_to(page.form("到场登记"), others)
    stranger = reverse("office:appointments", args=["cd-civil", "handler"])
    assert read(client, stranger, cast.zhao_cheng).status == 403
    theirs = reverse("office:booking_calendar", args=["cd-civil", "window", hall.calendar.code])
    assert read(client, theirs, cast.li_chuang).status == 403


EARLY, LATE = "2024-03-01 09:00", "2024-03-04 08:50"


def slot_at(hour):
    return str(Slot.objects.get(starts=at(f"2024-03-04 {hour}")).pk)


def at_the_counter(client, hall, purpose="social", **more):
    page = read(client, desk(hall, "book_seat", purpose), hall.window)
    said = {
        "时间": slot_at("09:00"),
        "来办事的人姓名": "李四",
        "本人手机号码": "13800000009",
    } | more
    return page.form("为此人预约").fill(said).send()


def test_a_window_books_for_who_telephones_and_nobody_there_reads_the_code(client, hall, sound):
    with time_machine.travel(at(EARLY), tick=False):
        page = read(client, desk(hall), hall.window)
        assert page.offers("单位取消预约") is False
        done = at_the_counter(client, hall)
        assert done.done
        one = Appointment.objects.get()
        assert (one.state, one.made_by, one.account) == ("confirmed", "counter", None)
        assert one.name == "李四"
        assert "李四" not in done.words
        sent = Message.objects.get(key__endswith="confirmed")
        assert sent.words.split("-")[0][-4:] not in done.words


def test_the_window_changes_and_cancels_until_the_time_begins(client, hall, sound):
    one, _code = hall.booked("09:30")
    with time_machine.travel(at(LATE), tick=False):  # too late online
        page = read(client, desk(hall, "booked", one.number), hall.window)
        moved = page.form("改到这个时间").fill({"时间": slot_at("10:00")}).send()
        assert moved.done
        one.refresh_from_db()
        assert one.starts == at("2024-03-04 10:00")
        assert moved.form("应本人要求取消").send("确认").done
        one.refresh_from_db()
        assert (one.state, one.seats) == ("cancelled", [])
    other, _code = hall.booked("09:00", phone="13800000002")
    with time_machine.travel(at("2024-03-04 09:01"), tick=False):
        page = read(client, desk(hall, "booked", other.number), hall.window)
        begun = page.form("应本人要求取消").send("确认")
        assert begun.status == 422
        assert "已经开始" in begun.words


def test_who_is_paused_online_is_booked_by_the_window_with_the_same_limits(client, hall, sound):
    hall.booked("09:30", phone="13800000009")
    with time_machine.travel(at(EARLY), tick=False):
        twice = at_the_counter(client, hall)
        assert twice.status == 422
        assert "已有同一事由的预约" in twice.words
        assert Appointment.objects.filter(state="confirmed").count() == 1


@pytest.mark.parametrize("who", ["manager", "stranger"])
def test_who_books_for_somebody(client, hall, cast, who):
    one, _code = hall.booked("09:00")
    person = {"manager": hall.manager, "stranger": cast.li_chuang}[who]
    for name, more in (("book_seat", "social"), ("booked", one.number)):
        client.force_login(person)
        assert client.get(desk(hall, name, more)).status_code == 403
    client.force_login(hall.manager)
    mine = desk(hall, "booked", one.number, who="centre_manager")
    assert client.get(mine).status_code == 200


def test_the_window_asks_for_the_document_where_the_purpose_counts_by_person(client, hall, sound):
    with time_machine.travel(at(EARLY), tick=False):
        said = {"证件号码": "110105194912310021"}
        assert at_the_counter(client, hall, purpose="passport", **said).status == 422
        said = {"证件号码": "11010519491231002X"}
        assert at_the_counter(client, hall, purpose="passport", **said).done
    assert Appointment.objects.get(state="confirmed").identity == "11010519491231002X"
