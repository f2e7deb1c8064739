"""Every text that is kept can be printed; what no font draws is a box with its code point."""

import io
import json
import shutil

import pikepdf
import pytest

from openhall.design import typesetting
from openhall.design.fonts import FOLDERS, drawable, undrawable
from openhall.design.qr import qr_svg
from openhall.design.typesetting import pdf_from, texts_in, unprintable
from openhall.papers.pdf import SHEET

NAMES = {
    "Han of extension B": "王𠮷明",
    "Han of extension E": "\U0002b820",
    "Han of extension F": "\U0002ceb0",
    "compatibility Han": "﨎丽",
    "Tibetan": "བཀྲ་ཤིས",
    "Uyghur": "ئابدۇللا",
    "Kazakh": "قازاق",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
    "Yi": "ꆈꌠ",
    "Dai": "ᥖᥭᦺᦑᨲᩱ",
    "Lisu": "ꓡꓲ",
    "Miao": "𖼀𖽑",
    "Zhuang": "Ƅouƽ ƨə",
    "variant": "辻\U000e0100",
}


def paper(name: str, **more: object) -> dict[str, object]:
    return {
        "organ": "市民政局", "title": "受理通知书", "number": "1", "to": name, "case": "x",
        "query": "2", "words": [f"{name}的申请已经受理。"], "day": "2026年3月4日", "check": "2",
        "verify": "https://x/", "year": 2026, "month": 3, "date": 4, "due": "", "sample": False,
    } | more  # fmt: skip


def drawn(content, **more) -> bytes:
    return pdf_from(SHEET, content, qr=qr_svg("https://x/"), seal="", **more)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_every_script_of_the_country_is_drawn(name):
    assert unprintable([name]) == []
    made = drawn(paper(name))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 1
        assert b"pdfaid:part" in pdf.Root.Metadata.read_bytes()


def test_all_of_gb_18030_is_drawn():
    blocks = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2A6D6), (0x2A700, 0x2B734)]
    blocks += [(0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0)]
    signs = [chr(point) for first, last in blocks for point in range(first, last + 1)]
    assert unprintable(signs) == []


@pytest.mark.parametrize("sign", ["\U00030000", "\U0002ebf0", "😀", "한", "\ue863", "\U0001fae8"])
def test_what_no_font_draws_stands_as_a_box_and_is_known_before(sign):
    code = f"U+{ord(sign):04X}"
    assert unprintable([f"李{sign}"]) == [code]
    assert drawn(paper(f"李{sign}")) != drawn(paper("李"))
    assert drawn(paper(f"李{sign}")) == drawn(paper(f"李{sign}"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("王\u0364明", ["U+0364"]),  # a mark that the font of 王 does not have
        ("t\u0361\u0283", ["U+0361"]),  # also where another font has both
        ("e\u0301\u00e9", []),
        ("辻\U000e0100", []),
        ("\U00020bb7\U000e0100", ["U+E0100"]),
        ("བཀྲ་ཤིས", []),
        ("مُحَمَّد", []),
    ],
)
def test_a_mark_is_drawn_with_the_sign_it_stands_on_or_as_a_box(text, codes):
    assert unprintable([text]) == codes
    assert drawn(paper(text)).startswith(b"%PDF")


@pytest.mark.parametrize("signs", ["😀" * 4000, "".join(map(chr, range(0x30000, 0x30700)))])
def test_as_many_signs_without_a_glyph_as_a_text_may_hold_are_printed(signs):
    made = drawn(paper("李", words=[signs]))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) >= 2


def test_what_the_compiler_cannot_set_is_given_in_boxes(monkeypatch):
    monkeypatch.setattr(typesetting, "unprintable", lambda texts: [])
    assert drawn(paper("王\u0364明")) == drawn(paper("王\u0364明"), unprinted=["U+0364"])


def test_a_box_once_printed_stays_a_box():
    assert drawn(paper("李明"), unprinted=["U+660E"]) != drawn(paper("李明"))


def test_a_private_sign_of_another_font_is_never_drawn():
    assert not [one for one in drawable(FOLDERS) if one[0] <= 0xE863 <= one[1]]


def test_a_folder_of_the_city_adds_what_its_fonts_draw(settings, tmp_path):
    tibetan = next(FOLDERS[1].glob("NotoSerifTibetan*"))
    (tmp_path / "more").mkdir()
    shutil.copy(tibetan, tmp_path / "more")
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0no font")
    assert undrawable([FOLDERS[0]]).search("བ")
    assert not undrawable([FOLDERS[0], tmp_path]).search("བ")
    settings.FONT_FOLDERS = (tmp_path,)
    assert unprintable(["བ"]) == []


def test_every_text_of_a_paper_is_looked_at():
    content = json.loads('{"a": "x", "b": ["y", {"c": "z"}], "d": 1}')
    assert list(texts_in(content)) == ["x", "y", "z"]
