"""A resident books, changes and gives back a time; nobody opens another's appointment."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from openhall.outbox.models import Message
from openhall.slots.models import Appointment
from openhall.slots.queries import appointment_by_code
from tests.factories.pages import read
from tests.factories.slots import at, centre

pytestmark = pytest.mark.django_db
NOW = at("2024-03-01 09:00")
WHO = {"姓名": "王芳", "电话": "138 0000 0001"}


@pytest.fixture
def hall():
    made = centre()
    with time_machine.travel(NOW, tick=False):
        yield made


def chosen(client, hall, hour="09:00", purpose="social", **query):
    at_ = reverse("portal:appointment_times", args=[hall.organ.code, purpose])
    return read(client, at_ + "?from=2024-03-04&persons=1").form(hour).send(hour)


def booked(client, hall, hour="09:00", who=WHO):
    return chosen(client, hall, hour).form("确认预约").fill(who).send("确认预约")


def code_on(page) -> str:
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.words)[0].replace("-", "")


def test_from_the_list_to_a_confirmed_time(client, hall, sound):
    listing = read(client, reverse("portal:appointments"))
    assert "社会团体登记" in listing.words
    held = chosen(client, hall)
    assert "为您暂留到09:10" in held.words
    page = held.form("确认预约").fill(WHO).send("确认预约")
    assert page.status == 200
    code = code_on(page)
    one = appointment_by_code(code)
    assert one.state == "confirmed"
    assert "svg" in str(page.soup.select_one(".qr"))
    assert code not in client.get(page.address).text  # it is said once
    assert code not in str(dict(client.session))
    assert Message.objects.filter(about=one.number).count() == 1


def test_who_confirms_twice_is_told_that_it_stands(client, hall):
    form = chosen(client, hall).form("确认预约").fill(WHO)
    form.send("确认预约")
    again = form.send("确认预约")
    assert again.done
    assert Appointment.objects.filter(state="confirmed").count() == 1


def test_a_form_half_filled_is_shown_again_and_the_time_stays_held(client, hall):
    page = chosen(client, hall).form("确认预约").fill({"姓名": "王芳"}).send("确认预约")
    assert page.status == 422
    assert page.beside("电话")
    assert page.form("确认预约").fill(WHO).send("确认预约").status == 200


def test_after_ten_minutes_one_chooses_again(client, hall):
    held = chosen(client, hall)
    with time_machine.travel(at("2024-03-01 09:10:30"), tick=False):
        chosen(Client(), hall)
        chosen(Client(), hall)
        late = held.form("确认预约").fill(WHO).send("确认预约")
        assert late.status == 422
        assert "十分钟已过" in late.words
        assert "重新选择时间" in read(client, held.address).words


def test_who_is_signed_in_finds_it_again_without_the_code(client, hall, cast):
    client.force_login(cast.wang_fang)
    booked(client, hall)
    elsewhere = Client()
    elsewhere.force_login(cast.wang_fang)
    page = read(elsewhere, reverse("portal:appointments"))
    assert "我的预约" in page.words
    number = Appointment.objects.get(state="confirmed").number
    assert elsewhere.get(reverse("portal:appointment", args=[number])).status_code == 200


def test_a_held_time_is_given_back_at_once(client, hall):
    page = chosen(client, hall).form("另选时间").send("确认")
    assert page.done
    assert hall.times("2024-03-01 09:00")["09:00"].seats == 2


def test_only_who_holds_the_code_opens_it(client, hall):
    page = booked(client, hall)
    stranger = Client()
    assert stranger.get(page.address).status_code == 403
    for name in ("appointment_file", "appointment_change"):
        number = Appointment.objects.get(state="confirmed").number
        assert stranger.get(reverse(f"portal:{name}", args=[number])).status_code == 403
    opened = read(stranger, reverse("portal:open_appointment")).form("继续")
    wrong = opened.fill({"12位": "2222-2222-2222"}).send()
    assert "校验位" in wrong.words or "没有这个预约码" in wrong.words
    right = read(stranger, reverse("portal:open_appointment")).form("继续")
    assert right.fill({"12位": code_on(page)}).send().done


def test_no_cookie_and_no_page_carries_a_key_to_the_appointment(client, hall):
    """Pain of a peer: appointments were taken over by a key that lay in the browser's storage."""
    page = booked(client, hall)
    code = code_on(page)
    cookies = dict(client.cookies.items())
    assert all(code not in morsel.value for morsel in cookies.values())
    assert cookies["sessionid"]["httponly"]
    later = client.get(page.address)
    assert code not in later.text
    assert "localStorage" not in later.text


def test_another_time_and_back(client, hall, sound):
    page = booked(client, hall)
    number = Appointment.objects.get(state="confirmed").number
    change = read(client, reverse("portal:appointment_change", args=[number]) + "?from=2024-03-05")
    moved = change.form("10:00").send("10:00")
    assert moved.done
    assert "10:00" in moved.words
    gone = read(client, moved.address).form("取消预约").send("取消预约")
    assert gone.done
    assert "已取消" in gone.words
    assert page


def test_the_calendar_file_says_when_and_where_and_nothing_of_who(client, hall):
    booked(client, hall)
    number = Appointment.objects.get(state="confirmed").number
    answer = client.get(reverse("portal:appointment_file", args=[number]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART;TZID=Asia/Shanghai:20240304T090000" in text
    assert "王芳" not in text
    assert "1380000" not in text


def test_in_english(client, hall):
    at_ = reverse("portal:appointment_times", args=[hall.organ.code, "social"])
    page = read(client, "/en" + at_ + "?from=2024-03-04")
    assert "Social organisations" in page.words
    held = page.form("09:00").send("09:00")
    done = held.form("Confirm the appointment").fill(
        {"name": "Wang Fang", "telephone": "13800000001"}
    )
    assert "Your code" in done.send("Confirm the appointment").words
    told = Message.objects.get(key__endswith="confirmed")
    assert told.words.startswith("Your appointment")


def test_the_times_cost_few_statements(client, hall, django_assert_num_queries):
    at_ = reverse("portal:appointment_times", args=[hall.organ.code, "social"])
    client.get(at_)
    with django_assert_num_queries(3):
        client.get(at_ + "?from=2024-03-04")


def test_a_purpose_that_counts_by_person_asks_for_the_document_and_judges_it(client, hall, sound):
    form = chosen(client, hall, purpose="passport").form("确认预约")
    wrong = form.fill(WHO | {"证件号码": "110105194912310021"}).send("确认预约")
    assert wrong.status == 422
    assert Appointment.objects.get().state == "held"
    right = wrong.form("确认预约").fill({"证件号码": "11010519491231002x"}).send("确认预约")
    assert right.status == 200
    assert Appointment.objects.get().identity == "11010519491231002X"
