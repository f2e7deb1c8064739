"""A day at each of the eleven desks, in both languages; and what goes wrong at a desk.

Every page that a desk opens from its first page is looked at: sound for a screen reader, nothing
cut off at the side, in the language that was asked for, also zoomed to twice its size.
"""

import re

import pytest

from tests.browser.test_main_job import SIGNED_IN, sign_in

pytestmark = pytest.mark.browser

DESKS = {
    "window": ("liming", "cd-mzh"),
    "handler": ("zhaolei", "cd-mzh"),
    "decider": ("sunping", "cd-mzh"),
    "head": ("hejie", "cd-mzh"),
    "cashier": ("qianli", "cd-hall"),
    "catalogue_clerk": ("gaotao", "cd-mzh"),
    "legal": ("zhengfa", "cd-fzb"),
    "informatization": ("xuxin", "cd-xxb"),
    "supervision": ("songjian", "cd-jcj"),
    "inspector": ("tangdai", "cd-jcj"),
    "government_office": ("fengban", "cd-bgt"),
    "operator": ("operator", "cd-xxb"),
}
LANGUAGES = {"zh": "", "en": "/en"}
WIDE, ZOOMED = {"width": 1280, "height": 850}, {"width": 640, "height": 425}
TALL = {"width": 1366, "height": 768}
MOST = {"zh": 5, "en": 2}  # pages of a desk beside its first one and its help
TOO_SHORT = "缺"  # of a reason: at least ten signs are asked for
WORDS = "身份证复印件缺少背面，请补交正反两面的复印件。"
DOWN = "#queue a[data-row]"


def opens(page, address):
    """Look at a page: answered, nothing cut off at 1280 and at twice the size."""
    answer = page.goto(address)
    assert answer.status == 200, address
    for size in (ZOOMED, WIDE):
        page.set_viewport_size(size)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], (address, wide)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("desk", DESKS)
def test_a_day_at_a_desk(city, page, sound, desk, language):
    who, organ = DESKS[desk]
    page.set_viewport_size(WIDE)
    sign_in(page, city, who)
    here = f"{city}{LANGUAGES[language]}/office/{organ}/{desk}/"
    opens(page, f"{here}waits/")
    assert (page.locator("html").get_attribute("lang") or "").startswith(language)
    assert page.locator("h1").count() == 1
    sound(f"desk-{desk}-{language}")
    places = page.eval_on_selector_all(
        "nav.mainnav a, table.waits a", "all => [...new Set(all.map(one => one.href))]"
    )
    for address in [
        f"{here}help/",
        *[one for one in places if "waits" not in one][: MOST[language]],
    ]:
        opens(page, address)
        assert page.locator("h1").count() == 1, address
        sound(f"desk-{desk}-{language}-page")
    rows = page.locator("a[data-row]")
    if rows.count():
        opens(page, rows.first.evaluate("one => one.href"))
        page.set_viewport_size(TALL)  # three columns, each scrolls by itself, and the page does not
        assert page.evaluate("document.documentElement.scrollHeight") <= TALL["height"] * 1.5
        page.set_viewport_size(WIDE)
        sound(f"desk-{desk}-{language}-row")


def at_the_window(page, city, who="liming"):
    """The queue of what is to be answered, and how many rows it has."""
    page.set_viewport_size(WIDE)
    sign_in(page, city, who)
    page.goto(f"{city}/office/cd-mzh/window/?queue=answer")
    return page.locator(DOWN).count()


def number_of(page):
    return page.locator("#matter .eyebrow .code").inner_text()


def test_a_queue_is_walked_by_keys_alone(city, page):
    assert at_the_window(page, city) >= 2
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("#acts")
    first = number_of(page)
    page.keyboard.press("j")
    page.wait_for_url(lambda url: first not in url)
    second = number_of(page)
    page.keyboard.press("k")
    page.wait_for_url(lambda url: second not in url)
    assert number_of(page) == first
    page.keyboard.press("s")
    page.wait_for_selector("#acts form")
    assert page.evaluate("document.activeElement.closest('.act-body') !== null")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "desk-find"


def test_a_printed_case_is_that_case_alone(city, page):
    assert at_the_window(page, city) >= 2
    others = page.locator("#queue td .code").all_inner_texts()
    page.goto(page.locator(DOWN).first.evaluate("one => one.href"))
    own = number_of(page)
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    assert own in shown
    ends = [one[-8:] for one in others if one != own]
    assert not [one for one in ends if one in shown]
    page.emulate_media(media="screen")


def supplement(page, city, place=0):
    """The act opened on a case that is to be answered, and its first field."""
    rows = page.locator(DOWN).nth(place).evaluate("one => one.href")
    page.goto(rows)
    page.locator("#acts a[href*='/ask_for_supplement/']").click()
    field = page.locator("#acts form input:not([type=hidden])").first
    field.wait_for()
    return field


def confirm(page):
    page.locator("#acts form button.button[type=submit]").click()


def test_a_refusal_stands_beside_its_field_and_can_be_read_again(city, page, sound):
    assert at_the_window(page, city)
    supplement(page, city).fill(TOO_SHORT)
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        confirm(page)
    assert told.value.status == 422
    page.wait_for_selector("[aria-invalid=true]")
    assert page.locator("#acts input[aria-invalid=true]").first.input_value() == TOO_SHORT
    assert page.title().startswith("未办理")
    sound("desk-refused")
    again = page.goto(page.url)  # the address of a refused act is a page like any other
    assert again.status == 200
    assert page.locator("#acts form").count() == 1


def test_who_is_second_keeps_what_was_typed(city, page, browser, sound):
    assert at_the_window(page, city) >= 2
    supplement(page, city, place=1).fill(WORDS)
    here = page.url.split("?")[0]
    other = browser.new_context().new_page()
    sign_in(other, city, "zhoujing")
    other.goto(re.sub(r"/ask_for_supplement/$", "/accept/", here))
    confirm(other)
    other.locator("#acts a[href*='/hand_over/']").first.wait_for()
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        confirm(page)
    assert told.value.status == 409
    page.wait_for_load_state()
    assert WORDS in page.content(), "nothing that was typed is lost"
    sound("desk-second")
    other.context.close()


def test_a_double_click_acts_once_and_going_back_offers_it_no_more(city, page):
    assert at_the_window(page, city)
    page.goto(page.locator(DOWN).first.evaluate("one => one.href").split("?")[0])
    number, case = number_of(page), page.url
    act = page.locator("#acts a[href*='/accept']").first
    name = re.search(r"/(accept\w*)/", act.get_attribute("href"))[1]
    act.click()
    page.locator("#acts form").wait_for()
    page.locator("#acts form button.button[type=submit]").dblclick()
    page.locator("#acts a[href*='/hand_over/']").first.wait_for()
    page.goto(case)
    assert number == number_of(page)
    story = page.locator("section[aria-labelledby=story] li").all_inner_texts()
    assert sum("受理" in one for one in story) == 1, story
    page.go_back()
    page.goto(case)
    assert not page.locator(f"#acts a[href*='/{name}/']").count()


def test_a_session_that_ends_while_somebody_types_loses_nothing(city, page):
    assert at_the_window(page, city)
    supplement(page, city).fill(WORDS)
    page.context.clear_cookies(name="sessionid")
    confirm(page)
    page.wait_for_url(re.compile("/accounts/login/"))
    SIGNED_IN.pop((city, "liming"), None)
    page.fill("#id_login", "liming")
    from openhall.demo.cast import PASSWORD

    page.fill("#id_password", PASSWORD)
    page.locator("main form[action*=login] button[type=submit]").first.click()
    page.wait_for_load_state()
    assert WORDS in page.content()
