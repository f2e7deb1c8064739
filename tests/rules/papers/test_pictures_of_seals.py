"""What may be the picture of a seal: a plain drawing without links, scripts and declarations."""

import pytest

from openhall.papers.rules.seals import fault_of_size, fault_of_svg, round_seal

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('<!DOCTYPE svg [<!ENTITY x "y">]><svg/>', "DOCTYPE"),
        ("<svg", "不完整"),
        ("<html/>", "文件不是SVG图形"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "须写明viewBox"),
        (f"{HEAD}><script>x</script></svg>", "不能含有“script”"),
        (f"{HEAD}><image/></svg>", "不能含有“image”"),
        (f'{HEAD} onload="x()"/>', "不能含有“onload”"),
        (f'{HEAD}><path d="M0 0" href="https://x"/></svg>', "不能含有“href”"),
        (f'{HEAD}><path d="M0 0" fill="url(#a)"/></svg>', "不能含有“fill”"),
    ],
)
def test_a_drawing_that_could_do_more_than_be_seen_is_refused(text, sentence):
    found = fault_of_svg(text)
    assert found is not None
    assert sentence in found.zh
    assert found.en


def test_our_own_seal_is_a_picture_of_a_seal():
    assert fault_of_svg(round_seal("成都市民政局", "业务专用章")) is None


@pytest.mark.parametrize(
    ("width", "height", "sentence"),
    [
        (199, 300, "200至3000像素"),
        (300, 3001, "200至3000像素"),
        (200, 251, "接近正方形"),
        (251, 200, "接近正方形"),
    ],
)
def test_a_picture_has_a_size_and_is_nearly_square(width, height, sentence):
    found = fault_of_size(width, height)
    assert found is not None
    assert sentence in found.zh
    assert fault_of_size(200, 250) is fault_of_size(250, 200) is None
