"""A visit to the hall: a ticket by phone, the screen that calls it, the receipt, the acceptance.

Three at once: somebody with a phone, 罗梅 at window 2 of the Jinjiang hall, the screen on the wall.
"""

import re

import pytest

from tests.browser.test_intake_keys import PERSON
from tests.browser.test_main_job import sign_in

pytestmark = pytest.mark.browser

COUNTER = "/office/cd-510104-spj/window/counter/"
# The hall is open whatever the hour at which this runs, and its mornings' people have come.
OPEN_NOW = """
from datetime import timedelta
from django.utils import timezone
from openhall.deeds.doing import Doing
from openhall.demo import halls
from openhall.hall.actions import centres
from openhall.hall.kinds import OPENING
from openhall.hall.models import Hall, Opening
from openhall.hours.rules.week import Span
from openhall.organs.models import Account
from openhall.versions import actions as versions
today, now, hall = timezone.localdate(), timezone.now(), Hall.objects.get(slug="jinjiang")
if not Opening.objects.filter(hall=hall, exception=today.isoformat()).exists():
    by = lambda name, key: Doing(Account.objects.get(username=name), now, "s:test-" + key)
    day = [Span(n, 0, 1440) for n in range(1, 8)]
    made = centres.begin_hours(hall, day, by("xiaban", "w"), first_day=today,
        last_day=today + timedelta(days=1), last_ticket=0, reason="test")
    versions.publish(OPENING, made.pk, today, by("fengban", "p"))
halls.live()
"""


@pytest.fixture(scope="module")
def hall(city, asked_of_the_city):
    asked_of_the_city(OPEN_NOW)
    return city


def test_from_the_ticket_by_phone_to_the_acceptance_with_the_screen_that_calls(
    hall, page, browser, sound
):
    phone = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    screen = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    for one in (phone, screen):
        one.set_default_timeout(page_patience())

    # 取号: nothing is asked of the person but what for.
    phone.goto(f"{hall}/hall/jinjiang/")
    phone.get_by_label("A 综合").check()
    phone.get_by_role("button", name="取号").last.click()
    phone.wait_for_url(re.compile("/ticket/"))
    number = phone.locator(".ticket-number").inner_text()
    assert re.fullmatch(r"A\d{3}", number)

    screen.goto(f"{hall}/hall/jinjiang/display/")
    sign_in(page, hall, "luomei")
    page.goto(hall + COUNTER)
    if page.get_by_role("button", name="在2号窗口签到").count():
        page.get_by_role("button", name="在2号窗口签到").click()

    if page.get_by_role("button", name="办完").count():  # somebody stands there still
        page.get_by_role("button", name="办完").click()

    # 叫号: those before are called first; the phone and the screen say where to go.
    for _before in range(60):
        page.get_by_role("button", name="叫下一位").click()
        called = page.locator(".counter-number").inner_text()
        if called == number:
            break
        page.get_by_role("button", name="没有来").click()
    assert called == number
    sound("hall-window-called")
    phone.get_by_text("请到窗口 2").wait_for()
    first = screen.locator("[data-calls] li").first
    first.get_by_text(number).wait_for()
    assert "now" in first.get_attribute("class")

    # 收件、受理: the receipt is printed, the ticket leads to the case.
    page.get_by_role("button", name="人已到").click()
    assert taken_in(page)
    case = re.search(r"/received/([^/]+)/", page.url)[1]
    page.get_by_role("link", name="回到我的窗口").click()
    assert page.get_by_role("link", name=case).count() == 1
    page.goto(f"{hall}/office/cd-510104-spj/window/{case}/accept/")
    page.get_by_role("button", name=re.compile("受理")).last.click()
    page.goto(hall + COUNTER)
    page.get_by_role("button", name="办完").click()
    assert page.get_by_role("button", name="叫下一位").count() == 1
    phone.reload()
    assert "办完" in phone.locator("main").inner_text()


def page_patience() -> int:
    return 1_200_000


def taken_in(page) -> bool:
    """Take the papers of some matter in: the first that asks for nothing more than the person."""
    page.get_by_role("link", name="收件", exact=True).click()
    addresses = [row.get_attribute("href") for row in page.locator("#items li a").element_handles()]
    for address in addresses:
        page.goto(page.url.split("/office/")[0] + address)
        if not page.locator("#intake").count():
            continue
        if page.locator("input[name=kind][value=company]").is_checked():
            continue
        number, name, telephone = PERSON
        page.fill("[name=number]", number)
        page.fill("[name=name]", name)
        page.fill("[name=phone]", telephone)
        page.check("[name=h-all]")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if "/received/" in page.url:
            return True
    return False


@pytest.mark.parametrize(
    "address", ["/halls/", "/hall/city/", "/hall/city/display/", "/hall/city/window/1/"]
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_of_a_hall_are_sound(hall, page, sound, address, language):
    page.goto(hall + language + address)
    page.wait_for_timeout(500)
    sound("hall" + (language + address).replace("/", "-").strip("-"))


@pytest.mark.parametrize("desk", ["hall/now/", "hall/roster/", "hall/centres/"])
def test_desks_of_a_centre_are_sound(hall, page, sound, desk):
    sign_in(page, hall, "wujun")
    page.goto(f"{hall}/office/cd-hall/centre_manager/{desk}")
    sound("desk-" + desk.replace("/", "-").strip("-"))
