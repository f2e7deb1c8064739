"""并联审批 in the browser: the editor page and the public page, phone and desktop, bilingual."""

import re

import pytest

from tests.browser.test_main_job import sign_in

pytestmark = pytest.mark.browser
PHONE, DESKTOP = {"width": 390, "height": 800}, {"width": 1280, "height": 900}


def fits(page) -> bool:
    wide = page.evaluate("document.documentElement.scrollWidth")
    return wide <= page.viewport_size["width"]


def test_a_matter_is_read_on_a_phone_and_written_at_a_desk(city, page, sound):
    page.set_viewport_size(PHONE)
    page.goto(city + "/topics/")
    page.get_by_role("main").get_by_role("link", name="一件事联办").click()
    sound("joint-list")
    assert fits(page)
    page.get_by_role("link", name=re.compile("开办餐饮店")).click()
    sound("joint-phone")
    assert fits(page), "nothing is cut off or scrolled sideways"
    main = page.get_by_role("main")
    assert main.get_by_text("从业人员健康证明", exact=True).count() == 2  # list, checklist
    page.get_by_label("店里要卖烟吗").uncheck()
    page.get_by_role("button", name="显示我的清单").click()
    assert "这是您自己的清单" in main.inner_text()
    assert "烟草专卖零售许可证新办申请表" not in main.inner_text()
    for size, name in ((DESKTOP, "joint-en"), (PHONE, "joint-en-phone")):
        page.set_viewport_size(size)
        page.goto(city + "/en/joint/building-permits/")
        assert "Permits to begin building" in page.locator("h1").inner_text()
        sound(name)
        assert fits(page)

    page.set_viewport_size(DESKTOP)
    sign_in(page, city, "xuxin")
    desk = city + "/office/cd-xxb/informatization/joint/"
    page.goto(desk)
    sound("joint-desk")
    page.get_by_role("link", name=re.compile("开办药店")).click()
    assert "还有5处问题，不能公布" in page.locator("main").inner_text()
    sound("joint-matter")
    page.get_by_role("main").get_by_role("link", name="编辑", exact=True).click()
    page.fill("[name=title_en]", "Opening a pharmacy")
    page.fill("[name=find]", "户外广告")
    page.get_by_role("button", name="查找事项").click()
    sound("joint-editor")
    page.get_by_role("button", name=re.compile("^添加.*户外广告")).click()
    assert page.input_value("[name=title_en]") == "Opening a pharmacy"
    page.fill("[name=summary_en]", "Medicines, devices and the sign in one application.")
    page.fill("[name=limit_days]", "99")
    page.get_by_role("button", name="保存草稿").first.click()
    assert "您填写的内容都还在" in page.locator("main").inner_text()
    assert page.input_value("[name=title_en]") == "Opening a pharmacy"
    sound("joint-editor-wrong")
    page.fill("[name=limit_days]", "20")
    page.fill("[name=parts-1-question_en]", "Will you sell class III devices?")
    page.set_viewport_size(PHONE)
    sound("joint-editor-phone")
    assert fits(page)
    page.get_by_role("button", name="保存草稿").first.click()
    assert "没有问题，可以由市政府办公厅公布" in page.locator("main").inner_text()
    page.get_by_role("link", name="预览合并的清单和表单").click()
    sound("joint-preview-phone")
    page.set_viewport_size(DESKTOP)
    sound("joint-preview")
    page.goto(desk + "open-a-pharmacy/")
    assert page.locator("form[action$='/publish/']").count() == 0  # not by who wrote it
    page.locator("form[action$='/send/'] summary").click()
    page.locator("form[action$='/send/'] button").last.click()
    sign_in(page, city, "fengban")
    page.goto(city + "/en/office/cd-bgt/government_office/joint/open-a-pharmacy/")
    sound("joint-matter-en")
    page.locator("form[action$='/publish/'] summary").click()
    page.fill("[name=publish-note]", "首次公布")
    page.get_by_role("button", name="Confirm: Publish", exact=True).click()
    page.goto(city + "/joint/open-a-pharmacy/")
    assert "开办药店" in page.locator("h1").inner_text()
