"""People's numbers are read in any dress and kept in one: documents, telephones, credit codes."""

from datetime import date

import pytest

from openhall.organs.rules.identity import (
    document_number,
    fault_of_credit_code,
    fault_of_document,
    fault_of_person,
    fault_of_phone,
    fault_of_resident_id,
    kind_of_document,
    phone_of,
    resident_check_digit,
)
from openhall.organs.terms import IdentityKind as K


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("138‑0013‑8000", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("028-8666-0000", "028-86660000"),
        ("（028）86660000", "028-86660000"),
        ("028-86660000转801", "028-86660000-801"),
        ("028 86660000-801", "028-86660000-801"),
        ("010-6666 6666", "010-66666666"),
        ("+86 28 86660000", "028-86660000"),
        ("00852-91234567", "+85291234567"),
        ("+852 9123 4567", "+85291234567"),
        ("95588", "95588"),
        ("400-800-8000", "4008008000"),
        ("手机：138 0013 8000", "13800138000"),
        ("tel:13800138000", "13800138000"),
        ("13800138000（家）", "13800138000"),
        ("138ー0013ー8000", "13800138000"),
        ("+86 10 65128888", "010-65128888"),  # not a mobile number
        ("+86-10-6512-8888-12", "010-65128888-12"),
        ("0086 10 6512 8888", "010-65128888"),
        ("+86 (0)10 65128888", "010-65128888"),
        ("+86（0）13800138000", "13800138000"),
        ("013800138000", "13800138000"),
        ("400-800-8888-12", "4008008888-12"),
        ("400 800 8888 转 12", "4008008888-12"),
        ("800-810-8888", "8008108888"),
        ("852 9123 4567", "+85291234567"),
        ("852-91234567", "+85291234567"),
        ("853 6612 3456", "+85366123456"),
        ("886-912-345-678", "+886912345678"),
        ("028-12345", "028-12345"),
        ("0832 96110", "0832-96110"),
        ("+864008008888", "4008008888"),
        ("+44 (0)20 7946 0958", "+442079460958"),  # the 0 is for callers at home
        ("①③⑧00138000", "13800138000"),
        ("²13800138000", None),
        ("手机¹³⁸00138000", None),
        ("028-86660000转801转2", None),
        ("+86138001380001", None),
        ("一三八零零一三八零零零", None),
        ("١٣٨٠٠١٣٨٠٠٠", None),
        ("13800138000/13900139000", None),
        ("没有手机", None),
        ("abc", None),
        ("1390000000", None),
        ("139000000001", None),
        ("", None),
        ("138001380001234", None),
    ],
)
def test_a_telephone_number_is_read_in_any_dress_or_refused(typed, kept):
    assert phone_of(typed) == kept
    assert (fault_of_phone(typed) is None) == (kept is not None)
    if kept is not None:
        assert phone_of(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002X",
        "110105 19491231 002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002Ｘ\u200b",
        "110105-19491231-002X",
        "11010519491231002X。",
        "11010519491231002×",
        "11010519491231002Ⅹ",
        "11010519491231002ⅹ",
        "11010519491231002Х",
        "身份证号码：11010519491231002X",
        "ID No.: 11010519491231002X",
        "№ 11010519491231002X",
    ],
)
def test_an_identity_number_is_one_number_in_every_dress(typed):
    assert document_number(typed) == "11010519491231002X"


@pytest.mark.parametrize(
    ("kind", "number", "right"),
    [
        (K.HK_MACAO_PERMIT, "H12345678", True),
        (K.HK_MACAO_PERMIT, "M1234567801", True),
        (K.RESIDENT_ID, "H12345678", False),
        (K.TAIWAN_PERMIT, "12345678", True),
        (K.TAIWAN_PERMIT, "1234567", False),
        (K.PASSPORT, "E12345678", True),
        (K.PASSPORT, "PASSPORT", False),
        (K.FOREIGN_RESIDENT, "911124198108030024", True),
        (K.FOREIGN_RESIDENT, "CHN110012345678", True),
        (K.FOREIGN_RESIDENT, "11010519491231002X", False),
        (K.FOREIGN_RESIDENT, "USA11008010170", False),
        (K.RESIDENCE_PERMIT, "820000199408230021", False),
        (K.RESIDENCE_PERMIT, "H12345678", False),
        (K.RESIDENCE_PERMIT, "810000199408230021", True),
        (K.RESIDENCE_PERMIT, "11010519491231002X", False),
        (K.CREDIT_CODE, "H12345678", False),
    ],
)
def test_each_document_has_its_own_form(kind, number, right):
    fault = fault_of_document(kind, number)
    assert (fault is None) == right
    assert right or (fault.zh and fault.en)


def test_a_number_that_stands_alone_is_known_by_its_form():
    assert kind_of_document("H12345678") == K.HK_MACAO_PERMIT
    assert kind_of_document("E12345678") == K.PASSPORT
    assert kind_of_document("11010519491231002X") == K.RESIDENT_ID
    assert fault_of_person("H12345678") is None
    assert fault_of_person("没有") is not None


def test_nobody_is_born_tomorrow_or_in_no_province():
    today = date(2026, 11, 29)
    assert "出生日期" in fault_of_resident_id("11010520300101001X", today).zh
    assert "出生日期" in fault_of_resident_id("110105170001010016", today).zh
    for region in ("000000", "990101", "110000", "840101"):
        first = f"{region}19900101001"
        assert "地区代码" in fault_of_resident_id(first + resident_check_digit(first), today).zh
    for region in ("117501", "510001", "519901", "448801", "460000"):  # no city is numbered so
        first = f"{region}19900101001"
        assert "地区代码" in fault_of_resident_id(first + resident_check_digit(first), today).zh
    for region in ("460025", "441900", "429004", "659001", "500243", "513425"):
        first = f"{region}19900101001"
        assert fault_of_resident_id(first + resident_check_digit(first), today) is None
    first = "90012419810803002"  # a foreigner's card of no province
    assert "地区代码" in fault_of_resident_id(first + resident_check_digit(first), today).zh


@pytest.mark.parametrize("typed", ["110105491231002", "１１０１０５ 491231 002"])
def test_an_old_number_of_fifteen_digits_is_told_how_to_renew(typed):
    fault = fault_of_person(document_number(typed))
    assert "派出所换领" in fault.zh
    assert "police station" in fault.en


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("D2143569X", "9位的组织机构代码"),
        ("D2143569-X", "9位的组织机构代码"),
        ("７３３１８６２３５", "9位的组织机构代码"),
        ("510100400012345", "15位的营业执照注册号"),
        ("91510100MA6CA", "现为13位"),
    ],
)
def test_the_codes_of_old_lists_are_told_with_what_took_their_place(code, said):
    assert said in fault_of_credit_code(document_number(code)).zh
