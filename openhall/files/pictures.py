"""Looking into a picture without trusting it, and the copies that pages show.

The header is read first, so that a bomb is never unfolded; copies are drawn anew and carry no
metadata, neither place nor device (个人信息保护法 6: no more than is needed). Only the judging
process opens pictures.
"""

import io
import warnings
from typing import Final

import pi_heif
from PIL import Image, ImageOps

from openhall.files.rules.uploads import fault_of_picture, fault_of_sheets, too_hard
from openhall.glossary import Said

SIDE: Final = 320  # pixels of the small copy's longer side
LONGEST: Final = 2400  # pixels of the longer side of a copy with a watermark
FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "BMP")
MOST_SHEETS: Final = 100  # of one scan
MOST_SCANS: Final = 64  # of one JPEG; a progressive one has some ten
BANDS: Final = {"1": 1, "L": 1, "P": 1, "LA": 2, "PA": 2, "I;16": 2, "RGB": 3}
pi_heif.register_heif_opener()


def _copy(picture: Image.Image, side: int) -> bytes:
    """A JPEG of at most ``side`` pixels, upright, without EXIF; shrunk before all else."""
    picture.draft("RGB", (side * 2, side * 2))
    deep = picture.mode in ("1", "P", "PA") or picture.mode.startswith("I")
    small = picture.convert("RGBA" if "transparency" in picture.info else "L") if deep else picture
    if max(small.size) > side:
        factor = max(1, max(small.size) // (side * 2))
        small = small.reduce(factor) if factor > 1 else small
        small.thumbnail((side, side))
    upright = ImageOps.exif_transpose(small)
    if upright.mode not in ("RGB", "L"):
        flat = Image.new("RGB", upright.size, "white")
        clear = upright.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
        upright = flat
    image = Image.new(upright.mode, upright.size)
    image.paste(upright)
    drawn = io.BytesIO()
    image.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()


def look_at(name: str, content: bytes, side: int = SIDE) -> tuple[Said | None, list[bytes]]:
    """Why the picture cannot be taken, or None and a small copy; it opens to its last line.

    Of a scan with several sheets, a copy of each.
    """
    if content.startswith(b"\xff\xd8") and content.count(b"\xff\xda") > MOST_SCANS:
        return too_hard(name), []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its own bomb warning: ours comes first
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                sheets = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
                if fault := fault_of_sheets(name, sheets, MOST_SHEETS):
                    return fault, []
                copies = []
                for number in range(sheets):
                    picture.seek(number)
                    bands = BANDS.get(picture.mode, 4)
                    if fault := fault_of_picture(name, *picture.size, bands):
                        return fault, []
                    picture.load()
                    copies.append(_copy(picture, side))
                return None, copies
    except MemoryError:
        raise
    except Exception:  # a codec may raise anything over a broken file
        return Said(
            f"“{name}”打不开，可能没有传完或者已经损坏。请重新拍照或扫描。",
            f"“{name}” does not open; it may be cut off or damaged. Photograph or scan it again.",
        ), []
