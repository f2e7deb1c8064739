"""B7 in the browser: from a life event to my own list and the application; the editor's desk."""

import re

import pytest

from tests.browser.test_main_job import sign_in

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
    ):
        page.check(f"[name={key}][value={value}]")
        page.get_by_role("button", name="继续").click()
    assert "可以申领" in page.locator("h1").inner_text()
    assert "不用另带银行卡或者存折" in page.locator("main").inner_text()
    sound("checklist")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "nothing is cut off or scrolled sideways"
    page.get_by_role("button", name=re.compile("已按回答填好")).click()
    assert re.search(r"/drafts/\d+/applicant/", page.url)

    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, city, "fengban")
    desk = city + "/office/cd-bgt/government_office/questions/"
    page.goto(desk)
    sound("questions-list")
    page.get_by_role("link", name="买车开车要办什么").click()
    assert "还有4处问题，不能公布" in page.locator("main").inner_text()
    sound("questions-editor")
    page.locator("form[action$='/publish/'] summary").click()
    page.get_by_role("button", name="确认：公布", exact=True).click()
    assert page.locator("main .error-summary li").count() > 3
    page.goto(desk + "driving/question/car/")
    page.select_option("[name=otherwise]", "register")
    sound("questions-node")
    page.get_by_role("button", name="保存并返回问答").click()
    assert "还有2处问题，不能公布" in page.locator("main").inner_text()


def test_an_editor_writes_a_guide_and_a_resident_walks_it_without_script(
    city, page, browser, sound
):
    """The checker refuses a dead end; what the resident answered opens the application filled."""
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, city, "linxia")
    desk = city + "/office/cd-mzh/editor/questions/"
    page.goto(desk + "new/")
    sound("questions-new")
    page.select_option("[name=begin-item]", "510100-0024")
    page.fill("[name=begin-title]", "我家能申请低保吗")
    page.fill("[name=begin-slug]", "low-income")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="添加问题").click()
    page.fill("[name=text]", "您现在住的房子是哪种")
    page.check("[name=kind][value=one]")
    for place, (label, value) in enumerate((("自己的", "own"), ("租的", "rent"))):
        page.fill(f"[name=options-{place}-label]", label)
        page.fill(f"[name=options-{place}-value]", value)
    page.locator("details:has([name=fills]) > summary").click()
    page.check("[name=fills][value$=housing]")
    page.get_by_role("button", name="保存并返回问答").click()
    assert "不能公布" in page.locator(".error-summary h2").inner_text()
    sound("questions-faults")
    page.get_by_role("link", name="添加结果").click()
    page.fill("[name=title]", "可以申请低保")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="添加事项").click()
    page.select_option("[name=item]", "510100-0024")
    page.get_by_role("button", name="保存", exact=True).click()
    page.goto(desk + "low-income/question/q1/")
    page.select_option("[name=otherwise]", "r1")
    page.get_by_role("button", name="保存并返回问答").click()
    assert "路径都走得通" in page.locator("main .notice").first.inner_text()
    assert page.locator("form[action$='/publish/']").count() == 0  # not by who wrote it
    sign_in(page, city, "gaotao")
    page.goto(city + "/office/cd-mzh/catalogue_clerk/questions/low-income/")
    page.locator("form[action$='/publish/'] summary").click()
    page.fill("[name=publish-note]", "第一版")
    page.get_by_role("button", name="确认：公布", exact=True).click()
    sound("questions-published")

    quiet = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    reader = quiet.new_page()
    reader.goto(city + "/services/510100-0024/")
    reader.get_by_role("link", name="我家能申请低保吗").click()
    reader.get_by_label("租的").check()
    reader.get_by_role("button", name="继续").click()
    assert "可以申请低保" in reader.locator("h1").inner_text()
    reader.get_by_role("button", name=re.compile("已按回答填好")).click()
    reader.goto(reader.url.replace("/applicant/", "/questions/"))
    assert reader.locator("[name=housing][value=rent]").is_checked()
    quiet.close()
