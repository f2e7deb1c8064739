"""Personal data is found by rule however it is dressed; what is no person's stays. Golden cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.enquiries.rules.hiding import also, found_in, hide
from openhall.enquiries.terms import Hidden

FOUND = [
    ("电话13812345678", Hidden.PHONE, "13812345678"),
    ("手机138 1234 5678", Hidden.PHONE, "138 1234 5678"),
    ("手机138-1234-5678。", Hidden.PHONE, "138-1234-5678"),
    ("打１３８１２３４５６７８", Hidden.PHONE, "１３８１２３４５６７８"),
    ("幺三八一二三四五六七八", Hidden.PHONE, "幺三八一二三四五六七八"),
    ("+8613812345678", Hidden.PHONE, "+8613812345678"),
    ("座机028-87654321", Hidden.PHONE, "028-87654321"),
    ("联系方式：87654321", Hidden.PHONE, "87654321"),
    ("身份证510104199003071234", Hidden.IDENTITY, "510104199003071234"),
    ("号码51010419900307123X", Hidden.IDENTITY, "51010419900307123X"),
    (
        "５１０１０４１９９００３０７１２３Ｘ",
        Hidden.IDENTITY,
        "５１０１０４１９９００３０７１２３Ｘ",
    ),
    ("护照E12345678", Hidden.IDENTITY, "E12345678"),
    ("卡号6222 0212 3456 7890 123", Hidden.CARD, "6222 0212 3456 7890 123"),
    ("车是川A12345", Hidden.PLATE, "川A12345"),
    ("川A·D12345的车", Hidden.PLATE, "川A·D12345"),
    ("邮箱wang.fang@example.org", Hidden.MAIL, "wang.fang@example.org"),
    ("微信号：wxid_abc12", Hidden.MAIL, "wxid_abc12"),
    ("QQ12345678", Hidden.MAIL, "12345678"),
    ("我住在锦江区草市街2号3栋1单元502", Hidden.ADDRESS, "锦江区草市街2号3栋1单元502"),
    ("地址：天府大道北段966号", Hidden.ADDRESS, "天府大道北段966号"),
    ("我叫王小芳，想问", Hidden.NAME, "王小芳"),
    ("本人欧阳明，户籍", Hidden.NAME, "欧阳明"),
    ("窗口的李女士说", Hidden.NAME, "李"),
]
NOT_FOUND = [
    "要准备哪些材料，几天能办好？",
    "请拨打12345咨询。",
    "8个工作日内办结，收费1000元。",
    "依据国办发〔2019〕51号第3条。",
    "2026年11月2日提交，编号20260302-8F3A01CD。",
    "高中毕业、高新区户籍的，方便在网上办吗？",
    "我是高新区的居民。",
]


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
def test_it_is_found_and_hidden(text, kind, words):
    found = found_in(text)
    assert (kind, words) in [(one.kind, one.words) for one in found]
    assert words not in hide(text, found)
    assert f"〔{kind.zh}〕" in hide(text, found)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_nobodys_stays(text):
    assert found_in(text) == []


def test_a_known_name_is_found_wherever_it_stands():
    assert [one.words for one in found_in("芳芳说，王小芳要去。", ["王小芳"])] == ["王小芳"]


def test_words_a_person_names_are_hidden_everywhere():
    text = "志愿者协会在协会大楼。"
    assert hide(text, also(text, ["协会"])) == "志愿者〔个人信息〕在〔个人信息〕大楼。"


@given(st.text(alphabet="我叫王小芳，电话138-1234５67８住锦江区草市街2号川A· ", max_size=60))
def test_nothing_is_ever_added_and_hiding_twice_changes_nothing(text):
    shown = hide(text, found_in(text))
    kept = shown
    for kind in Hidden:
        kept = kept.replace(f"〔{kind.zh}〕", "")
    it = iter(text)
    assert all(sign in it for sign in kept)
    again = found_in(shown)
    assert all(one.words in text for one in again)
