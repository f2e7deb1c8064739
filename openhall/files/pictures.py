"""Looking into a picture without trusting it, and the small copy that pages show.

The header is read first, so that a bomb is never unfolded; the small copy is drawn anew and carries
no metadata, neither place nor device (个人信息保护法 6: no more than is needed).
"""

import io
import warnings
from typing import Final

import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from openhall.files.rules.uploads import fault_of_picture

SIDE: Final = 320  # pixels of the small copy's longer side
FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
pi_heif.register_heif_opener()


def fault_of_image(name: str, content: bytes) -> str | None:
    """Why the picture cannot be taken; None if it can be opened to its last line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its own bomb warning: ours comes first
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                if fault := fault_of_picture(name, *picture.size):
                    return fault
                picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return f"“{name}”打不开，可能没有传完或者已经损坏。请重新拍照或扫描。"
    return None


def small_copy(content: bytes) -> bytes:
    """A JPEG of at most ``SIDE`` pixels, upright, without EXIF; of a picture found good."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        picture.draft("RGB", (SIDE * 2, SIDE * 2))
        upright = ImageOps.exif_transpose(picture)
        if upright.mode not in ("RGB", "L"):
            flat = Image.new("RGB", upright.size, "white")
            clear = upright.convert("RGBA")
            flat.paste(clear, mask=clear.getchannel("A"))
            upright = flat
        upright.thumbnail((SIDE, SIDE))
        image = Image.new(upright.mode, upright.size)
        image.paste(upright)
        drawn = io.BytesIO()
        image.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()
