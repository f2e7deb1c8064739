"""What people type: every sign is kept, or refused by its name; codes are known in any dress."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.paging.typed import (
    BROKEN,
    PRIVATE,
    code_of,
    fault_of_text,
    name_on_card,
    narrow,
    text_of,
    visible,
    was_meant,
)


def test_every_character_of_every_plane_is_kept_or_refused_by_its_code():
    for point in [
        *range(0x3400, 0x3500),
        *range(0xA000, 0xAC00),
        *range(0x20000, 0x3FFFE),
        0x1FAE8,
    ]:
        sign = chr(point)
        if fault_of_text(sign) is None:
            assert text_of(f"王{sign}") == f"王{sign}"
        else:
            assert point & 0xFFFE == 0xFFFE
            assert f"U+{point:04X}" in fault_of_text(sign).zh


@given(st.text())
def test_text_is_never_shortened_but_for_what_nobody_sees(typed):
    kept = text_of(typed)
    assert text_of(kept) == kept
    assert [s for s in typed if s.isprintable() and not s.isspace()] == [
        s for s in kept if s.isprintable() and not s.isspace()
    ]


def test_private_signs_are_told_with_the_character_they_were():
    for point in range(0xE000, 0xF900):
        assert f"U+{point:04X}" in fault_of_text(chr(point)).zh
    assert all(was_meant(chr(point)) for point in range(0xE815, 0xE865))
    assert was_meant("\ue863") == "䶮"
    assert "䶮" in fault_of_text("王\ue863").zh
    assert was_meant("\ue000") == ""


def test_joined_pictures_and_variants_stay():
    for typed in ("👨\u200d👩\u200d👧", "辻\U000e0100", "می\u200cخواهم", "ᠠ\u180b"):
        assert text_of(typed) == typed


def test_line_ends_count_once_and_nul_is_refused():
    assert text_of("一\r\n二\r三\u2028四") == "一\n二\n三\n四"
    assert "U+0000" in fault_of_text("a\0b").zh
    assert BROKEN.search("\ud800")
    assert PRIVATE.search("\U000f0000")


def test_what_cannot_be_seen_does_not_count():
    assert visible("\u200b" * 30) == 0
    assert visible(" 一 二\n") == 2


@pytest.mark.parametrize(
    "typed",
    [
        "4KVG–VBWF–N3AT",
        "4KVG\u2011VBWF\u2011N3AT",
        "4KVG－VBWF－N3AT",
        "4KVG—VBWF—N3AT",
        "4KVG\u00a0VBWF\u00a0N3AT",
        "4KVG\u3000VBWF\u3000N3AT",
        "４ＫＶＧ－ＶＢＷＦ－Ｎ３ＡＴ",
        "4kvg-vbwf-n3at。",
        "4 K V G V B W F N 3 A T",
        "「4KVG-VBWF-N3AT」\u200b",
        "查询码：4KVG-VBWF-N3AT",
        "  Query code: 4kvg-vbwf-n3at, ",
        "4KVG～VBWF～N3AT",
        "4KVGーVBWFーN3AT",
        "4KVG─VBWF─N3AT",
        "4KVG_VBWF_N3AT",
        "𝟒𝐊𝐕𝐆𝐕𝐁𝐖𝐅𝐍𝟑𝐀𝐓",
        "4ⓀⓋⒼⓋⒷⓌⒻⓃ3ⒶⓉ",
    ],
)
def test_a_code_is_one_code_in_every_dress(typed):
    assert code_of(typed) == "4KVGVBWFN3AT"


@pytest.mark.parametrize("dot", ["\u00b7", "\u2022", "\u30fb", "\u2027", "\uff0e", " · ", "\u2219"])
def test_the_dots_of_a_name_are_one_dot(dot):
    typed = f"买买提{dot}艾力"
    assert name_on_card(typed) == "买买提·艾力"
    assert text_of(typed) == typed  # a sentence keeps what was typed


@pytest.mark.parametrize("typed", ["4²VGVBWFN3AT", "4КVGVBWFN3AT"])
def test_what_only_looks_like_a_sign_of_a_code_is_none(typed):
    assert code_of(typed) == typed


def test_what_was_lost_on_the_way_is_told():
    for sign in "\ufffc\ufffd":
        assert f"U+{ord(sign):04X}" in fault_of_text(f"王{sign}明").zh


def test_full_width_signs_become_plain_and_others_do_not():
    assert narrow("１２，３．４５　￥－") == "12,3.45 ¥-"
    assert narrow("5²①") == "5²①"


@pytest.mark.parametrize(
    "blank", ["\u2800", "\u3164", "\u115f", "\uffa0", "\u034f", "\u3000", "\u200d"]
)
def test_what_looks_empty_is_empty(blank):
    assert visible(blank * 30) == 0
    assert visible(f"{blank}王{blank}") == 1
