"""What takes two people, or two sides, walked by the cast that is published: a seal, a fault put
right, a month of scores, a case file reviewed, a day with the bank.
"""

import io
import re

import pytest
from PIL import Image, ImageDraw

from tests.browser.conftest import reloaded_until
from tests.browser.test_main_job import sign_in
from tests.browser.test_procedure_and_supervision import confirmed, main_of
from tests.browser.test_walks import ON_REQUEST

pytestmark = pytest.mark.browser
OVERSIGHT = "/office/cd-jcj/supervision/oversight/"
ANNOUNCED = """
from datetime import timedelta
from django.utils import timezone
from openhall.cases.models import Case
from openhall.deeds.doing import Doing
from openhall.organs.models import Account
from openhall.supervision.actions.reviews import announce_draw
now = timezone.now()
closed = Case.objects.filter(decided_at__lt=now - timedelta(days=31)).order_by("-decided_at")
month = timezone.localdate(closed.first().decided_at).replace(day=1)
by = Doing(Account.objects.get(username="songjian"), now, "walk:draw")
print(announce_draw(month, 1, now + timedelta(seconds=2), by).number)
"""


def _seal():
    drawn = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).ellipse((6, 6, 294, 294), outline=(193, 18, 31, 255), width=10)
    kept = io.BytesIO()
    drawn.save(kept, "PNG")
    return {"name": "seal.png", "mimeType": "image/png", "buffer": kept.getvalue()}


def test_a_seal_is_seen_on_a_paper_and_confirmed_by_another(city, page, sound):
    sign_in(page, city, "hejie")
    page.goto(f"{city}/office/cd-mzh/papers/seal/")
    page.set_input_files("main input[type=file]", _seal())
    page.get_by_role("button", name="上传此图形").click()
    page.get_by_text("等第二人确认").first.wait_for()
    assert not page.locator("form[action*='/publish-']").count(), "who brought it confirms nothing"
    sample = page.locator("a[href*='/papers/seals/']").last.get_attribute("href")
    assert page.request.get(city + sample).body()[:5] == b"%PDF-"
    sign_in(page, city, "sunping")
    page.goto(f"{city}/office/cd-mzh/papers/seal/")
    sound("seal-to-confirm")
    waiting = page.locator("form[action*='/publish-']").count()
    act = page.locator("form[action*='/publish-']").last.get_attribute("action")
    confirmed(page, act.strip("/").rsplit("/", 1)[-1])
    page.goto(f"{city}/office/cd-mzh/papers/seal/")
    assert page.locator("form[action*='/publish-']").count() == waiting - 1


def test_a_fault_is_put_right_by_the_unit_and_verified_by_others(city, page, sound):
    sign_in(page, city, "hejie")
    page.goto(f"{city}/office/cd-mzh/head/oversight/issues/?state=accepted,in_progress")
    page.locator("main table a[href*='/issues/']").first.click()
    page.wait_for_load_state()
    number = re.search(r"ZG-\d{4}-\d{5}", main_of(page))[0]
    if page.locator("form[action$='/start/']").count():
        confirmed(page, "start")
    confirmed(page, "submit")
    assert "已提交，待核验" in main_of(page)
    sound("issue-submitted")
    sign_in(page, city, "songjian")
    page.goto(f"{city}{OVERSIGHT}issues/{number}/")
    sound("issue-to-verify")
    confirmed(page, "verify")
    assert "核验通过" in main_of(page)
    page.context.clear_cookies()
    page.goto(f"{city}/supervision/rectification/?state=verified")
    assert number in main_of(page)


def test_a_month_of_scores_opens_to_what_it_rests_on(city, page, sound):
    sign_in(page, city, "songjian")
    page.goto(f"{city}{OVERSIGHT}scores/")
    if not page.locator("main table a[href*='/scores/']").count():
        pytest.skip("no unit was scored in this month")
    page.locator("main table a[href*='/scores/']").first.click()
    page.wait_for_load_state()
    sound("score")
    page.goto(f"{city}/en{OVERSIGHT}scores/weights/")
    sound("score-weights")
    assert page.locator("h1").count() == 1


@pytest.mark.skipif(not ON_REQUEST, reason="on request: OPENHALL_WALKS=all")
def test_a_drawn_file_is_reviewed_and_signed(city, page, sound, asked_of_the_city):
    number = asked_of_the_city(ANNOUNCED).split()[-1]
    sign_in(page, city, "songjian")
    page.goto(f"{city}{OVERSIGHT}draws/{number}/")
    page.wait_for_timeout(35_000)  # the log is sealed every half minute: the seed
    page.reload()
    confirmed(page, "draw")
    reloaded_until(page, page.locator("main table a").count)
    sound("draw-drawn")
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    sound("sheet")
    for row in page.locator("main fieldset, main tr:has(input[type=radio])").all():
        row.locator("input[type=radio]").first.check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    assert "宋监" in main_of(page)
    sound("sheet-signed")


@pytest.mark.skipif(not ON_REQUEST, reason="on request: OPENHALL_WALKS=all")
def test_a_day_with_the_bank_is_signed_by_two(city, page, sound):
    sign_in(page, city, "qianli")
    page.goto(f"{city}/office/cd-hall/cashier/")
    day = page.locator("tr", has=page.locator("a[href*='/cashier/days/']")).filter(has_text="—")
    if not day.count():
        pytest.skip("every compared day is signed")
    day.first.locator("a").click()
    page.wait_for_load_state()
    here = page.url
    open_ones = page.locator("form[action*='/end_exception-']")
    for _each in range(open_ones.count()):
        form = open_ones.first
        form.locator("summary").first.click()
        for field in form.locator("select").all():
            field.select_option(index=1)
        for field in form.locator("textarea, input[type=text]").all():
            field.fill("已向代收银行查明：缴款人写错编号，银行当日退还。")
        form.locator("details button[type=submit]").last.click()
        page.wait_for_load_state()
        page.goto(here)
    sound("compared-day")
    confirmed(page, "sign")
    page.goto(here)
    assert not page.locator("form[action$='/sign/']").count(), "nobody signs twice"
    sign_in(page, city, "zoulan")
    page.goto(here)
    confirmed(page, "sign")
    page.goto(here)
    assert re.search(r"第一签字人\s+钱丽\s+第二签字人\s+邹兰", main_of(page))
