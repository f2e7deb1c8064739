"""一门受理: the main job, walked by four people through the running product."""

import io
import re

import pytest
from PIL import Image

from openhall.demo.cast import PASSWORD
from tests.browser.conftest import reloaded_until
from tests.browser.samples import answered_by_sample

pytestmark = pytest.mark.browser

ITEM = "高龄津贴发放"
PAPERS = ("id-card", "household-register", "bank-card")
FEE_ITEM = "普通护照签发"
PUBLIC = (
    "/",
    "/services/",
    "/services/510100-0019/",
    "/track/",
    "/resume/",
    "/statistics/",
    "/ledger/",
)
ADULTS_TERM = "10年"  # the guide leaves it to the decision
REASON = "核对身份证件原件"


SIGNED_IN = {}  # the cookies of who signed in before: once by password, then as a browser keeps it


def sign_in(page, city, who):
    page.context.clear_cookies()
    if kept := SIGNED_IN.get((city, who)):
        page.context.add_cookies(kept)
        return
    page.goto(city + "/accounts/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", PASSWORD)
    page.locator("main form[action*=login] button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/(office/.*)?$"))
    SIGNED_IN[city, who] = page.context.cookies()


def picture(name):
    bytes_ = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(bytes_, "PNG")
    return {"name": f"{name}.png", "mimeType": "image/png", "buffer": bytes_.getvalue()}


def act(page, verb, /, **typed):
    """Open one act beside the case, type, confirm."""
    page.locator(f"#acts a[href*='/{verb}/']").first.click()
    form = page.locator(f"#acts form[action*='/{verb}/']")
    form.wait_for()
    for field, value in typed.items():
        control = form.locator(f"[name='{verb}-{field}']")
        if control.first.get_attribute("type") == "radio":
            form.locator(f"[name='{verb}-{field}'][value='{value}']").check()
        elif control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    form.locator("button.button[type=submit]").click()
    page.wait_for_load_state()


def at_desk(page, city, who, desk, number, queue=""):
    sign_in(page, city, who)
    page.goto(f"{city}/office/cd-mzh/{desk}/{number}/{queue}")


def test_the_fee_goes_through_the_bank_and_the_case_goes_on(city, page, sound):
    """统一收费窗口、委托银行代收: asked for at the fee window, paid at the bank's own site."""
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, city, "wangfang")
    page.goto(city + "/search/?q=" + FEE_ITEM)
    reloaded_until(page, page.get_by_role("link", name=FEE_ITEM).count)  # until search has read it
    page.get_by_role("link", name=FEE_ITEM).first.click()
    page.get_by_role("button", name="网上申报").click()
    page.get_by_role("button", name="继续").click()
    answered_by_sample(page, "passport-ordinary", but={"pinyin": "WANG FANG"})
    page.get_by_role("button", name="继续").click()
    assert "请填写收件地址" in page.locator(".error-summary").inner_text()
    page.fill("[name=post_address]", "锦江区春熙路1号2栋301室")
    page.get_by_role("button", name="继续").click()
    for key in ("photo", "id-card"):
        page.locator(f"#m-{key}").set_input_files(picture(key))
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="提交申请").click()
    number = page.locator(".case-number").inner_text().strip()

    def at_police(who, desk):
        sign_in(page, city, who)
        page.goto(f"{city}/office/cd-gaj/{desk}/{number}/")

    at_police("maming", "window")
    act(page, "accept")
    act(page, "hand_over", taker="陆昊")
    at_police("luhao", "handler")
    act(page, "review", opinion="grant", note="符合条件，同意签发。")
    at_police("yanhui", "decider")
    act(page, "decide", outcome="granted", term=ADULTS_TERM)
    at_police("maming", "window")
    assert "等收费窗口开具缴费通知" in page.locator("main").inner_text()
    assert not page.locator("#acts a[href*='/issue/']").count(), "nothing is issued unbilled"

    sign_in(page, city, "qianli")
    page.goto(city + "/office/cd-hall/cashier/")
    sound("cashier")
    row = page.get_by_role("row", name=number)
    row.get_by_label("普通护照").fill("1")
    row.get_by_role("button", name="开具通知书").click()
    assert "已为" in page.locator(".messages").inner_text()

    sign_in(page, city, "wangfang")
    page.goto(f"{city}/cases/{number}/")
    page.get_by_role("link", name="到银行缴费").click()
    sound("bank")
    page.get_by_role("button", name="确认缴费").click()
    assert "缴费成功" in page.locator("h1").inner_text()
    page.goto(f"{city}/cases/{number}/")
    reloaded_until(page, lambda: "已缴费" in page.locator("main").inner_text())

    at_police("maming", "window")
    act(page, "issue")
    assert "已制证" in page.locator("main").inner_text()


def test_four_people_bring_one_matter_from_guide_to_rating(city, page, sound):
    page.set_viewport_size({"width": 1280, "height": 900})

    # 王芳 finds the guide and applies; a mistake gets its sentence and nothing is lost.
    page.goto(city + "/")
    sound("home")
    sign_in(page, city, "wangfang")
    page.goto(city + "/")
    page.fill("#q", "老年津贴")
    page.locator("form[role=search] button").click()
    reloaded_until(page, page.get_by_role("link", name=ITEM).count)  # until search has read it
    page.get_by_role("link", name=ITEM).first.click()
    sound("guide")
    page.get_by_role("button", name="网上申报").click()
    page.fill("[name=number]", "110105194912310021")
    page.get_by_role("button", name="继续").click()
    assert "校验位不符" in page.locator("main").inner_text()
    page.fill("[name=number]", "11010519491231002X")
    page.get_by_role("button", name="继续").click()
    answered_by_sample(page, "old-age-allowance", but={"for_other": "no"})
    page.get_by_role("button", name="继续").click()
    for key in PAPERS:
        page.locator(f"#m-{key}").set_input_files(picture(key))
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/review/")  # the papers are sent one after the other
    sound("apply-review")
    page.get_by_role("button", name="提交申请").click()
    number = page.locator(".case-number").inner_text().strip()
    assert re.fullmatch(r"\d{8}-[0-9A-F]{8}", number)
    sound("case-submitted")

    # 李明 at the window reads the applicant with a reason, accepts, hands over.
    at_desk(page, city, "liming", "window", number)
    assert "王芳" not in page.locator("main").inner_text()
    page.get_by_text("查看完整信息").click()
    page.get_by_label("查看理由").fill(REASON)
    page.get_by_role("button", name="查看并记录").click()
    assert "王芳" in page.locator("main").inner_text()
    assert REASON in page.locator("main").inner_text()
    act(page, "accept")
    assert "已受理" in page.locator("main").inner_text()
    act(page, "hand_over", taker="赵磊")
    assert "承办中" in page.locator("main").inner_text()
    sound("desk-window")

    # 赵磊 handles; an empty opinion is refused beside its field.
    at_desk(page, city, "zhaolei", "handler", number)
    act(page, "review", opinion="grant", note="齐")
    assert "请写明审查意见" in page.locator("main").inner_text()
    page.locator("[name='review-note']").fill("材料齐全，符合申领条件。")
    page.locator("#acts form[action*='/review/'] button.button[type=submit]").click()
    assert "待批准" in page.locator("main").inner_text()

    # 孙平 decides; 李明 issues and delivers.
    at_desk(page, city, "sunping", "decider", number)
    sound("desk-decider")
    act(page, "decide", outcome="granted")
    assert "准予" in page.locator("main").inner_text()
    at_desk(page, city, "liming", "window", number)
    act(page, "issue")
    act(page, "deliver", way="in_person", receiver="王芳")
    assert "已送达" in page.locator("main").inner_text()

    # 王芳 rates; the figure moves and opens to the case and its proofs.
    sign_in(page, city, "wangfang")
    page.goto(f"{city}/cases/{number}/")
    page.check("[name='rating-satisfaction'][value='5']")
    page.get_by_role("button", name="提交评价").click()
    assert "非常满意" in page.locator("main").inner_text()
    sound("case-delivered")
    page.goto(f"{city}/statistics/")
    sound("statistics")
    page.goto(f"{city}/statistics/cd-mzh/")
    sound("statistics-unit")
    page.locator("section[aria-labelledby=months] tbody tr a").first.click()
    assert number in page.locator("main").inner_text()
    sound("statistics-figure")
    page.get_by_role("link", name=number).click()
    assert page.locator("tbody tr").count() == 7
    assert "王芳" not in page.locator("main").inner_text()
    sound("statistics-case")
    # The log is sealed every half minute.
    reloaded_until(page, lambda: page.get_by_role("link", name="查看").count())
    page.get_by_role("link", name="查看").first.click()
    sound("ledger-entry")


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize(("language", "width"), [("", 375), ("/en", 375), ("/en", 1280)])
def test_every_public_page_is_sound_on_a_phone_and_in_english(
    city, page, sound, address, language, width
):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(city + language + address)
    name = (address.strip("/") or "home").replace("/", "-")
    sound(f"{name}{language.replace('/', '-')}-{width}")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, "nothing is cut off or scrolled sideways"


def test_officials_pages_are_closed_to_residents(city, page):
    sign_in(page, city, "wangfang")
    answer = page.goto(city + "/office/cd-mzh/window/")
    assert answer.status == 403
    assert "工作人员" in page.locator("main").inner_text()
