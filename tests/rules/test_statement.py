"""The bank's file, in each of its dresses: any bytes give entries or a list of faults."""

import io
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.fees.rules.dresses import raw_lines
from openhall.fees.rules.statement import (
    HEADING,
    MOST,
    Dress,
    Entry,
    UnreadableStatement,
    entries,
)
from openhall.fees.terms import FormatKind

DAY = date(2026, 11, 27)
HEAD = ",".join(HEADING) + "\n"
AT = "counter,2026-11-27T10:30:00+08:00"


def read(text: str | bytes, dress: Dress | None = None) -> list[Entry]:
    file = io.BytesIO(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    return list(entries(file, DAY, *([dress] if dress else [])))


def faults(body: str) -> str:
    with pytest.raises(UnreadableStatement) as unread:
        read(HEAD + body)
    assert all(fault.en for fault in unread.value.faults)
    return unread.value.said.zh


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"S1,N1,{'9' * 30},{AT}", "第2行金额"),
        (f"S1,N1,0,{AT}", "第2行金额"),
        (f"S1,N1,²,{AT}", "第2行金额"),
        (f"S1,N1,1.5,{AT}", "第2行金额"),
        (f"S1,N1,1000000000000,{AT}", "第2行金额"),
        ("S1,N1,5,counter,2030-01-01", "第2行的缴款时间“2030-01-01”"),
        ("S1,N1,5,counter,昨天", "第2行的缴款时间“昨天”"),
        ("S1,N1,5,pigeon,2026-11-27", "第2行渠道"),
        ("合计,,5,,", "合计"),
        (f"{'S' * 61},N1,5,{AT}", "第2行serial"),
        (f",N1,5,{AT}", "第2行serial"),
        (f"S\x01,N1,5,{AT}", "第2行serial"),
        (f"S\u202e1,N1,5,{AT}", "第2行serial"),
        (f"S1,,5,{AT}", "第2行notice"),
        ('"S1,N1', "引号"),
        ("S1,N1,5", "第2行应有5列，现有3列"),
    ],
)
def test_every_wrong_line_is_named(body, said):
    assert said in faults(body)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_empty_rows_of_spreadsheets_do_no_harm(end):
    body = HEAD + f"S1,N1,5,{AT}\n,,,,\n\nS2,N2,6,银行柜台,20261127103000,,\n"
    assert [one[1:] for one in read("\ufeff" + body.replace("\n", end))] == [
        ("S1", "N1", 5, "counter", DAY),
        ("S2", "N2", 6, "counter", DAY),
    ]


@pytest.mark.parametrize(
    "at",
    ["2026-11-27", "2026年11月27日", "2026/11/27 9:05", "20261127",
      "20261127093000", "2026-11-27 09:30:00",
     "2026-11-27T01:00:00+00:00", "2026-11-26T17:00:00Z"],
)  # fmt: skip
def test_the_day_is_read_as_banks_write_it(at):
    assert [one.day for one in read(HEAD + f"S1,N1,5,online,{at}")] == [DAY]


def assert_read_or_told(raw: bytes, dress: Dress) -> None:
    told = None
    try:
        found = read(raw, dress)
    except UnreadableStatement as unread:
        told = unread
    if told is None:
        assert all(0 < abs(one.amount) <= MOST and one.day <= DAY for one in found)
    else:
        assert told.faults
        assert all(fault.zh and fault.en for fault in told.faults)


@given(st.text(st.characters(codec="utf-8")) | st.binary())
def test_any_bytes_are_read_or_refused(body):
    raw = body.encode() if isinstance(body, str) else body
    for dress in (Dress(), FIXED, CAMT):
        for whole in (raw, HEAD.encode() + raw):
            assert_read_or_told(whole, dress)


# ------------------------------------------------------------------------------ other dresses
FIXED = Dress(
    kind=FormatKind.FIXED,
    columns={
        "serial": "1+12",
        "notice": "13+18",
        "amount": "31+12",
        "channel": "43+8",
        "paid_at": "51+14",
    },
    back=("65+1", "D"),
    skip=(1, 1),
)


def test_fixed_width_counts_bytes_of_gb_18030():
    head, foot = "锦城银行代收明细", "合计 2笔"
    rows = [
        ("S1", "000000000000000001", "000000008000", "银行柜台", "20261127103000", "C"),
        ("S2", "000000000000000002", "000000000500", "网上支付", "20261127113000", "D"),
    ]
    lines = [f"{serial:<12}{''.join(rest)}" for serial, *rest in rows]
    raw = "\r\n".join([head, *lines, foot]).encode("gb18030")
    assert [one[1:] for one in read(raw, FIXED)] == [
        ("S1", "000000000000000001", 8000, "counter", DAY),
        ("S2", "000000000000000002", -500, "online", DAY),
    ]


def test_a_column_that_cuts_a_sign_in_two_is_named_by_its_bytes():
    row = b"S1".ljust(12) + b"0" * 29 + b"1" + b"\xff" * 8 + b"20261127103000C"
    with pytest.raises(UnreadableStatement, match="第2行第43至50字节"):
        read(b"head\n" + row + b"\nfoot", FIXED)


MAPPED = Dress(
    columns={
        "serial": "交易流水",
        "notice": "缴款码",
        "amount": "金额（元）",
        "channel": "",
        "paid_at": "交易时间",
    },
    yuan=True,
    channel="qr",
    back=("借贷", "借"),
    skip=(1, 0),
)


def test_a_bank_s_own_columns_in_yuan_are_mapped():
    text = (
        "某某银行\n交易时间,借贷,金额（元）,交易流水,缴款码\n"
        '2026-11-27 10:00:00,贷,"1,080.50",S1,N1\n2026-11-27 10:05:00,借,80,S2,N1\n'
    )
    assert [one[1:] for one in read(text.encode("gb18030"), MAPPED)] == [
        ("S1", "N1", 108050, "qr", DAY),
        ("S2", "N1", -8000, "qr", DAY),
    ]
    with pytest.raises(UnreadableStatement, match="第2行应为"):
        read("某某银行\n交易时间,金额\n", MAPPED)


CAMT = Dress(kind=FormatKind.CAMT053, yuan=True, channel="counter")
NTRY = (
    "<Ntry><Amt Ccy='CNY'>{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>"
    "<BookgDt><Dt>2026-11-27</Dt></BookgDt><AcctSvcrRef>{serial}</AcctSvcrRef>"
    "<NtryDtls><TxDtls><RmtInf><Strd><CdtrRefInf><Ref>{notice}</Ref></CdtrRefInf></Strd></RmtInf>"
    "</TxDtls></NtryDtls></Ntry>"
)


def message(*rows: tuple[str, str, str, str]) -> str:
    told = [
        NTRY.format(serial=serial, notice=notice, amount=amount, way=way)
        for serial, notice, amount, way in rows
    ]
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt><Stmt>"
        f"{''.join(told)}</Stmt></BkToCstmrStmt></Document>"
    )


def test_a_camt_053_message_is_read_entry_by_entry():
    text = message(("S1", "N1", "80.00", "CRDT"), ("S2", "N1", "80.00", "DBIT"))
    assert [one[1:] for one in read(text, CAMT)] == [
        ("S1", "N1", 8000, "counter", DAY),
        ("S2", "N1", -8000, "counter", DAY),
    ]


@pytest.mark.parametrize(
    "text",
    [
        message(("S1", "N1", "80", "CRDT"))[:-30],
        "<Document/>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><Document>&a;</Document>",
        "",
    ],
)
def test_a_cut_or_odd_message_is_refused_whole(text):
    with pytest.raises(UnreadableStatement):
        read(text, CAMT)


def test_a_serial_that_holds_the_letters_of_sum_is_no_sum():
    from openhall.fees.rules.statement import SUMS

    assert [bool(SUMS.search(said)) for said in ("CONSUM01", "TOTALE9", "Total", "Sum: 3")] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("serial", ["6.22202E+18", "1e+15", "9.99E+017"])
def test_a_serial_that_a_spreadsheet_shortened_is_refused_with_its_line(serial):
    assert "第2行serial" in faults(f"{serial},N1,5,{AT}")
    assert "科学计数法" in faults(f"{serial},N1,5,{AT}")
    kept = read(f"{HEAD}622E18,N1,5,{AT}\n")  # a bank's own serial may hold an E
    assert [one.serial for one in kept] == ["622E18"]


def line_of(serial: str, amount: str) -> str:
    return f"{serial:<12}{'0' * 18}{amount:>12}{'银行柜台'}20261127103000C"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_no_line_of_fixed_width_is_lost_behind_a_line_end_of_another_kind(end):
    raw = end.join(["head", line_of("S1", "5"), line_of("S2", "7"), "foot"]).encode("gb18030")
    assert [one.serial for one in read(raw, FIXED)] == ["S1", "S2"]


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-12:00", "2026-11-27T09:00+24:00"]
)
def test_a_time_past_the_ends_of_the_calendar_is_a_fault_of_its_line(moment):
    assert "第2行的缴款时间" in faults(f"S1,N1,5,{AT.split(',')[0]},{moment}")


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("Ccy='CNY'", "Ccy='USD'", "币种是USD"),
        ("<Ntry>", "<Ntry><Sts><Cd>PDNG</Cd></Sts>", "尚未入账"),
        ("<Ntry>", "<Ntry><Sts>INFO</Sts>", "尚未入账"),
    ],
)
def test_other_money_and_money_not_yet_booked_are_no_payments(was, becomes, told):
    text = message(("S1", "N1", "80.00", "CRDT")).replace(was, becomes)
    with pytest.raises(UnreadableStatement, match=f"第1笔的.*{told}"):
        read(text, CAMT)
    booked = message(("S1", "N1", "80.00", "CRDT")).replace("<Ntry>", "<Ntry><Sts>BOOK</Sts>")
    assert [one.amount for one in read(booked, CAMT)] == [8000]


def test_a_reversal_has_the_direction_that_the_message_says():
    text = message(("S1", "N1", "80", "DBIT"), ("S2", "N1", "80", "CRDT"))
    text = text.replace("</CdtDbtInd>", "</CdtDbtInd><RvslInd>true</RvslInd>")
    assert [one.amount for one in read(text, CAMT)] == [-8000, 8000]


@pytest.mark.parametrize("name", ["GBK", "gb2312", "GB18030"])
def test_a_message_in_a_national_encoding_is_read(name):
    text = message(("S1", "N1", "80.00", "CRDT")).replace("UTF-8", name)
    text = text.replace("<Stmt>", "<Stmt><AddtlStmtInf>银行流水</AddtlStmtInf>" + " " * 9000)
    assert [one.amount for one in read(text.encode("gb18030"), CAMT)] == [8000]


def test_a_batch_of_ten_thousand_payments_under_one_entry_is_read_at_once():
    details = "".join(
        f"<TxDtls><Refs><AcctSvcrRef>S{n}</AcctSvcrRef></Refs><Amt Ccy='CNY'>1.00</Amt>"
        f"<RmtInf><Strd><Ref>N{n}</Ref></Strd></RmtInf>"
        "<RltdDts><TxDtTm>2026-11-27T10:00:00</TxDtTm></RltdDts></TxDtls>"
        for n in range(10_000)
    )
    text = (
        f"<Document><Bal/>{'<a/>' * 20_000}<Stmt><Ntry><Amt Ccy='CNY'>10000</Amt>"
        "<CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-26</Dt></BookgDt>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>{'<Ntry/>' * 3_000}</Stmt></Document>"
    )
    began = time.process_time()
    lines = list(raw_lines(io.BytesIO(text.encode()), CAMT))
    assert time.process_time() - began < 5
    assert len(lines) == 13_000
    # its own moment, where the bank says one
    assert lines[9_999][1:6] == ("S9999", "N9999", "1.00", "", "2026-11-27T10:00:00")
