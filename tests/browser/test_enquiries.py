"""A question of a resident, walked by its people: asked, answered, sent, published, read. A8.

Phone and desk, Chinese and English, without a violation of axe.
"""

import re

import pytest

from tests.browser.test_main_job import sign_in
from tests.browser.test_procedure_and_supervision import DESK, PHONE, in_english, sound_on_both

pytestmark = pytest.mark.browser
TITLE = "收养登记要不要两个人都到场？"
ANSWER = "夫妻双方应当共同到场，带身份证、户口簿，当场办结，不收费。"


def opened(page, act):
    """The folded form of one act."""
    form = page.locator(f"form[action$='/{act}/']")
    form.locator("summary").first.click()
    return form


def confirmed(form, page):
    form.locator("details button[type=submit]").last.click()
    page.wait_for_load_state()


@pytest.fixture(scope="module")
def asked():
    """The number and the code of the question of this module."""
    return {}


def test_a_resident_asks_and_is_offered_what_there_is_first(city, page, sound, asked):
    page.set_viewport_size(PHONE)
    sign_in(page, city, "wangfang")
    page.goto(city + "/enquiries/new/")
    sound_on_both(page, sound, "enquiry-first")
    page.fill("#q", TITLE)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    sound_on_both(page, sound, "enquiry-ask")
    page.fill(
        "[name=enquire-text]", "我叫王芳，电话13812345678，爱人在外地上班，想问能不能我一个人去。"
    )
    page.select_option("[name=enquire-organ]", label="成都市民政局")
    page.check("[name=enquire-may_publish]")
    page.get_by_role("button", name="提交咨询").click()
    page.wait_for_url(re.compile("/enquiries/mine/ZX-"))
    sound_on_both(page, sound, "enquiry-mine")
    in_english(page, city, sound, "enquiry-mine")
    asked["number"] = page.url.rstrip("/").split("/")[-1]
    asked["code"] = page.locator("main code").first.inner_text()


def test_the_unit_answers_and_another_sends(city, page, sound, asked):
    page.set_viewport_size(DESK)
    sign_in(page, city, "zhaolei")
    page.goto(f"{city}/office/cd-mzh/handler/enquiries/")
    sound_on_both(page, sound, "desk-enquiries")
    page.get_by_role("link", name=asked["number"]).click()
    sound_on_both(page, sound, "desk-enquiry")
    form = opened(page, "draft")
    form.locator("textarea").fill(ANSWER)
    confirmed(form, page)
    sign_in(page, city, "sunping")
    page.goto(f"{city}/office/cd-mzh/decider/enquiries/{asked['number']}/")
    confirmed(opened(page, "send"), page)
    assert "已答复" in page.locator("main").inner_text()


def test_the_editor_publishes_without_who_asked_and_everybody_reads(city, page, sound, asked):
    page.set_viewport_size(DESK)
    sign_in(page, city, "linxia")
    page.goto(f"{city}/office/cd-mzh/editor/enquiries/{asked['number']}/")
    form = opened(page, "publish")
    assert "13812345678" in form.inner_text()
    sound_on_both(page, sound, "desk-enquiry-publish")
    confirmed(form, page)
    page.context.clear_cookies()
    page.goto(f"{city}/enquiries/{asked['number']}/")
    shown = page.locator("main").inner_text()
    assert ANSWER in shown
    assert "王芳" not in shown
    assert "13812345678" not in shown
    sound_on_both(page, sound, "answer")
    in_english(page, city, sound, "answer")
    for place in ("enquiries", "enquiries/figures", "enquiries/overdue", "calls", "ratings"):
        page.goto(f"{city}/{place}/")
        sound_on_both(page, sound, place.replace("/", "-"))
        in_english(page, city, sound, place.replace("/", "-"))


def test_the_asker_reads_it_with_the_code_and_says_that_it_helped(city, page, sound, asked):
    page.set_viewport_size(PHONE)
    page.goto(city + "/track/")
    page.fill("main input[name=code]", asked["code"])
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(re.compile("/enquiries/mine/"))
    page.check("[name=find_helpful-helped][value=yes]")
    page.locator("form[action$='/find_helpful/'] button.button").click()
    page.wait_for_load_state()
    sound_on_both(page, sound, "enquiry-answered")
    in_english(page, city, sound, "enquiry-answered")
