"""The words of papers and messages: places filled, nothing the statute wants left out."""

from datetime import date

import pytest

from openhall.cases.rules.tidings import TIDINGS, compose, day_in
from openhall.cases.terms import Act
from openhall.papers.rules import words as papers
from openhall.papers.rules.seals import fault_of_size, fault_of_svg, round_seal
from openhall.papers.rules.templates import (
    BASIS,
    DEFAULTS,
    DUE_LINES,
    SAMPLES,
    faults_of,
    mandatory,
    places_of,
    samples_of,
)
from openhall.papers.rules.wording import UnknownPlace, fault_of_form, fill
from openhall.papers.rules.words import Matter, Told, full_width
from openhall.papers.terms import PaperKind

MATTER = Matter("社会团体成立登记", "市民政局", date(2024, 3, 4), date(2024, 3, 15))
NAMES = (
    *("item", "organ", "number", "answer", "promise", "statutory", "delivery", "due", "points"),
    *("outcome", "competent", "ground", "days", "amount", "notice", "way", "ask_by", "hearing"),
    "superior",
)
EVERYTHING = dict.fromkeys(NAMES, "某")


def test_places_are_filled_and_optional_words_left_out_when_a_place_is_empty():
    words = "限【甲】办结{，法定至【乙】}。\n{请向【丙】申请。}\n【丁】"
    full = {"甲": "一", "乙": "二", "丙": "三", "丁": "四\n五"}
    assert fill(words, full) == ["限一办结，法定至二。", "请向三申请。", "四", "五"]
    assert fill(words, full | {"乙": "", "丙": ""}) == ["限一办结。", "四", "五"]


def test_what_a_person_typed_is_never_read_as_a_place():
    assert fill("理由：【甲】", {"甲": "【乙】{丙}"}) == ["理由：【乙】{丙}"]


def test_a_place_without_a_value_is_an_error_not_a_gap():
    with pytest.raises(UnknownPlace):
        fill("【没有】", {})


@pytest.mark.parametrize("words", ["{【甲】", "【甲】}", "【甲", "甲】", "{{【甲】}}"])
def test_signs_must_come_in_pairs(words):
    assert fault_of_form(words)


@pytest.mark.parametrize("kind", DEFAULTS)
def test_the_products_own_words_pass_their_own_check(kind):
    assert faults_of(kind, DEFAULTS[kind]) == []
    assert fill(DEFAULTS[kind], samples_of(kind))
    assert set(places_of(kind)) <= set(SAMPLES)
    assert kind in BASIS


@pytest.mark.parametrize("kind", DEFAULTS)
def test_no_mandatory_place_may_be_left_out(kind):
    for name in mandatory(kind):
        words = DEFAULTS[kind].replace(f"【{name}】", "某")
        assert any(f"【{name}】" in str(fault) for fault in faults_of(kind, words)), name


def test_remedies_due_days_and_legal_basis_are_mandatory_where_the_statute_says_so():
    assert "救济途径" in mandatory(PaperKind.REFUSAL)
    assert "救济途径" in mandatory(PaperKind.DECLINE)
    assert {"承诺期限", "法定期限"} <= set(mandatory(PaperKind.ACCEPTANCE))
    inside = {PaperKind.HAND_OVER, PaperKind.DELIVERY}
    assert all("法律依据" in mandatory(kind) for kind in DEFAULTS if kind not in inside)


def test_an_unknown_place_a_hidden_reason_and_a_foreign_kind_are_refused():
    refusal = DEFAULTS[PaperKind.REFUSAL]
    assert "没有“【身份证号】”" in str(faults_of(PaperKind.REFUSAL, refusal + "【身份证号】")[0])
    hidden = refusal.replace("理由：【理由】", "{理由：【理由】}")
    assert "花括号" in str(faults_of(PaperKind.REFUSAL, hidden)[0])
    assert faults_of(PaperKind.HEARING, "某")
    assert "过长" in str(faults_of(PaperKind.REFUSAL, refusal + "某" * 4000)[0])


def test_the_same_values_speak_in_an_offices_own_words():
    told = papers.acceptance(MATTER, date(2024, 3, 5), by_silence=False)
    assert isinstance(told, Told)
    assert told.in_words("【事项名称】至【承诺期限】{,法定【法定期限】}") == [
        "社会团体成立登记至2024年3月15日"
    ]


def test_a_payment_notice_adds_its_lines_up():
    lines = [("工本费", 2000), ("公告费", 505)]
    bill = papers.Bill("000000000000000001", "00000000", "0000000001", "7K3M9X2P4T6R", "q==", lines)
    told = papers.payment(MATTER, bill, date(2024, 3, 20))
    assert "票据号码0000000001" in "".join(told)
    assert told[1:3] == ["1. 工本费：20.00元", "2. 公告费：5.05元"]
    assert "合计25.05元" in told[3]


def test_an_extension_says_who_approved_how_long_why_and_until_when():
    told = "".join(papers.extension(MATTER, 10, "需要专家论证。", "本机关负责人"))
    for said in ("本机关负责人", "10个工作日", "需要专家论证。", "2024年3月15日"):
        assert said in told


def test_a_proof_of_service_tells_how_it_was_signed_and_every_attempt_before():
    told = papers.delivery(
        MATTER,
        "邮寄送达",
        "王芳",
        date(2024, 3, 20),
        relation="本人",
        signed="邮政回执",
        tracking="EX1",
        history="2024年3月18日邮寄送达：已交寄",
    )
    assert told[1:] == [
        "签收人：王芳（本人），签收方式：邮政回执",
        "邮件编号：EX1",
        "送达经过：2024年3月18日邮寄送达：已交寄",
    ]


def test_a_due_line_names_a_place_of_its_paper():
    assert all(place in places_of(kind) for kind, (_label, place) in DUE_LINES.items())


def test_signs_beside_chinese_are_full_width():
    assert full_width("办理，期限：3") == "办理\uff0c期限\uff1a3"
    assert full_width("a, b: 1,000") == "a, b: 1,000"


# ---------------------------------------------------------------- messages
TOLD = (
    *(Act.SUBMIT, Act.ACCEPT, Act.DEEM_ACCEPTED, Act.ASK_FOR_SUPPLEMENT, Act.SUPPLEMENT),
    *(Act.DECLINE, Act.LAPSE, Act.SUSPEND, Act.RESUME, Act.EXTEND, Act.DECIDE, Act.BILL),
    *(Act.SETTLE, Act.ISSUE, Act.DELIVER, Act.WITHDRAW, Act.ACCEPT_AT_ONCE, Act.TELL_HEARING),
    *(Act.CALL_HEARING, Act.HOLD_HEARING, Act.FORWARD, Act.REPLY, Act.ASK_AGAIN),
)


def test_after_each_act_that_matters_to_the_applicant_there_is_something_to_say():
    assert set(TOLD) <= set(TIDINGS)
    for inside in (Act.HAND_OVER, Act.REVIEW, Act.SEND_BACK):
        assert compose(inside, EVERYTHING, "zh") is None


@pytest.mark.parametrize("act", TIDINGS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_message_is_whole_with_and_without_what_is_optional(act, language):
    for values in (EVERYTHING, dict.fromkeys(EVERYTHING, "") | {"item": "甲", "number": "乙"}):
        subject, words = compose(act, values, language)
        assert subject
        assert "【" not in words
        assert "{" not in words
        assert len(words) < 330


def test_days_are_written_as_people_read_them():
    assert day_in("zh", date(2026, 1, 5)) == "2026年1月5日"
    assert day_in("en", date(2003, 5, 26)) == "26 May 2003"
    assert day_in("en", None) == ""


# ---------------------------------------------------------------- seals
def test_a_drawn_seal_passes_the_check_of_seals_and_holds_every_sign_of_the_name():
    drawn = round_seal("成都市锦江区行政审批局", "审批专用章")
    assert fault_of_svg(drawn) is None
    for sign in "成都市锦江区行政审批局":
        assert f">{sign}</text>" in drawn
    assert fault_of_svg(round_seal("<甲>&乙")) is None


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


@pytest.mark.parametrize(
    "drawing",
    [
        "not svg",
        "<html/>",
        HEAD.replace(' viewBox="0 0 9 9"', "") + "</svg>",
        HEAD + "<script>1</script></svg>",
        HEAD + '<circle onclick="x()"/></svg>',
        HEAD + '<image href="http://example.org/x.png"/></svg>',
        HEAD + '<path fill="url(http://example.org)"/></svg>',
        HEAD + '<g xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/></svg>',
        HEAD + "<foreignObject/></svg>",
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + HEAD + "</svg>",
    ],
)
def test_a_seal_that_could_do_more_than_be_looked_at_is_refused(drawing):
    assert fault_of_svg(drawing)


@pytest.mark.parametrize(
    ("width", "height", "right"), [(400, 400, True), (100, 100, False), (900, 400, False)]
)
def test_a_picture_of_a_seal_is_large_enough_and_nearly_square(width, height, right):
    assert (fault_of_size(width, height) is None) is right
