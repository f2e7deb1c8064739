"""What a QR says is what it was given, on a page, on a sheet and in a document."""

import io
import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageOps

from openhall.design.qr import qr_png, qr_svg

SAID = [
    "https://hall.example.gov.cn/check/222222222222/",
    "https://hall.example.gov.cn/resume/#2345-6789-ABCD",
    "成都市政务服务中心",
    "openhall.test\n12345\n" + "A" * 200,
]
ROW = re.compile(r"M(\d+) (\d+)h(\d+)v(1)h-\d+z")


def read(picture: Image.Image) -> str:
    """What a reader makes of ``picture``, with the white it needs around."""
    return zxingcpp.read_barcodes(ImageOps.expand(picture, 40, 255))[0].text


def painted(svg: str, scale: int = 4) -> Image.Image:
    """The dark rectangles of the drawing, painted as a browser paints them."""
    _, _, side, _ = map(int, re.search(r'viewBox="(-?\d+) (-?\d+) (\d+) (\d+)"', svg).groups())
    picture = Image.new("L", (side * scale, side * scale), 255)
    for x, y, width, height in (map(int, one) for one in ROW.findall(svg)):
        left, top = x * scale, y * scale
        box = (left, top, left + width * scale - 1, top + height * scale - 1)
        ImageDraw.Draw(picture).rectangle(box, fill=0)
    return picture


@pytest.mark.parametrize("said", SAID)
def test_the_drawing_says_what_it_was_given(said):
    assert read(painted(qr_svg(said))) == said


@pytest.mark.parametrize("said", SAID)
def test_the_picture_says_what_it_was_given(said):
    assert read(Image.open(io.BytesIO(qr_png(said)))) == said


def test_a_named_code_is_read_aloud_by_its_name_and_an_unnamed_one_is_silent():
    assert 'role="img"' in qr_svg("1", title="凭证 <1>")
    assert "<title>凭证 &lt;1&gt;</title>" in qr_svg("1", title="凭证 <1>")
    assert "role" not in qr_svg("1")


def test_white_stands_around_as_far_as_asked():
    assert 'viewBox="0 0 21 21"' in qr_svg("1")
    assert 'viewBox="0 0 29 29"' in qr_svg("1", quiet=4)
    assert ImageOps.invert(painted(qr_svg("1", quiet=4))).getbbox() == (16, 16, 100, 100)


def test_the_same_words_give_the_same_bytes_and_what_is_read_cannot_break_the_drawing():
    assert qr_svg(SAID[0]) == qr_svg(SAID[0])
    assert qr_png(SAID[0]) == qr_png(SAID[0])
    drawn = ElementTree.fromstring(qr_svg("1", title='"<script>&'))
    assert drawn.find("{http://www.w3.org/2000/svg}title").text == '"<script>&'
