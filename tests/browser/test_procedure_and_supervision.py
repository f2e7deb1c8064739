"""The desks of the procedure, the papers, the messages and supervision, walked by their people.

One case of 王芳 goes the longer way; its papers are worded, its messages fail and go again, and
supervision looks at it: phone and desktop, Chinese and English, without a violation of axe.
"""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.browser.samples import answered_by_sample
from tests.browser.test_main_job import PAPERS, act, at_desk, picture, sign_in

pytestmark = pytest.mark.browser
ITEM = "高龄津贴发放"
WHY = "经核实，情况属实，请依法依规办理。"
PHONE, DESK = {"width": 390, "height": 840}, {"width": 1280, "height": 900}


def in_days(days):
    today: date = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    return (today + timedelta(days=days)).isoformat()


def main_of(page):
    return page.locator("main").inner_text()


def sound_on_both(page, sound, name):
    """The page as it stands, on a desk and on a phone, and its English."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        sound(f"{name}-{size['width']}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name


def in_english(page, city, sound, name):
    here = page.url.removeprefix(city)
    page.set_viewport_size(PHONE)
    page.goto(f"{city}/en{here}")
    sound(f"{name}-en")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    page.goto(city + here)
    page.set_viewport_size(DESK)


def confirmed(page, act_name):
    """Open one offer of an oversight page, type the reason, confirm."""
    form = page.locator(f"form[action$='/{act_name}/']")
    form.locator("summary").first.click()
    if form.locator("textarea").count():
        form.locator("textarea").first.fill(WHY)
    form.locator("details button[type=submit]").last.click()
    page.wait_for_load_state()


def does(page, verb, /, **typed):
    """One act, also where it stands among the seldom ones, folded away."""
    link = f"#acts a[href*='/{verb}/']"
    if not page.locator(link).first.is_visible():
        page.locator(f"#acts details:has(a[href*='/{verb}/']) > summary").first.click()
    act(page, verb, **typed)


@pytest.fixture(scope="module")
def applied():
    """The number of the case of this module, once somebody applied."""
    return {}


def apply(page, city):
    sign_in(page, city, "wangfang")
    page.goto(f"{city}/search/?q={ITEM}")
    page.get_by_role("link", name=ITEM).first.click()
    page.get_by_role("button", name="网上申报").click()
    page.get_by_role("button", name="继续").click()
    answered_by_sample(page, "old-age-allowance", but={"for_other": "no"})
    page.get_by_role("button", name="继续").click()
    for key in PAPERS:
        page.locator(f"#m-{key}").set_input_files(picture(key))
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="提交申请").click()
    return page.locator(".case-number").inner_text().strip()


def test_a_case_is_suspended_consulted_extended_and_heard(city, page, sound, applied):
    number = applied["number"] = apply(page, city)

    at_desk(page, city, "liming", "window", number)
    does(page, "accept")
    does(page, "hand_over", taker="赵磊")
    at_desk(page, city, "zhaolei", "handler", number)
    due = in_days(9)
    does(page, "consult", organ="成都市公安局", question=WHY, due_on=due)
    does(page, "suspend", ground="检测", basis="行政许可法 45", planned_days="2")
    assert "已中止" in main_of(page) or "中止" in main_of(page)
    sound_on_both(page, sound, "desk-suspended")
    does(page, "resume")
    does(page, "ask_extension", days="3", reason=WHY)
    at_desk(page, city, "hejie", "head", number)
    does(page, "extend", days="3", reason=WHY)
    assert "延长期限" in main_of(page)

    at_desk(page, city, "zhaolei", "handler", number)
    does(page, "tell_hearing", why=WHY)
    at_desk(page, city, "liming", "window", number)
    does(page, "ask_hearing", name="邻居")
    at_desk(page, city, "zhaolei", "handler", number)
    day = in_days(17)
    does(page, "call_hearing", held_on=day, place="三楼听证室", host="孙平")
    assert "通知听证" in main_of(page)
    in_english(page, city, sound, "desk-hearing")

    sign_in(page, city, "luhao")
    page.goto(city + "/office/cd-gaj/handler/consultations/")
    page.get_by_role("link", name=re.compile("高龄津贴")).first.click()
    sound("consultation")
    page.locator("[name=opine-opinion][value=agree]").check()
    page.locator("form[action$='/opine/'] button").last.click()
    assert page.locator(".messages").count()

    sign_in(page, city, "wangfang")
    page.goto(f"{city}/my/messages/")
    assert "听证通知" in main_of(page)
    sound("messages")


def test_words_of_a_paper_are_edited_seen_and_approved_and_a_paper_is_checked(
    city, page, sound, applied, asked_of_the_city
):
    sign_in(page, city, "hejie")
    page.goto(city + "/office/cd-mzh/papers/")
    sound_on_both(page, sound, "papers")
    page.get_by_role("link", name="听证通知书").click()
    words = page.locator("textarea")
    words.fill(words.input_value().replace("【听证地点】", "会议室"))
    page.get_by_role("button", name="保存草稿").click()
    assert "缺少“【听证地点】”" in main_of(page)
    sound("papers-fault")
    words = page.locator("textarea")
    words.fill(words.input_value().replace("会议室", "【听证地点】") + "\n请提前十分钟到场。")
    page.get_by_role("button", name="保存草稿").click()
    sound_on_both(page, sound, "papers-version")
    sheet = page.get_by_role("link", name=re.compile("PDF")).first.get_attribute("href")
    assert page.request.get(city + sheet).body()[:5] == b"%PDF-"
    page.reload()
    here = page.url.replace("cd-mzh", "cd-fzb")
    confirmed(page, "send")
    sign_in(page, city, "zhengfa")
    page.goto(here)
    assert page.request.get(city + sheet.replace("cd-mzh", "cd-fzb")).ok
    page.reload()
    in_english(page, city, sound, "papers-legal")
    page.locator("form[action$='/publish/'] summary").click()
    page.locator("[name=publish-first_day]").fill(in_days(1))
    page.locator("form[action$='/publish/'] button").last.click()
    page.goto(here)
    assert "已批准" in main_of(page)
    sign_in(page, city, "hejie")
    page.goto(city + "/office/cd-mzh/papers/seal/")
    sound_on_both(page, sound, "seal")

    code = asked_of_the_city(
        "from openhall.papers.models import Paper\n"
        f"print(Paper.objects.get(about='{applied['number']}', kind='hearing').check_code)"
    )
    page.context.clear_cookies()
    page.goto(f"{city}/check/{code}/")
    assert "听证通知书" in main_of(page)
    sound_on_both(page, sound, "check-genuine")
    in_english(page, city, sound, "check-genuine")
    page.goto(f"{city}/check/{code[:-1]}{'2' if code[-1] != '2' else '3'}/")
    sound_on_both(page, sound, "check-not")


def test_a_message_that_failed_is_tried_again(city, page, sound):
    sign_in(page, city, "operator")
    page.goto(city + "/office/cd-xxb/operator/messages/?state=given_up")
    sound_on_both(page, sound, "outbox")
    assert "****" in main_of(page)  # no telephone number in the clear
    page.locator("tbody a").first.click()
    sound_on_both(page, sound, "outbox-message")
    page.locator("main form button[type=submit]").last.click()
    page.locator(".messages").wait_for()
    in_english(page, city, sound, "outbox-again")


def test_a_card_is_explained_objected_to_and_withdrawn(city, page, sound, applied):
    base = city + "/office/cd-jcj/supervision/oversight/"
    sign_in(page, city, "songjian")
    page.goto(base + "cards/raise/")
    page.locator("select[name$='rule']").select_option(index=1)
    for name, value in (("case", applied["number"]), ("note", WHY)):
        page.locator(f"[name$='{name}']").fill(value)
    sound_on_both(page, sound, "card-raise")
    page.get_by_role("button", name=re.compile("确认.*发牌")).click()
    page.wait_for_load_state()
    number = re.search(r"JC-[\w-]+", main_of(page)).group(0)
    for desk, who in (("explain", "hejie"), ("object", "hejie")):
        sign_in(page, city, who)
        page.goto(f"{city}/office/cd-mzh/head/oversight/cards/{number}/")
        if page.locator(f"form[action$='/{desk}/']").count():
            confirmed(page, desk)
    sound_on_both(page, sound, "card-unit")
    sign_in(page, city, "songjian")
    page.goto(f"{base}cards/{number}/")
    in_english(page, city, sound, "card")
    confirmed(page, "withdraw")
    assert "已撤销" in main_of(page)
    for name in ("", "late/", "issues/", "complaints/", "draws/", "scores/", "scores/weights/"):
        page.goto(base + name)
        sound_on_both(page, sound, "oversight-" + (name.strip("/").replace("/", "-") or "board"))


def test_the_days_of_the_log_are_witnessed(city, page, sound):
    for language in ("", "/en"):
        page.goto(f"{city}{language}/ledger/days/")
        sound_on_both(page, sound, f"ledger-days{language.replace('/', '-')}")
        page.locator("tbody a").first.click()
        assert "daily.example/demo-witness" in main_of(page)
        sound_on_both(page, sound, f"ledger-day{language.replace('/', '-')}")
