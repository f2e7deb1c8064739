"""What a visitor without an account is asked before writing: pressed to the end, in a browser.

On every page that asks; and without a script, where the other ways stand.
"""

import re
import uuid

import pytest

from tests.browser.samples import answered_by_sample, papers_of
from tests.browser.test_main_job import FEE_ITEM, picture

pytestmark = pytest.mark.browser

PHONE, DESKTOP = {"width": 390, "height": 800}, {"width": 1280, "height": 900}
COMPLAINT = "窗口让我再来三次，没有说明缺什么材料。"


@pytest.fixture
def stranger(browser):
    """A browser that was never here; ended afterwards."""
    opened = []

    def come(**how):
        context = browser.new_context(**how)
        opened.append(context)
        return context.new_page()

    yield come
    for one in opened:
        one.close()


def counted(page):
    """The browser has counted: the widget holds its sum."""
    kept = page.locator("input[name$=proof-sum][value]:not([value=''])")
    kept.wait_for(state="attached", timeout=60_000)


def complain(page, city, language=""):
    page.goto(f"{city}{language}/complaints/new/")
    page.check("[name=complain-about][value=window]")
    page.select_option("[name=complain-organ]", index=1)
    page.fill("[name=complain-text]", COMPLAINT)


@pytest.mark.parametrize(("view", "language"), [(PHONE, ""), (DESKTOP, "/en")])
def test_a_complaint_is_counted_for_and_sent(city, stranger, view, language):
    page = stranger(viewport=view)
    complain(page, city, language)
    counted(page)
    page.get_by_role("button", name=re.compile("提交投诉|Send the complaint")).click()
    page.wait_for_url(re.compile(r"/complaints/TS-\d{4}-\d+/"))
    assert COMPLAINT in page.locator("main").inner_text()


def test_a_form_sent_back_for_another_fault_is_not_counted_for_in_vain(city, stranger):
    page = stranger(viewport=DESKTOP)
    complain(page, city)
    page.fill("[name=complain-text]", "太短")
    counted(page)
    page.get_by_role("button", name="提交投诉").click()
    page.locator(".error-summary").wait_for()
    page.fill("[name=complain-text]", COMPLAINT)
    counted(page)
    page.get_by_role("button", name="提交投诉").click()
    page.wait_for_url(re.compile(r"/complaints/TS-\d{4}-\d+/"))


def test_an_account_is_counted_for_and_opened(city, stranger):
    page = stranger(viewport=PHONE)
    page.goto(city + "/accounts/signup/")
    name = f"a{uuid.uuid4().hex[:10]}"
    page.fill("[name=username]", name)
    page.fill("[name=email]", f"{name}@example.org")
    for field in page.locator("[type=password]").all():
        field.fill("一个很长的密码 Aa1")
    page.fill("[name=real_name]", "欧阳娜")
    page.select_option("[name=id_kind]", "passport")
    page.fill("[name=id_number]", f"E{uuid.uuid4().int % 10**8:08d}")
    page.fill("[name=phone]", "138-0013-8000")
    counted(page)
    page.locator("main form[action*=signup] button[type=submit]").last.click()
    page.wait_for_url(lambda address: "/signup/" not in address)


def test_an_application_without_account_is_counted_for_and_sent(city, stranger):
    page = stranger(viewport=DESKTOP)
    page.goto(city + "/search/?q=" + FEE_ITEM)
    page.get_by_role("link", name=FEE_ITEM).first.click()
    page.get_by_role("button", name="网上申报").click()
    page.fill("[name=name]", "欧阳娜")
    page.select_option("[name=identity]", "hk_macao_permit")
    page.fill("[name=number]", "h 1234 5678")
    page.fill("[name=phone]", "13800138000")
    page.get_by_role("button", name="继续").click()
    answered_by_sample(page, "passport-ordinary", but={"pinyin": "OUYANG NA"})
    page.get_by_role("button", name="继续").click()
    if page.locator("[name=post_address]").count():
        page.fill("[name=post_address]", "锦江区春熙路1号2栋301室")
        page.get_by_role("button", name="继续").click()
    papers_of(page, picture)
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/review/")
    assert "港澳居民来往内地通行证 H12345678" in page.locator("main").inner_text()
    page.get_by_label("我不是机器程序").click()
    counted(page)
    page.get_by_role("button", name="提交申请").click()
    assert page.locator(".case-number").inner_text().strip()


@pytest.mark.parametrize("path", ["/complaints/new/", "/accounts/signup/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_without_a_script_the_other_ways_stand_there(city, stranger, path, language):
    page = stranger(viewport=PHONE, java_script_enabled=False)
    page.goto(city + language + path)
    way = page.locator("details", has=page.locator("[name$=proof-phone]"))
    way.locator("summary").click()
    assert way.locator("[name$=proof-code]").is_visible()
    assert "12345" in way.inner_text()
    assert re.search("窗口|window", way.inner_text())


def test_without_a_script_and_code_what_was_typed_stays_and_the_way_is_said(city, stranger):
    page = stranger(viewport=PHONE, java_script_enabled=False)
    complain(page, city)
    page.get_by_role("button", name="提交投诉").click()
    said = page.locator("main").inner_text()
    assert "12345" in said
    assert page.input_value("[name=complain-text]") == COMPLAINT
