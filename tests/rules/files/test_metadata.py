"""What is published says nothing of where, when and by whom a picture was taken."""

import io
import random

import pytest
from PIL import Image, ImageChops, PngImagePlugin

from openhall.files.rules.metadata import bare

SECRET = "secret-of-the-camera"


def drawn(mode="RGB", size=(61, 37)):
    return Image.frombytes(mode, size, random.Random(3).randbytes(size[0] * size[1] * len(mode)))


def exif(orientation=6):
    said = Image.Exif()
    said[0x010F], said[0x0112], said[0x013B] = SECRET, orientation, SECRET
    said.get_ifd(0x8825)[29] = SECRET  # the day of the GPS
    said.get_ifd(0x8825)[2] = (30.0, 39.0, 12.5)
    return said.tobytes()


def saved(kind, **more):
    made = io.BytesIO()
    drawn().save(made, kind, **more)
    return made.getvalue()


def png():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET)
    words.add_itxt("XML:com.adobe.xmp", SECRET)
    return saved("PNG", pnginfo=words, exif=exif())


FILES = {
    "jpeg": lambda: saved("JPEG", exif=exif(), comment=SECRET.encode()),
    "progressive": lambda: saved("JPEG", exif=exif(), progressive=True, xmp=SECRET.encode()),
    "restarts": lambda: saved("JPEG", exif=exif(), restart_marker_blocks=1),
    "followed by a video": lambda: saved("JPEG", exif=exif()) + SECRET.encode() * 9,
    "png": png,
    "webp": lambda: saved("WEBP", exif=exif(), xmp=SECRET.encode(), lossless=True),
}


@pytest.mark.parametrize("name", FILES)
def test_the_pixels_stay_and_the_words_go(name):
    content = FILES[name]()
    assert SECRET.encode() in content or name == "png"
    made = bare(content)
    assert made is not None
    assert SECRET.encode() not in made
    before, after = (Image.open(io.BytesIO(one)) for one in (content, made))
    assert ImageChops.difference(before, after).getbbox() is None
    assert not after.getexif().get_ifd(0x8825)
    assert set(after.getexif()) <= {0x0112}
    assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "exif", "loop",
                               "background", "timestamp", "duration", "dpi", "progressive",
                               "progression"}  # fmt: skip


@pytest.mark.parametrize("turned", range(2, 9))
def test_which_side_is_up_is_kept(turned):
    made = bare(saved("JPEG", exif=exif(turned)))
    assert made is not None
    assert Image.open(io.BytesIO(made)).getexif()[0x0112] == turned
    assert bare(made) == made


def test_colours_are_kept_as_they_are_meant():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = bare(saved("JPEG", exif=exif(), icc_profile=profile))
    assert made is not None
    assert Image.open(io.BytesIO(made)).info["icc_profile"] == profile


@pytest.mark.parametrize("name", ["jpeg", "progressive", "png", "webp"])
def test_a_picture_that_was_cut_is_none(name):
    content = FILES[name]()
    for end in range(0, len(content), max(1, len(content) // 60)):
        made = bare(content[:end])
        assert made is None or SECRET.encode() not in made


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"%PDF-1.4", b"RIFF\0\0\0\0WEBP", b"\xff" * 99999]
)
def test_odd_bytes_are_none_or_empty(content):
    made = bare(content)
    assert made is None or len(made) <= 12
