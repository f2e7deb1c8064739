"""Applying on a phone, for somebody else, with a co-signatory, and what follows. A11, B6.

One walk from the guide to the supplement, on three devices; one at the window for a letter.
"""

import re

import pytest

from tests.browser.test_main_job import act, picture, sign_in

pytestmark = pytest.mark.browser

ITEM = "/services/510100-0024/"  # 最低生活保障金给付
PHONE, DESKTOP = {"width": 390, "height": 800}, {"width": 1280, "height": 900}
MOTHER, BROTHER = "11010519491231002X", "510104199001010019"
PAPERS = (
    "household-register",
    "means-consent",
    "income-proof",
    "asset-proof",
    "bank-card",
)
MEBIBYTE = 1024 * 1024
ANSWERS = {
    "subject": "母亲申请低保",
    "home-street": "春熙路街道",
    "place": "锦江区春熙路1号",
    "born": "1949-12-31",
    "rent": "600",
    "family-0-name": "刘桂兰",
    "family-0-income": "420",
}


def go_on(page):
    page.get_by_role("button", name="继续", exact=True).click()
    page.wait_for_load_state()


def fits(page):
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], "nothing is cut off or scrolled sideways"


def answered(page, prefix=""):
    for name, value in (("housing", "rent"), ("delivery", "in_person")):
        page.check(f"[name={prefix}{name}][value={value}]")  # the rent is asked for after this
    for name, value in ANSWERS.items():
        page.fill(f"[name={prefix}{name}]", value)
    page.select_option(f"[name={prefix}home]", "510104")
    page.select_option(f"[name={prefix}family-0-relation]", "self")
    for name in ("consent", "true"):
        page.check(f"[name={prefix}{name}]")


def test_a_daughter_applies_for_her_mother_on_three_devices(city, page, browser, sound):
    page.set_viewport_size(PHONE)
    sign_in(page, city, "wangfang")
    page.goto(city + ITEM)
    page.get_by_role("button", name="网上申报").first.click()
    page.get_by_role("button", name="受他人委托申请").click()
    go_on(page)
    sound("apply-agent-refused-phone")
    assert "请填写" in page.locator(".error-summary").inner_text() or page.locator(".error").count()
    page.fill("[name=name]", "刘桂兰")
    page.fill("[name=number]", MOTHER)
    page.fill("[name=phone]", "13800000001")
    page.fill("[name=scope]", "代为申请、补正，领取结果。")
    go_on(page)

    # A row is added without loss; a half-typed form is saved and named.
    page.fill("[name=subject]", ANSWERS["subject"])
    page.get_by_role("button", name="增加一行").click()
    assert page.input_value("[name=subject]") == ANSWERS["subject"]
    page.get_by_role("button", name=re.compile("删除.*第2行")).click()
    page.get_by_role("button", name="保存，以后再填").click()
    draft = re.search(r"/drafts/(\d+)/", page.url).group(1)
    page.goto(city + "/my/")
    mine = page.locator(f"article[aria-labelledby=d{draft}]")
    mine.get_by_role("link", name=re.compile("改名、续填单、删除")).click()
    page.locator("summary", has_text="改名").click()
    page.fill("[name=rename-name]", "替母亲申请低保")
    page.get_by_role("button", name="保存名称").click()
    sound("draft-kept-phone")
    page.goto(city + "/my/")
    assert page.get_by_role("link", name="替母亲申请低保", exact=True).count()
    sound("my-drafts-phone")
    page.goto(f"{city}/drafts/{draft}/slip/")
    code = page.locator("main .code").inner_text()
    sound("slip-phone")
    fits(page)

    # Another device: nothing but the code, and what was typed is there.
    there = browser.new_context(viewport=DESKTOP)
    other = there.new_page()
    other.goto(f"{city}/en/resume/")
    other.fill("[name=code]", code)
    other.get_by_role("button", name="Continue").click()
    assert other.input_value("[name=subject]") == ANSWERS["subject"]
    there.close()

    page.goto(f"{city}/drafts/{draft}/questions/")
    go_on(page)
    assert "户籍所在地" in page.locator(".error-summary").inner_text()
    sound("apply-questions-refused-phone")
    answered(page)
    page.press("[name=family-0-name]", "Enter")  # goes on, and takes no row away
    page.wait_for_url("**/papers/")

    # A file that is not what it says, and one too big: said beside the paper, the others kept.
    wrong = {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 a program"}
    big = {"name": "扫描.pdf", "mimeType": "application/pdf"}
    big["buffer"] = b"%PDF-1.4 " + b"0" * 20 * MEBIBYTE
    page.locator("#m-income-proof").set_input_files(wrong)
    page.locator("#m-asset-proof").set_input_files(big)
    page.locator("#m-id-cards").set_input_files(picture("id"))
    go_on(page)
    page.locator("#m-income-proof[aria-invalid=true]").wait_for()
    said = page.locator("main").inner_text()
    assert "“证明.pdf”不是PDF" in said
    assert "超过上限20 MB" in said
    assert "id.png" in said
    sound("apply-papers-refused-phone")
    fits(page)
    for key in ("authorisation", *PAPERS):
        page.locator(f"#m-{key}").set_input_files(picture(key))
    go_on(page)
    page.wait_for_url("**/review/")

    # The brother must sign too: he reads the very content on his own device.
    page.get_by_role("link", name="请他人共同签署").click()
    page.fill("[name=name]", "刘建国")
    page.fill("[name=number]", BROTHER)
    page.get_by_role("button", name="添加").click()
    sound("apply-signatures-phone")
    signing = page.locator("main strong").first.inner_text()
    go_on(page)
    page.get_by_role("button", name="提交申请").click()
    assert "刘建国还没有签署" in page.locator("main").inner_text()
    there = browser.new_context(viewport=PHONE)
    other = there.new_page()
    other.goto(city + "/sign/")
    other.fill("[name=code]", signing)
    other.get_by_role("button", name="继续").click()
    assert "母亲申请低保" in other.locator("main").inner_text()
    other.fill("[name=name]", "刘建国")
    other.fill("[name=number]", BROTHER)
    other.get_by_role("button", name="签字", exact=True).click()
    assert "已签" in other.locator("main").inner_text()
    there.close()

    page.goto(f"{city}/drafts/{draft}/review/")
    sound("apply-review-agent-phone")
    fits(page)
    page.get_by_role("button", name="提交申请").click()
    number = page.locator(".case-number").inner_text().strip()
    sound("receipt-phone")
    assert re.fullmatch(r"\d{8}-[0-9A-F]{8}", number)

    # The window asks once for one thing; only that is open.
    page.set_viewport_size(DESKTOP)
    sign_in(page, city, "liming")
    page.goto(f"{city}/office/cd-mzh/window/{number}/")
    act(
        page, "ask_for_supplement", **{"field-family": "少填了同住的儿子，请补填姓名、关系和收入。"}
    )
    assert "待补正" in page.locator("main").inner_text()
    sign_in(page, city, "wangfang")
    page.set_viewport_size(PHONE)
    page.goto(f"{city}/cases/{number}/supplement/")
    assert page.locator("[name=rent]").count() == 0
    sound("supplement-phone")
    fits(page)
    page.get_by_role("button", name="增加一行").click()
    page.fill("[name=family-1-name]", "刘建国")
    page.select_option("[name=family-1-relation]", "child")
    page.fill("[name=family-1-income]", "1500")
    page.get_by_role("button", name="提交补正").click()
    assert "窗口" in page.locator("main").inner_text()
    page.goto(f"{city}/en/cases/{number}/")
    assert "Supplement received" in page.locator("main").inner_text()
    sound("case-english-phone")
    fits(page)
    page.goto(f"{city}/en/my/messages/")
    assert f"Something is missing · {number}" in page.locator("main").inner_text()


def test_the_window_enters_a_letter_for_somebody(city, page, sound):
    page.set_viewport_size(DESKTOP)
    sign_in(page, city, "liming")
    page.goto(city + "/office/cd-mzh/window/new/")
    sound("intake-choose")
    page.locator("main a[href*='510100-0024']").first.click()
    page.locator("summary", has_text="来源").click()
    page.check("[name=channel][value=post]")
    page.fill("[name=name]", "刘桂兰")
    page.fill("[name=number]", MOTHER)
    page.fill("[name=phone]", "13800000001")
    page.locator("summary", has_text="申请内容").click()
    page.fill("[name=q-subject]", ANSWERS["subject"])
    page.get_by_role("button", name="增加一行").click()
    page.get_by_role("button", name=re.compile("删除.*第2行")).click()
    assert page.input_value("[name=name]") == "刘桂兰"
    page.get_by_role("button", name="收件，出回执").click()
    assert "户籍所在地" in page.locator("main").inner_text()
    sound("intake-refused")
    answered(page, "q-")
    for key in ("id-cards", *PAPERS):
        page.fill(f"[name=h-{key}-copies]", "1")
    page.get_by_role("button", name="收件，出回执").click()
    page.get_by_role("link", name="查看办件").wait_for()
    assert "已收件" in page.locator("main").inner_text()
    page.get_by_role("link", name="查看办件").click()
    page.wait_for_url(re.compile(r"/window/\d{8}-[0-9A-F]{8}/"))
    assert "邮寄" in page.locator("main").inner_text()
    sound("intake-matter")
