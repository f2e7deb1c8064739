"""并联审批 in the browser: a resident applies on a phone, units opine and meet, one timeline."""

import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from openhall.demo.cast import PASSWORD
from tests.browser.samples import answered_by_sample
from tests.browser.test_main_job import picture

pytestmark = pytest.mark.browser
PHONE, DESKTOP = {"width": 390, "height": 800}, {"width": 1280, "height": 900}
CIVIL, POLICE = "cd-mzh", "cd-gaj"
CHARITY = {"name": "成都示例慈善会", "number": "91510100MA6TE8T1XE", "phone": "028-86660000"}


def sign_in(page, city, who):
    page.context.clear_cookies()
    page.goto(city + "/accounts/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", PASSWORD)
    page.locator("main form[action*=login] button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/(office/.*)?$"))


def narrow(page):
    """Nothing is cut off or scrolled sideways on a phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def does(page, name, **typed):
    """Open one act on the joint desk, type, confirm; ``name`` begins its form's address."""
    form = page.locator(f"form[action*='/{name}']").first
    form.locator("summary").click()
    for field, value in typed.items():
        control = form.locator(f"[name$='-{field}']")
        kind = control.first.get_attribute("type")
        if kind == "radio":
            form.locator(f"[name$='-{field}'][value='{value}']").check()
        elif control.first.evaluate("e => e.tagName") == "SELECT":
            control.first.select_option(index=value)
        else:
            control.first.fill(value)
    form.locator("details button[type=submit]").click()
    page.wait_for_load_state()


def test_a_resident_applies_once_and_the_units_answer_as_one(city, page, sound):
    page.set_viewport_size(PHONE)
    sign_in(page, city, "wangfang")
    page.goto(city + "/joint/charity-event/apply/")
    sound("joint-apply")
    narrow(page)
    page.get_by_role("button", name="开始申请").click()
    for field, value in CHARITY.items():  # both matters serve units alone
        page.fill(f"[name={field}]", value)
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/questions/")
    answered_by_sample(page, "public-fundraising-qualification", part=0)
    answered_by_sample(page, "large-event-safety", but={"plan": picture("plan")}, part=1)
    sound("joint-questions")
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/papers/")
    asked = page.locator("fieldset.field > legend").all_inner_texts()
    assert len(asked) == len(set(asked)), "what both units need is asked for once"
    for n in range(page.locator("input[type=file]:not([capture])").count()):
        page.locator("input[type=file]:not([capture])").nth(n).set_input_files(picture(f"p{n}"))
    sound("joint-papers")
    narrow(page)
    page.get_by_role("button", name="继续").click()
    send = page.get_by_role("button", name="提交申请")
    send.wait_for()  # what was brought has arrived
    sound("joint-review")
    send.click()
    number = page.locator(".case-number").inner_text().strip()
    assert number.startswith("L")
    code = page.locator("main strong.code").inner_text()
    sound("joint-sent")
    narrow(page)

    page.set_viewport_size(DESKTOP)

    def at(who, organ, desk):
        sign_in(page, city, who)
        page.goto(f"{city}/office/{organ}/{desk}/together/{number}/")

    sign_in(page, city, "liming")
    page.goto(f"{city}/office/{CIVIL}/window/together/")
    assert number in page.locator("main").inner_text()
    sound("desk-joint-led")
    at("liming", CIVIL, "window")
    does(page, "accept")
    at("maming", POLICE, "window")
    does(page, "sign-")
    sign_in(page, city, "luhao")
    page.goto(f"{city}/office/{POLICE}/handler/together/notices/")
    sound("desk-joint-notices")
    at("luhao", POLICE, "handler")
    does(page, "opine-", opinion="disagree", reason="不行")
    assert "不同意须写明理由" in page.locator("main").inner_text()
    at("luhao", POLICE, "handler")
    does(page, "opine-", opinion="disagree", reason="活动场地出口宽度不足，人流无法疏散。")
    at("liming", CIVIL, "window")
    does(page, "sign-")
    at("zhaolei", CIVIL, "handler")
    does(page, "opine-", opinion="agree")
    # The minute must not have begun by the time the form is sent, however slow the machine.
    meets = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=2)
    meets = meets.replace(second=0, microsecond=0)
    if (meets - datetime.now(ZoneInfo("Asia/Shanghai"))).total_seconds() < 90:
        meets += timedelta(minutes=1)
    does(page, "call_meeting", meets_at=f"{meets:%Y-%m-%dT%H:%M}", place="锦里广场现场")
    sound("desk-joint-matter")
    while datetime.now(ZoneInfo("Asia/Shanghai")) <= meets + timedelta(seconds=1):
        time.sleep(1)
    at("zhaolei", CIVIL, "handler")
    form = page.locator("form[action*='/hold_meeting/']")
    form.locator("summary").click()
    for one in range(form.locator("select").count()):
        form.locator("select").nth(one).select_option(index=1)
    form.locator("textarea").fill("各单位现场踏勘，增开一处出口后同意举办。")
    sound("desk-joint-meeting")
    form.locator("details button[type=submit]").click()
    page.wait_for_load_state()
    at("sunping", CIVIL, "decider")
    does(page, "conclude", approve="yes", said="增开出口后符合条件，同意举办。")
    assert "须向该单位书面说明理由" in page.locator("main").inner_text()

    page.set_viewport_size(PHONE)
    page.context.clear_cookies()
    for prefix, said in (("", "各办理单位"), ("/en", "Every unit")):
        page.goto(f"{city}{prefix}/track/")
        page.locator("input[name=code]").fill(code)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(re.compile(rf"/applications/{number}/"))
        told = page.locator("main").inner_text()
        assert said in told
        assert ("不同意" if not prefix else "Does not agree") in told
        assert number in told
        sound(f"joint-timeline{prefix.replace('/', '-')}")
        narrow(page)
    page.locator("ol.lanes a").first.click()
    assert "/cases/" in page.url
    sound("joint-part")
