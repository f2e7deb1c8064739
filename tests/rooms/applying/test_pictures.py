"""A picture is looked into without trusting it; a phone's own format opens too."""

import base64
import io

from PIL import Image

from openhall.files.pictures import fault_of_image, small_copy

# 64 × 48, red; drawn by an encoder that the product does without.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAABoAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34"
    "+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5"
    "uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAA"
    "AAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAA"
    "AAAAAAEAAQWBAgMFhAAAACJtZGF0AAAAFigBrwtg9eWDr//0HHfxxiDxcNP9Q4A="
)


def test_a_picture_of_a_phone_opens_and_its_small_copy_is_a_jpeg():
    assert fault_of_image("证件.heic", HEIC) is None
    with Image.open(io.BytesIO(small_copy(HEIC))) as small:
        assert (small.format, small.size) == ("JPEG", (64, 48))
        red, green, blue = small.getpixel((32, 24))
    assert red > 200
    assert max(green, blue) < 60


def test_a_cut_picture_is_refused_in_words():
    assert "打不开" in str(fault_of_image("证件.heic", HEIC[:-40]))
