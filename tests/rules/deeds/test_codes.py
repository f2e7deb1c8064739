"""A query code shows every single slip of the pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.cases.rules.separation import Hands, objection
from openhall.deeds.rules.codes import BODY_SIGNS, SIGNS, check_sign, fault_of_code, tidy

bodies = st.text(alphabet=SIGNS, min_size=BODY_SIGNS, max_size=BODY_SIGNS)


@given(bodies)
def test_a_code_as_printed_is_right_also_with_hyphens_and_small_letters(body):
    code = body + check_sign(body)
    assert fault_of_code(code) is None
    assert fault_of_code(f"{code[:4]}-{code[4:8]}-{code[8:]}".lower()) is None


@given(bodies, st.integers(0, BODY_SIGNS - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_noticed(body, place, sign):
    code = body + check_sign(body)
    wrong = code[:place] + sign + code[place + 1 :]
    assert (fault_of_code(wrong) is None) == (wrong == code)


@given(bodies, st.integers(0, BODY_SIGNS - 2))
def test_two_swapped_signs_are_noticed(body, place):
    code = body + check_sign(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (fault_of_code(swapped) is None) == (swapped == code)


@pytest.mark.parametrize(
    "around",
    [
        "您的查询码是{}，请妥善保管。",
        "【阳光政务】编号20260302-8F3A01CD，查询码{}（勿告他人）退订回T",
        "<{}>",
        "Your CASE {} was received",
        "查询码为：\n{}\n",
    ],
)
@pytest.mark.parametrize("dash", ["-", "", "|", "+", "一", " — ", "＝"])
def test_a_code_is_read_out_of_the_message_it_came_in(around, dash):
    body = "4KVGVBWFN3A"
    code = body + check_sign(body)
    dressed = dash.join((code[:4], code[4:8], code[8:]))
    assert tidy(around.format(dressed)) == code
    assert fault_of_code(around.format(dressed)) is None


def test_of_two_codes_none_is_chosen():
    one, two = (body + check_sign(body) for body in ("4KVGVBWFN3A", "4KVGVBWFN3B"))
    assert fault_of_code(f"{one} 或者 {two}") is not None
    assert tidy(f"{one} / {one}") == one


def test_who_accepts_never_handles_or_decides():
    assert objection(Hands(1, 2, 3)) is None
    assert objection(Hands(1, None, None)) is None
    assert "受理人不得承办" in str(objection(Hands(1, 1, 2)))
    assert "受理人不得批准" in str(objection(Hands(1, 2, 1)))
    assert "承办人不得批准" in str(objection(Hands(1, 2, 2)))
