"""A day in the hall as five people: kiosk → ticket → window → bank → result → rating. issue 11.

A visitor without telephone or account; at the window, in the department, in the head's place and at
the fee window each their own person, in a browser of their own.
"""

import re

import pytest

from tests.browser.conftest import reloaded_until
from tests.browser.test_hall import PERSON, page_patience
from tests.browser.test_kiosk import kiosk_of
from tests.browser.test_main_job import ADULTS_TERM, FEE_ITEM, act, sign_in

pytestmark = pytest.mark.browser
POLICE = "/office/cd-gaj/{desk}/"
# 马明 sits at a window of his own today, for the line of the police.
SEATED = """
from datetime import time
from django.utils import timezone
from openhall.deeds.doing import Doing
from openhall.hall.actions import arranging, duty
from openhall.hall.models import Duty, Hall, Window
from openhall.organs.models import Account
hall, now, today = Hall.objects.get(slug="city"), timezone.now(), timezone.localdate()
wujun, maming = (Account.objects.get(username=name) for name in ("wujun", "maming"))
if not Duty.objects.filter(hall=hall, account=maming, day=today).exists():
    row = {"number": 98, "name": "户籍出入境", "lines": ["C"]}
    arranging.arrange(hall.pk, Doing(wujun, now, "s:test-98"), windows=[row])
    window = Window.objects.select_related("hall__organ").get(hall=hall, number=98)
    by = Doing(wujun, now, "s:test-98-plan")
    shift = duty.plan(window, maming, today, time(0), time(23, 59), by)
    duty.sign_in(shift.pk, Doing(maming, now, "s:test-98-in"))
"""
# The query code as it stands printed on the receipt in the visitor's hand.
CODE = """
import json
from openhall.papers.models import Paper
print(json.loads(Paper.objects.get(about="{number}", kind="receipt").content)["query"])
"""


@pytest.fixture
def people(browser, city):
    """``people(name)``: the page of one of them, signed in; each has a browser of their own."""
    made = {}

    def page_of(who):
        if who not in made:
            made[who] = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            made[who].set_default_timeout(page_patience())
            sign_in(made[who], city, who)
        return made[who]

    yield page_of
    for page in made.values():
        page.context.close()


def test_five_people_bring_a_visitor_from_the_kiosk_to_the_rating(
    city, asked_of_the_city, page, people, tmp_path
):
    with kiosk_of(city, asked_of_the_city, tmp_path, "city", "wujun") as (kiosk, *_machine):
        asked_of_the_city(SEATED)
        page.set_viewport_size({"width": 1080, "height": 1600})

        # 取号: the visitor touches a line; nothing else is asked.
        page.goto(kiosk)
        page.get_by_role("link", name="取号").click()
        page.get_by_role("button", name="C 户籍出入境").click()
        ticket = page.locator(".paper-number").inner_text()

        # 叫号、收件: who sits at the window calls until the visitor's number comes.
        window = people("maming")
        window.goto(city + POLICE.format(desk="window") + "counter/")
        for _before in range(80):
            if window.get_by_role("button", name="办完").count():
                window.get_by_role("button", name="办完").click()
            window.get_by_role("button", name="叫下一位").click()
            if window.locator(".counter-number").inner_text() == ticket:
                break
            window.get_by_role("button", name="没有来").click()
        window.get_by_role("button", name="人已到").click()
        window.get_by_role("link", name="收件", exact=True).click()
        window.locator("#items li a", has_text=FEE_ITEM).first.click()
        for name, value in zip(("number", "name", "phone"), PERSON, strict=True):
            window.fill(f"[name={name}]", value)
        window.check("[name=h-all]")
        with window.expect_navigation():
            window.keyboard.press("Enter")
        number = re.search(r"/received/([^/]+)/", window.url)[1]

        def at(who, desk):
            people(who).goto(f"{city}{POLICE.format(desk=desk)}{number}/")
            return people(who)

        act(at("maming", "window"), "accept")
        act(at("maming", "window"), "hand_over", taker="陆昊")
        act(at("luhao", "handler"), "review", opinion="grant", note="符合条件，同意签发。")
        act(at("yanhui", "decider"), "decide", outcome="granted", term=ADULTS_TERM)

        # 统一收费窗口: one notice, paid by card on the bank's terminal.
        fees = people("qianli")
        fees.goto(city + "/office/cd-hall/cashier/")
        row = fees.get_by_role("row", name=number)
        row.get_by_label("普通护照").fill("1")
        row.get_by_role("button", name="开具通知书").click()
        fees.get_by_role("row", name=number).get_by_role("link").first.click()
        with fees.expect_popup() as opened:
            fees.get_by_role("link", name="送到POS机").click()
        opened.value.get_by_role("button", name="确认缴费").click()
        to_terminal = fees.get_by_role("link", name="送到POS机")
        reloaded_until(fees, lambda: not to_terminal.count())

        # 制证、送达, then 办完: the visitor is asked how it was, at the kiosk, by the code.
        act(at("maming", "window"), "issue")
        act(at("maming", "window"), "deliver", way="in_person", receiver=PERSON[1])
        assert "已送达" in window.locator("main").inner_text()
        code = asked_of_the_city(CODE.format(number=number))
        page.goto(kiosk)
        page.get_by_role("link", name="评价").first.click()
        for sign in code:
            page.get_by_role("button", name=sign, exact=True).click()
        page.get_by_role("button", name="查进度").click()
        page.get_by_label("非常满意").check()
        page.get_by_role("button", name="提交评价").click()
        page.get_by_text("您的评价已经记录").wait_for()
