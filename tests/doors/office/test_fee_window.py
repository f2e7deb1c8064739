"""The fee window: asked for, waived, compared with the bank, signed by two. A12."""

import base64
import io
from datetime import date

import openpyxl
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from openhall.fees.models import PaymentNotice, Reconciliation
from openhall.fees.rules.statement import write
from tests.factories.catalogue import charged
from tests.factories.pages import read
from tests.factories.traces import everything, logged, no_trace, once, refused_to

KEY = Ed25519PrivateKey.from_private_bytes(b"the collecting bank's key, 32 b.")
BASIS = "川价发〔2020〕1号"
DAY = date(2024, 3, 8)


@pytest.fixture(autouse=True)
def bank(settings, tmp_path):
    settings.BANK_PUBLIC_KEY = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
    settings.BANK_CODE, settings.BANK_STATEMENTS = "CITYBANK", tmp_path


@pytest.fixture
def cashiers(cast, seat):
    return seat("qian_li", cast.organ, "cashier"), seat("wu_jun", cast.organ, "cashier")


@pytest.fixture
def tariff(cast):
    return charged(
        item=cast.item,
        code="std",
        name="登记费",
        amount=8000,
        unit="件",
        basis="发改价格规〔2016〕2559号",
        price_approval="发改价格规〔2016〕2559号",
        effective_from=date(2003, 1, 1),
    )


@pytest.fixture
def till(cast, cashiers, tariff, client):
    """The page of the fee window, as 钱丽 reads it now."""
    return lambda who=cashiers[0]: read(client, reverse("office:till", args=[cast.organ.code]), who)


@pytest.fixture
def others(cast):
    return cast.wang_fang, cast.li_chuang, cast.zhao_cheng, cast.sun_pi, cast.zhou_wai, None


def bank_file(text: str, name: str = "bank.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def paid(number: str, amount: int = 8000) -> str:
    return write([("S1", number, amount, "counter", "2024-03-08T10:30:00+08:00")])


# ------------------------------------------------------------------------------ asked for
def test_a_granted_case_is_asked_its_approved_fee_once(till, walk):
    case = walk.granted()
    page = till()
    assert case.number in page.words
    assert "80.00" in page.words
    before = everything()
    done = once(page.form("开具通知书", case.number))
    notice = PaymentNotice.objects.get()
    assert (notice.reference, notice.amount, notice.state) == (case.number, 8000, "due")
    assert notice.number in done.words
    assert logged(before)
    assert not till().offers("开具通知书", case.number)


def test_nobody_else_asks_for_money(till, walk, others):
    case = walk.granted()
    refused_to(till().form("开具通知书", case.number), others)


def test_a_cashier_who_also_handles_cases_is_refused(till, walk, cast, cashiers):
    from openhall.organs.actions import appoint
    from openhall.organs.terms import Desk

    case = walk.granted()
    form = till().form("开具通知书", case.number)
    appoint(cashiers[0], cast.organ, Desk.HANDLER, date(2003, 1, 1))
    with no_trace():
        page = form.send()
    assert (page.status, "统一收费窗口" in page.words) == (422, True)


def test_what_was_asked_already_is_not_asked_again_from_an_old_page(till, walk):
    case = walk.granted()
    old, fresh = till(), till()
    assert fresh.form("开具通知书", case.number).send().done
    with no_trace():
        page = old.form("开具通知书", case.number).send(key="another")
    assert (page.status, "不能重复收费" in page.words) == (422, True)


def test_of_several_fees_who_collects_says_which_and_how_many(till, walk, cast):
    """Two approved fees of one matter are choices, never a sum."""
    charged(
        item=cast.item,
        code="urgent",
        name="补领",
        amount=4000,
        unit="证",
        basis=BASIS,
        price_approval=BASIS,
        effective_from=date(2003, 1, 1),
    )
    case = walk.granted()
    page = till()
    assert "登记费 · ¥80.00" in page.words
    assert "补领 · ¥40.00" in page.words
    with no_trace():
        refused = page.form("开具通知书", case.number).send()
    assert (refused.status, "2项核定的收费标准" in refused.words) == (422, True)
    form = till().form("开具通知书", case.number)
    (urgent,) = [name for name in form.typed if name.endswith("fee-1")]
    form.typed[urgent] = "2"
    assert form.send().done
    line = PaymentNotice.objects.get().lines.get()
    assert (line.tariff.code, line.quantity, line.amount) == ("urgent", 2, 8000)


# ------------------------------------------------------------------------------ waived
@pytest.fixture
def asked(till, walk):
    case = walk.granted()
    till().form("开具通知书", case.number).send()
    return PaymentNotice.objects.get()


@pytest.fixture
def finance(cast, seat):
    return seat("song_cai", cast.organ, "finance")


@pytest.fixture
def notice(cast, client, cashiers, asked):
    """The page of the notice, as somebody reads it at their desk."""

    def at(who=cashiers[0], desk="cashier"):
        where = reverse("office:notice", args=[cast.organ.code, desk, asked.number])
        return read(client, where, who)

    return at


def test_a_waiver_is_asked_at_the_window_and_decided_by_the_finance_bureau(
    client, cast, till, notice, asked, finance
):
    assert asked.number in till().words
    once(notice().form("申请减免").fill({"减免依据": BASIS}))
    assert not notice().offers("批准减免、退付")
    desk = read(client, reverse("office:finance", args=[cast.organ.code]), finance)
    assert BASIS in desk.words
    once(notice(finance, "finance").form("批准减免、退付").fill({"决定理由": "符合政策"}))
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("waived", BASIS)
    assert not notice().offers("申请减免")


def test_what_is_not_approved_leaves_the_notice_as_it_was(notice, asked, finance):
    notice().form("申请减免").fill({"减免依据": BASIS}).send()
    once(notice(finance, "finance").form("不准减免、退付").fill({"决定理由": "依据不符"}))
    asked.refresh_from_db()
    assert (asked.state, asked.open) == ("due", 8000)


def test_nobody_else_waives_takes_cash_or_cancels(notice, others, finance):
    refused_to(notice().form("申请减免").fill({"减免依据": BASIS}), (*others, finance))
    refused_to(notice().form("代收现金"), (*others, finance))
    refused_to(notice().form("作废").fill({"作废原因": "有误"}), (*others, finance))


def test_nobody_else_decides(notice, cashiers, others, finance):
    notice().form("申请减免").fill({"减免依据": BASIS}).send()
    form = notice(finance, "finance").form("批准减免、退付").fill({"决定理由": "符合政策"})
    refused_to(form, (*others, *cashiers))


def test_without_its_basis_nothing_is_waived(notice):
    with no_trace():
        page = notice().form("申请减免").fill({"减免依据": "  "}).send()
    assert (page.status, "减免须写明依据" in page.words) == (422, True)


def test_cash_is_counted_and_brought_to_the_bank_by_two(notice, till, cashiers, asked):
    once(notice().form("代收现金"))
    today = timezone.localdate().isoformat()
    with no_trace():
        page = till().form("日结").fill({"现金所属日": today, "清点现金（元）": "79.99"}).send()
    assert (page.status, "相差1分" in page.words) == (422, True)
    once(till().form("日结").fill({"现金所属日": today, "清点现金（元）": "80"}))
    assert not till().offers("登记解缴")
    once(till(cashiers[1]).form("登记解缴").fill({"银行缴款单号": "JK1"}))


def test_the_book_of_a_unit_is_a_page_and_a_workbook(client, cast, asked, cashiers, others):
    where = reverse("office:book", args=[cast.organ.code, "cashier"])
    page = read(client, where + "?first=2024-03-01&last=2030-01-01", cashiers[0])
    assert asked.number in page.words
    file = client.get(where[:-1] + ".xlsx?first=2024-03-01&last=2030-01-01")
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert [row[0] for row in book.active.iter_rows(min_row=3, values_only=True)] == [asked.number]
    assert read(client, where + "?first=soon", cashiers[0]).status == 422
    for account in others:
        if account is not None:
            assert read(client, where, account).status == 403


# ------------------------------------------------------------------------------ compared
def compared(till, text: str, day: date = DAY):
    form = till().form("对账").fill({"日期": day.isoformat(), "银行文件": bank_file(text)})
    return form.send()


def test_the_bank_s_file_is_compared_line_by_line(till, asked):
    page = compared(till, paid(asked.number))
    assert page.done
    record = Reconciliation.objects.get()
    assert (record.matched, record.exceptions, record.amount_there) == (0, 1, 8000)
    assert "S1" in page.words
    assert asked.number in page.words
    assert "2024年3月8日" in till().words


def test_the_file_in_the_drop_folder_is_taken_where_none_is_sent(till, tmp_path):
    (tmp_path / "CITYBANK-20240308.csv").write_text(write([]), encoding="utf-8")
    assert till().form("对账").fill({"日期": "2024-03-08"}).send().done
    assert Reconciliation.objects.get().day == DAY


def test_nobody_else_compares(till, others):
    refused_to(till().form("对账").fill({"日期": "2024-03-08"}), others)


@pytest.mark.parametrize(
    ("day", "file", "words"),
    [
        ("soon", None, "日期请按"),
        ("2024-03-08", None, "银行没有送来当日文件"),
        ("2024-03-08", b"\xff\xfe\x00", "不是UTF-8或GB 18030编码的文本"),
        ("2024-03-08", b"serial,notice,amount,channel,paid_at\nS1,N1,x,c,t\n", "第2行"),
    ],
)
def test_a_day_or_a_file_that_cannot_be_read_is_refused(till, day, file, words):
    typed = {"日期": day} | ({"银行文件": SimpleUploadedFile("b.csv", file)} if file else {})
    with no_trace():
        page = till().form("对账").fill(typed).send()
    assert (page.status, words in page.words) == (422, True)


def test_a_file_that_is_too_long_is_refused_and_never_read_in_part(till, asked, settings):
    whole = paid(asked.number)
    settings.UPLOAD_MAX_BYTES = len(whole.encode()) - 1
    with no_trace():
        page = compared(till, whole)
    assert (page.status, "文件超过" in page.words) == (422, True)


# ------------------------------------------------------------------------------ signed by two
def test_two_sign_and_the_same_hand_never_twice(till, asked, cashiers, client):
    page = compared(till, paid(asked.number))
    elsewhere = read(client, page.address)
    assert page.form("签字").send().done
    assert not read(client, page.address).offers("签字")
    with no_trace():
        assert page.form("签字").send().done  # the click repeated: answered, not done twice
        again = elsewhere.form("签字").send()
    assert (again.status, again.done) == (409, False)
    second = read(client, page.address, cashiers[1])
    assert second.form("签字").send().done
    record = Reconciliation.objects.get()
    assert (record.signed_by, record.countersigned_by) == cashiers
    assert not read(client, page.address).offers("签字")
    with no_trace():
        late = compared(till, write([]))
    assert (late.status, "已经签字" in late.words) == (422, True)


def test_nobody_else_signs_or_reads_the_day(till, asked, others, client):
    page = compared(till, paid(asked.number))
    refused_to(page.form("签字"), others)
    for account in others:
        if account is not None:
            assert read(client, page.address, account).status == 403


def test_the_window_reads_in_english_too(till, walk, client):
    walk.granted()
    page = read(client, "/en" + till().address)
    assert "Notices to issue" in page.words
    assert page.form("Issue the notice").send().done
    assert PaymentNotice.objects.get().issued_at.date() <= timezone.now().date()
