"""The bank's file: any bytes give a comparison or a list of faults with their lines."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.fees.rules.statement import HEADING, Line, UnreadableStatement, compare, read
from openhall.fees.terms import MatchState

DAY = date(2026, 11, 27)
HEAD = ",".join(HEADING) + "\n"
AT = "counter,2026-11-27T10:30:00+08:00"


def faults(body: str) -> str:
    with pytest.raises(UnreadableStatement) as unread:
        read(HEAD + body, DAY)
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
        (f"S1,N1,5,{AT}\nS1,N1,5,{AT}", "第3行流水号"),
        ("S1,N1,5,counter,2025-01-01 10:00", "第2行的缴款时间“2025-01-01”"),
        ("S1,N1,5,counter,2030-01-01", "第2行的缴款时间"),
        ("S1,N1,5,counter,昨天", "第2行的缴款时间“昨天”"),
        ("S1,N1,5,pigeon,2026-11-27", "第2行渠道"),
        ("合计,,5,,", "合计"),
        (f"{'S' * 61},N1,5,{AT}", "第2行serial"),
        (f",N1,5,{AT}", "第2行serial"),
        (f"S\x01,N1,5,{AT}", "第2行serial"),
        (f"S\u202e1,N1,5,{AT}", "第2行serial"),
        (f"S1,,5,{AT}", "第2行notice"),
        ('"S1,N1', "引号"),
    ],
)
def test_every_wrong_line_is_named(body, said):
    assert said in faults(body)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_empty_rows_of_spreadsheets_do_no_harm(end):
    body = HEAD + f"S1,N1,5,{AT}\n,,,,\n\nS2,N2,6,银行柜台,20261127103000,,\n"
    assert read("\ufeff" + body.replace("\n", end), DAY) == [
        Line("S1", "N1", 5),
        Line("S2", "N2", 6),
    ]


@pytest.mark.parametrize(
    "at",
    ["2026-11-27", "2026年11月27日", "2026/11/27 9:05", "20261127",
      "20261127093000", "2026-11-27 09:30:00",
     "2026-11-27T01:00:00+00:00", "2026-11-26T17:00:00Z"],
)  # fmt: skip
def test_the_day_is_read_as_banks_write_it(at):
    assert read(HEAD + f"S1,N1,5,online,{at}", DAY) == [Line("S1", "N1", 5)]


@given(st.text())
def test_any_text_is_read_or_refused(text):
    for whole in (text, HEAD + text):
        try:
            found = len(read(whole, DAY))
        except UnreadableStatement as unread:
            found = len(unread.faults)
        assert found or not text.strip()


def test_a_payment_and_its_reversal_are_both_listed():
    lines = read(HEAD + f"S1,N1,100,{AT}\nS2,N1,-100,{AT}\nS3,N2,7,{AT}\n", DAY)
    states = {match.line.serial: match.state for match in compare(lines, [])}
    assert states == {
        "S1": MatchState.REVERSED,
        "S2": MatchState.REVERSED,
        "S3": MatchState.MISSING_HERE,
    }
    states = {m.line.serial: m.state for m in compare(lines, [Line("S1", "N1", 100)])}
    assert (states["S1"], states["S2"]) == (MatchState.MATCHED, MatchState.REVERSED)


def test_a_reversal_under_the_serial_of_its_payment_is_a_line_of_its_own():
    lines = read(HEAD + f"S1,N1,100,{AT}\nS1,N1,-100,{AT}\n", DAY)
    assert [match.line.amount for match in compare(lines, [])] == [100, -100]
    assert [m.state for m in compare([], [Line("S9", "N9", 1)])] == [MatchState.MISSING_THERE]
