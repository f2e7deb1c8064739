"""B7 in the browser: from a life event to my own list and the application; the editor's desk."""

import re

import pytest

from openhall.demo.cast import PASSWORD

pytestmark = pytest.mark.browser


def test_questions_lead_to_my_list_and_the_editor_sees_each_fault(city, page, sound):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(city + "/topics/")
    sound("topics")
    page.get_by_role("link", name="我要退休养老").click()
    page.get_by_role("link", name="高龄津贴发放").click()
    page.get_by_role("link", name="我家老人能领高龄津贴吗").click()
    page.get_by_role("button", name="继续").click()
    assert "请填写一个数" in page.locator("main").inner_text()
    page.fill("[name=age]", "84")
    sound("question")
    page.get_by_role("button", name="继续").click()
    for key, value in (
        ("household", "yes"),
        ("who", "family"),
        ("card", "yes"),
        ("delivery", "post"),
    ):
        page.check(f"[name={key}][value={value}]")
        page.get_by_role("button", name="继续").click()
    assert "可以申领" in page.locator("h1").inner_text()
    assert "不用另交银行账户" in page.locator("main").inner_text()
    sound("checklist")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "nothing is cut off or scrolled sideways"
    page.get_by_role("button", name=re.compile("已按回答填好")).click()
    assert re.search(r"/drafts/\d+/applicant/", page.url)

    page.set_viewport_size({"width": 1280, "height": 900})
    page.context.clear_cookies()
    page.goto(city + "/accounts/login/")
    page.fill("#id_login", "fengban")
    page.fill("#id_password", PASSWORD)
    page.locator("main form[action*=login] button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/(office/.*)?$"))
    desk = city + "/office/cd-bgt/government_office/questions/"
    page.goto(desk)
    sound("questions-list")
    page.get_by_role("link", name="买车开车要办什么").click()
    assert "还有4处问题，不能公布" in page.locator("main").inner_text()
    sound("questions-editor")
    page.get_by_role("button", name="公布", exact=True).click()
    assert "不能公布" in page.locator("main .notice").first.inner_text()
    page.goto(desk + "driving/question/car/")
    page.select_option("[name=otherwise]", "register")
    sound("questions-node")
    page.get_by_role("button", name="保存并返回问答").click()
    assert "还有2处问题，不能公布" in page.locator("main").inner_text()
