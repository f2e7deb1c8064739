"""The catalogue's desks in the browser: claim, write, review, suspend, exchange, list. A10.

Two walks: one item from its claim to its suspension, and the unit's list out to a spreadsheet and
back, through the form builder, to a form that anyone may download.
"""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from tests.browser.conftest import reloaded_until
from tests.browser.samples import answered_by_sample
from tests.browser.test_main_job import sign_in

pytestmark = pytest.mark.browser

CIVIL, LEGAL = "/office/cd-mzh/catalogue/", "/office/cd-fzb/catalogue/"
CLAIMED, HOMES = "地名命名、更名审批", "民办非企业单位成立登记"
PHONE, DESKTOP = {"width": 390, "height": 800}, {"width": 1280, "height": 900}
WORDS = {
    "summary": "要给道路、住宅区、大型建筑物命名或者更名的单位，申请批准名称。",
    "conditions": "拟用名称在本市同类地名中没有重名，也不用人名、国名和企业名。",
    "statutory_days": "20",
    "promised_days": "30",
    "visits": "0",
}


def day_from_now(days):
    return str((datetime.now(UTC) + timedelta(days=days)).date())


def confirm(page, label):
    """Open the act called ``label``, unless it stands open, and confirm it."""
    button = page.get_by_role("button", name=re.compile(f"确认.*{label}"))
    if not button.count():
        page.locator("details.confirm > summary", has_text=label).first.click()
    button.first.click()
    page.wait_for_load_state()


def narrow_in_english(page, sound, name):
    """The same page as somebody reads it in English on a phone."""
    here = page.url.split("/", 3)
    page.set_viewport_size(PHONE)
    page.goto(f"{here[0]}//{here[2]}/en/{here[3]}")
    sound(f"{name}-phone-en")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"{name}: nothing is cut off or scrolled sideways"
    page.set_viewport_size(DESKTOP)


def found_by_search(page, city, name):
    """Open the guide from the search, once the index has taken in what was published."""
    page.goto(f"{city}/services/?q={name}")
    link = page.locator("main").get_by_role("link", name=name)
    reloaded_until(page, link.count)
    link.first.click()
    page.wait_for_url(re.compile(r"/services/[^/?]+/$"))


def passed_on(page, city, address):
    """The head of the unit passes a version, the Legal Affairs Office publishes it."""
    for who, place, act in (("hejie", CIVIL, "通过，送法制办审核"), ("zhengfa", LEGAL, "公布")):
        sign_in(page, city, who)
        page.goto(city + place)
        page.get_by_role("link", name=address).first.click()
        yield who
        confirm(page, act)


def test_a_line_of_the_list_becomes_a_guide_and_is_suspended(city, page, sound):
    page.set_viewport_size(DESKTOP)
    sign_in(page, city, "gaotao")
    page.goto(city + CIVIL)
    sound("catalogue-list")
    page.get_by_role("link", name="从目录认领").click()
    narrow_in_english(page, sound, "catalogue-claim")
    page.goto(city + CIVIL + "claim/")
    page.get_by_role("button", name=re.compile(f"认领.*{CLAIMED}")).click()
    sound("catalogue-edit")
    narrow_in_english(page, sound, "catalogue-edit")
    page.goto(page.url.replace("/en/", "/"))

    # Every fault stands beside its field, and the list above leads to it.
    page.get_by_role("link", name="条件：请写明申请条件").click()
    assert page.evaluate("document.activeElement.name") == "v-conditions"
    # Where and when people are received, and whom they call, is known and not asked again.
    assert "不用再填" in page.locator("main").inner_text()
    for field in ("address", "hours", "enquiry_phone", "complaint_phone"):
        assert not page.locator(f"[name=v-{field}]").is_visible()
    for field, value in WORDS.items():
        page.fill(f"[name=v-{field}]", value)
    page.select_option("[name=v-has_fee]", label="否")
    page.check("[name=v-service_objects][value='1']")
    page.check("[name=v-no_prerequisites]")
    page.check("[name=v-accepts_post]")
    page.fill("[name=materials-0-name]", "地名命名论证材料")
    page.fill("[name=laws-0-law]", "地名管理条例")
    page.fill("[name=laws-0-article]", "第十二条")
    page.fill("[name=steps-0-name]", "受理")
    more = page.get_by_role("button", name=re.compile("保存并增加行.*办理程序"))
    more.click()
    assert "承诺30日超过法定20日" in page.locator("#id_v-promised_days_error").inner_text()
    sound("catalogue-edit-refused")
    assert page.input_value("[name=v-conditions]") == WORDS["conditions"], "nothing typed is lost"
    page.fill("[name=v-promised_days]", "15")
    more.click()
    page.fill("[name=steps-1-name]", "审核确认")
    page.get_by_role("button", name="保存", exact=True).click()
    said = page.locator("section[aria-labelledby=gate]").inner_text()
    assert "“地名命名论证材料”没有依据" in said
    page.fill("[name=materials-0-legal_basis]", "地名管理条例第十二条")
    page.get_by_role("button", name="保存", exact=True).click()
    assert "九项要素齐全" in page.locator("section[aria-labelledby=gate]").inner_text()
    confirm(page, "提交部门审核")
    for who in passed_on(page, city, CLAIMED):
        sound(f"catalogue-review-{who}")
    found_by_search(page, city, CLAIMED)
    page.set_viewport_size(PHONE)
    sound("guide-new-phone")
    assert "地名命名论证材料" in page.locator("main").inner_text()
    guide = page.url
    code = guide.rstrip("/").rsplit("/", 1)[1]

    # Suspended with its reason: the page stays, says so and why, and takes nothing in.
    page.set_viewport_size(DESKTOP)
    page.goto(f"{city}{LEGAL}items/{code}/")
    page.locator("summary", has_text="暂停事项").first.click()
    page.fill("[name=suspend-reason]", "审核系统停机升级，其间请到乡镇便民服务中心咨询。")
    page.fill("[name=suspend-until]", day_from_now(-9))
    confirm(page, "暂停事项")
    assert page.locator("#id_suspend-until_error").is_visible()
    sound("catalogue-item-refused")
    page.fill("[name=suspend-until]", day_from_now(30))
    confirm(page, "暂停事项")
    narrow_in_english(page, sound, "catalogue-item")
    page.goto(guide)
    assert "审核系统停机升级" in page.locator("main").inner_text()
    assert page.get_by_role("button", name="网上申报").count() == 0

    # The central list: two lines become one, with a reason everybody can read.
    page.goto(f"{city}{LEGAL}list/")
    sound("catalogue-lines")
    page.get_by_role("link", name="合并事项").click()
    page.fill("[name=merge-entries]", "QR-0002\nQR-9999")
    page.fill("[name=merge-name]", "社会团体变更、注销登记")
    page.select_option("[name=merge-kind]", "7")
    page.fill("[name=merge-legal_basis]", "《社会团体登记管理条例》第十八条、第十九条")
    page.fill("[name=merge-reason]", "两项由同一机关依据同一条例办理，合并为一项。")
    confirm(page, "合并事项")
    assert "QR-9999" in page.locator(".error-summary").inner_text()
    sound("catalogue-merge-refused")
    page.fill("[name=merge-entries]", "QR-0002\nQR-0003")
    confirm(page, "合并事项")
    assert "社会团体注销登记" in page.locator("main").inner_text()
    narrow_in_english(page, sound, "catalogue-line")
    page.goto(city + "/services/list/versions/")
    assert "合并为一项" in page.locator("main").inner_text()
    narrow_in_english(page, sound, "list-versions")


def changed(book: bytes, *cells):
    """The spreadsheet with ``(item, heading, value)`` written into it."""
    found = load_workbook(io.BytesIO(book))
    sheet = found.worksheets[0]
    for item, heading, value in cells:
        rows = list(sheet.iter_rows())
        top = next(row for row in rows if any(cell.value == heading for cell in row))
        column = next(cell.column for cell in top if cell.value == heading)
        row = next(row for row in rows if any(cell.value == item for cell in row))
        sheet.cell(row[0].row, column).value = value
    out = io.BytesIO()
    found.save(out)
    return {
        "name": "list.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": out.getvalue(),
    }


def taken(page, file, *, only_try=False):
    page.locator("[name=import-file]").set_input_files(file)
    page.set_checked("[name=import-try_only]", only_try)
    page.get_by_role("button", name="上传").click()
    page.wait_for_load_state()


def test_the_list_travels_by_spreadsheet_and_its_new_form_is_free(city, page, sound):
    page.set_viewport_size(DESKTOP)
    sign_in(page, city, "gaotao")
    page.goto(city + CIVIL + "exchange/")
    sound("catalogue-exchange")
    with page.expect_download() as waited:
        page.get_by_role("link", name="XLSX").click()
    book = waited.value.path().read_bytes()
    bad = changed(
        book,
        (HOMES, "承诺办结时限", "很快"),
        ("结婚登记", "办件类型", "特快件"),
        (HOMES, "事项名称（英文）", "Registration of a private non-enterprise unit"),
    )
    taken(page, bad)
    told = page.locator("main").inner_text()
    assert "“很快”" in told
    assert "“特快件”" in told
    sound("catalogue-exchange-refused")
    page.goto(city + CIVIL + "?state=writing")
    assert HOMES not in page.locator("main").inner_text(), "a bad row, and nothing is changed"
    page.goto(city + CIVIL + "exchange/")
    good = changed(book, (HOMES, "承诺办结时限", 3))
    taken(page, good, only_try=True)
    assert "没有作任何改动" in page.locator("main [role=status]").inner_text()
    narrow_in_english(page, sound, "catalogue-exchange")
    page.goto(city + CIVIL + "exchange/")
    taken(page, good)
    page.goto(city + CIVIL + "?state=writing")
    page.get_by_role("link", name=HOMES).click()
    assert page.input_value("[name=v-promised_days]") == "3"
    page.get_by_role("link", name="申请表", exact=True).click()
    printed = page.input_value("[name=seen] >> nth=0")
    _more_is_asked(page, sound)
    page.goto(city + CIVIL + "?state=writing")
    page.get_by_role("link", name=HOMES).first.click()
    confirm(page, "提交部门审核")
    for _who in passed_on(page, city, HOMES):
        pass
    found_by_search(page, city, HOMES)
    guide = page.url

    # Nobody signs in for a blank form; paper printed before says that it is outdated.
    page.context.clear_cookies()
    for ending, begins in (
        ("form.pdf", b"%PDF-"),
        ("form.docx", b"PK"),
        ("form-sample.pdf", b"%P"),
    ):
        blank = page.request.get(guide + ending)
        assert (blank.status, blank.body()[: len(begins)]) == (200, begins)
    page.goto(guide + "history/")
    said = page.locator("main").inner_text()
    assert "20" in said
    assert "承诺办结时限" in said
    sound("guide-history")
    narrow_in_english(page, sound, "guide-history")
    code = guide.rstrip("/").rsplit("/", 1)[1]
    page.set_viewport_size(PHONE)
    page.goto(f"{city}/forms/{code}/{printed}/")
    said = page.locator("main").inner_text()
    assert "您手中的表格已经过期" in said
    assert "新增：床位" in said
    sound("form-outdated-phone")


def add(page, kind, **typed):
    """A question of ``kind``, filled in; the code the system made for it."""
    page.select_option("#add", kind)
    page.get_by_role("button", name="添加", exact=True).click()
    page.wait_for_url(re.compile(r"/form/\w+/(#.*)?$"))  # the place in the builder is kept
    for name, value in typed.items():
        control = page.locator(f"[name='{name.replace('__', '-')}']")
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        elif control.get_attribute("type") == "checkbox":
            control.set_checked(value)
        else:
            control.fill(value)
    return page.url.partition("#")[0].rstrip("/").rsplit("/", 1)[1]


def keep(page):
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_load_state()


def _options(page):
    page.fill("[name=options-0-label]", "公办")
    page.fill("[name=options-0-label_en]", "Public")
    page.fill("[name=options-1-label]", "民办")
    page.fill("[name=options-1-label_en]", "Private")


def _columns(page):
    page.fill("[name=columns-0-label]", "房间")
    page.fill("[name=columns-0-label_en]", "Room")
    page.locator("[name=columns-add]").click()
    page.select_option("[name=columns-1-kind]", "number")
    page.fill("[name=columns-1-label]", "床位数")
    page.fill("[name=columns-1-label_en]", "Beds")
    page.locator("[name=columns-1-label_en]").press("Enter")  # goes on; takes no row away
    page.wait_for_load_state()


def _more_is_asked(page, sound):
    """Fields of several kinds, a condition, a table, a reckoned value; moved, tried, kept."""
    builder = page.url
    sound("form-builder")
    run_by = add(page, "choice", label="举办主体", label_en="Run by", required=True)
    _options(page)
    sound("form-question")
    keep(page)
    licence = add(page, "text", label="民非登记证号", label_en="Registration", required=True)
    page.select_option("[name=when-0-field]", run_by)
    page.fill("[name=when-0-values]", "民办")
    keep(page)
    rooms = add(page, "table", label="房间和床位", label_en="Rooms", required=True)
    _columns(page)
    beds = add(page, "computed", label="床位", label_en="Beds", formula=f"sum({rooms}.bed)")
    keep(page)
    assert "bed" in page.locator("main .error, main .notice").first.inner_text()
    sound("form-question-refused")
    page.goto(f"{builder}{rooms}/")
    narrow_in_english(page, sound, "form-question")
    page.goto(f"{builder}{beds}/")
    page.fill("[name=formula]", f"sum({rooms}.number)")
    keep(page)
    page.get_by_role("button", name=re.compile("上移.*床位")).last.click()
    page.wait_for_load_state()
    assert "不是前面的" in page.locator(f"#q-{beds}").inner_text(), (
        "reckoned from what stands above"
    )
    page.get_by_role("button", name=re.compile("下移.*床位")).last.click()

    # Tried as the applicant will fill it in.
    one = [{"name": "王芳", "post": "理事长", "id": "11010519491231002X"}]
    matter = "private-nonenterprise-registration"
    answered_by_sample(page, matter, but={"board": one}, begins="preview-")
    page.check(f"[name=preview-{run_by}][value=no]")
    page.fill(f"[name=preview-{rooms}-0-name]", "101")
    page.fill(f"[name=preview-{rooms}-0-number]", "2")
    page.get_by_role("button", name="试填").click()
    assert "民非登记证号" in page.locator(".error-summary").inner_text()
    page.fill(f"[name=preview-{licence}]", "510104-0012")
    page.get_by_role("button", name="试填").click()
    page.wait_for_load_state()
    sound("form-builder-tried")
    narrow_in_english(page, sound, "form-builder")
    page.goto(builder)
