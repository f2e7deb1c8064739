"""A line of the bank's file that does not agree: one name, one reason, one next step."""

import pytest

from openhall.fees.rules.callback import NotFromTheBank, Paid
from openhall.fees.rules.dress_faults import faults_of
from openhall.fees.rules.exceptions import Bank, Known, Ours, Reversals, told_apart
from openhall.fees.rules.statement import Dress
from openhall.fees.terms import FormatKind, MatchState, NoticeState

DUE = Known(NoticeState.DUE.value, 8000, 0, red=False)
PAID = Known(NoticeState.PAID.value, 0, 8000, red=False)
WAIVED = Known(NoticeState.WAIVED.value, 0, 0, red=False)
RED = Known(NoticeState.TO_RETURN.value, 8000, 0, red=True)
RETURNED = Known(NoticeState.RETURNED.value, 0, 8000, red=True)
LINE = Bank("S1", 1, "N1", 8000, 20)
BACK = LINE._replace(amount=-8000)
OURS = Ours("S1", "N1", 8000)


@pytest.mark.parametrize(
    ("bank", "own", "again", "notice", "state", "sentence"),
    [
        (None, OURS, False, PAID, MatchState.MISSING_THERE, "请向银行查询"),
        (LINE._replace(day=19), None, False, DUE, MatchState.WRONG_DAY, "应归入所属日"),
        (LINE, OURS, True, PAID, MatchState.DOUBLED, "同一流水号在文件中出现不止一次"),
        (LINE, OURS._replace(notice="N2"), False, PAID, MatchState.OTHER_NOTICE, "8000分（N2）"),
        (LINE, OURS._replace(amount=9000), False, PAID, MatchState.SHORT, "本系统9000分"),
        (LINE, OURS._replace(amount=10), False, PAID, MatchState.OVER, "本系统10分"),
        (LINE, None, False, None, MatchState.UNKNOWN, "没有这个编号的缴款书"),
        (LINE, None, False, RED, MatchState.UNKNOWN, "认领或者退还"),
        (LINE, None, False, PAID, MatchState.TWICE, "缴款书已缴清，应退还缴款人"),
        (LINE, None, False, WAIVED, MatchState.NOT_DUE, "缴款书已减免或者作废"),
        (LINE._replace(amount=10), None, False, DUE, MatchState.SHORT, "应缴8000分，银行收10分"),
        (LINE._replace(amount=9000), None, False, DUE, MatchState.OVER, "回执未予登记"),
        (LINE, None, False, DUE, MatchState.MISSING_HERE, "银行已收款，回执未到"),
        (BACK, None, False, RED, MatchState.MISSING_HERE, "红字缴款书已由银行退付"),
        (BACK, OURS, False, RED, MatchState.DOUBLED, "红字款重复退付"),
        (BACK, None, False, RETURNED, MatchState.DOUBLED, "红字款重复退付"),
        (BACK, None, False, None, MatchState.UNKNOWN, "不知为何退款"),
        (BACK, None, False, PAID, MatchState.REFUND_UNKNOWN, "没有批准的红字缴款书"),
    ],
)
def test_each_way_of_not_agreeing_has_its_name(bank, own, again, notice, state, sentence):
    known = {} if notice is None else {"N1": notice}
    found, said = told_apart(bank, own, again, known, Reversals(), 20)
    assert (found, sentence in said.zh, bool(said.en)) == (state, True, True)


def test_the_second_payment_of_a_notice_that_is_due_is_one_too_many():
    back = Reversals()
    first, _said = told_apart(LINE, None, False, {"N1": DUE}, back, 20)
    second, _said = told_apart(LINE._replace(serial="S2"), None, False, {"N1": DUE}, back, 20)
    assert (first, second) == (MatchState.MISSING_HERE, MatchState.TWICE)


def test_a_payment_taken_back_the_same_day_is_no_debt():
    back = Reversals()
    back.add("N1", -8000)
    back.paid("N1", 8000)
    assert back
    taken, said = told_apart(LINE, None, False, {"N1": DUE}, back, 20)
    assert (taken, said.zh) == (MatchState.REVERSED, "当日已冲正")
    went, said = told_apart(BACK, None, False, {"N1": DUE}, back, 20)
    assert (went, "须另行办理退付" in said.zh) == (MatchState.REVERSED, True)
    assert told_apart(LINE, None, False, {"N1": DUE}, back, 20)[0] == MatchState.MISSING_HERE


RECEIPT = {
    "bank": "CCB", "serial": "S1", "notice": "N1", "amount": 8000, "channel": "qr",
    "paid_at": "2026-11-20T09:00:00+08:00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"serial": ""}, "回执缺少“serial”"),
        ({"bank": 7}, "回执缺少“bank”"),
        ({"amount": 0}, "大于零的整数"),
        ({"amount": -1}, "大于零的整数"),
        ({"amount": True}, "大于零的整数"),
        ({"amount": 80.0}, "大于零的整数"),
        ({"paid_at": "yesterday"}, "不是ISO 8601时间"),
        ({"paid_at": "2026-11-20T09:00:00"}, "没有时区"),
    ],
)
def test_a_receipt_that_is_not_whole_is_not_from_the_bank(changed, sentence):
    assert Paid.read(RECEIPT).amount == 8000
    with pytest.raises(NotFromTheBank, match=sentence):
        Paid.read(RECEIPT | changed)


COLUMNS = {name: name for name in ("serial", "notice", "amount", "channel", "paid_at")}


@pytest.mark.parametrize(
    ("dress", "field", "sentence"),
    [
        (Dress(encoding="no-such"), "encoding", "没有这种编码"),
        (Dress(columns=COLUMNS | {"amount": ""}), "column_amount", "请填写金额"),
        (Dress(columns=COLUMNS | {"channel": ""}), "channel", "请选择一种渠道"),
        (Dress(channel="pigeon"), "channel", "不认识的渠道"),
        (Dress(back=("flag", "")), "back_says", "请填写冲正、退款时的标志值"),
        (Dress(columns=COLUMNS | {"notice": "serial"}), "column_serial", "两项用了同一列"),
        (Dress(columns=COLUMNS | {"colour": "c"}), "column_serial", "不认识的项"),
        (
            Dress(kind=FormatKind.FIXED, columns=dict.fromkeys(COLUMNS, "1+8") | {"amount": "9"}),
            "column_amount",
            "金额的位置“9”写法不对",
        ),
        (
            Dress(kind=FormatKind.FIXED, columns=dict.fromkeys(COLUMNS, "1+8"), back=("x", "D")),
            "back_column",
            "冲正、退款标志的位置“x”写法不对",
        ),
        (Dress(kind=FormatKind.CAMT053, columns={"serial": "1st"}), "column_serial", "写法不对"),
    ],
)
def test_a_format_that_cannot_be_used_is_told_beside_its_field(dress, field, sentence):
    found = [(at, said.zh) for at, said in faults_of(dress)]
    assert any(at == field and sentence in zh for at, zh in found), found


def test_our_own_format_has_no_fault():
    assert list(faults_of(Dress())) == []
