"""What may be uploaded: told by its content, not by its name; never too big, never a program."""

import re
from dataclasses import dataclass
from typing import Final

from openhall.files.rules.archives import kind_of_archive
from openhall.files.terms import FileNote
from openhall.glossary import Said

MEBIBYTE: Final = 1024 * 1024
MOST_SAMPLES: Final = 280_000_000  # bytes unfolded: an A3 page in colour at 600 dpi has 209 million
MOST_SIDE: Final = 40_000
LONGEST_NAME: Final = 200
PDF_BEGINS: Final = b"%PDF-"
PDF_HEAD: Final = 1024  # bytes in which the header may begin (ISO 32000-1, annex H.3.4.1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it begins, what it is called, and the endings it may have.

    The first ending is given to a file that came with another kind's ending, or with none.
    """

    media_type: str
    name: str
    begins: tuple[bytes, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A file as it was found. ``name`` has the ending its content calls for."""

    fault: Said | None = None
    name: str = ""
    media_type: str = ""
    pages: int = 0
    note: FileNote = FileNote.NONE
    small: bytes = b""


PDF: Final = Kind("application/pdf", "PDF", (), ("pdf",))
HEIC: Final = Kind("image/heic", "HEIC", (), ("heic", "heif", "hif", "heics", "heifs"))
KINDS: Final = (
    Kind("image/jpeg", "JPEG", (b"\xff\xd8\xff",), ("jpg", "jpeg")),
    Kind("image/png", "PNG", (b"\x89PNG\r\n\x1a\n",), ("png",)),
    Kind("image/webp", "WebP", (b"RIFF",), ("webp",)),
    Kind("image/tiff", "TIFF", (b"II*\0", b"MM\0*"), ("tif", "tiff")),
    Kind("image/bmp", "BMP", (b"BM",), ("bmp", "dib")),
)
AVIF: Final = Kind("image/avif", "AVIF", (), ("avif", "avifs"))
ARCHIVES: Final = {
    "ofd": Kind("application/ofd", "OFD", (), ("ofd",)),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "DOCX",
        (),
        ("docx",),
    ),
}
ZIP: Final = b"PK\x03\x04"
BRANDS: Final = frozenset(  # of HEIF (ISO 23008-12), single pictures and sequences
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)
ACCEPTED: Final = Said(
    "PDF、JPG、PNG、HEIC、WebP、AVIF、TIFF、BMP、OFD、DOCX",
    "PDF, JPG, PNG, HEIC, WebP, AVIF, TIFF, BMP, OFD and DOCX",
)
ENDINGS: Final = (  # for ``accept`` of a file field
    ".pdf,.jpg,.jpeg,.jfif,.jpe,.png,.webp,.heic,.heif,.hif,.avif,.tif,.tiff,.bmp,"
    ".ofd,.docx,image/*"
)
ENDING: Final = re.compile(r"\.([A-Za-z][A-Za-z0-9]{1,4})(\s?\(\d{1,3}\))?$")


def ending_of(name: str) -> str:
    """What stands behind the last dot, in small letters; empty where nothing does."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def fitting_name(name: str, kind: Kind) -> str:
    """``name`` with an ending that says what the file is, so that the window's computer opens it.

    Phones and chat programs save JPEG as ``.jfif``, ``.png`` or with no ending at all, and nobody
    can mend that on a phone.
    """
    if ending_of(name) in kind.endings:
        return name
    found = ENDING.search(name)
    stem = name if found is None else name[: found.start()] + (found[2] or "")
    stem = stem.strip() or kind.name
    return f"{stem[: LONGEST_NAME - 6]}.{kind.endings[0]}"


def _is_heif(head: bytes) -> bool:
    if head[4:8] != b"ftyp":
        return False
    size = min(int.from_bytes(head[:4], "big"), len(head))
    if head[8:12] in BRANDS:
        return True
    others = {head[at : at + 4] for at in range(16, size, 4)}
    return head[8:12] not in (b"avif", b"avis") and bool(others & BRANDS)


def kind_of(head: bytes) -> Kind | None:
    """The kind a file is by its first 2 KiB; archives are known only by what is inside."""
    if _is_heif(head):
        return HEIC
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return AVIF
    for kind in KINDS:
        if any(head.startswith(begin) for begin in kind.begins):
            if kind.name == "WebP" and head[8:12] != b"WEBP":
                continue
            if kind.name == "BMP" and head[6:10] != b"\0\0\0\0":  # reserved; words begin so too
                continue
            return kind
    return PDF if PDF_BEGINS in head[: PDF_HEAD + len(PDF_BEGINS)] else None


def kind_of_content(content: bytes) -> Kind | None:
    """The kind of a whole file, archives looked into."""
    if content.startswith(ZIP):
        inside = kind_of_archive(content)
        return None if inside is None else ARCHIVES[inside]
    return kind_of(content[:2048])


def fault_of_size(name: str, size: int, most: int) -> Said | None:
    """Why a file of this size cannot be taken. ``size`` and ``most`` in bytes."""
    if size == 0:
        return Said(
            f"“{name}”是空文件。请重新选择。", f"“{name}” is an empty file. Choose another."
        )
    if size > most:
        return Said(
            f"“{name}”有{size / MEBIBYTE:.1f} MB，超过上限{most // MEBIBYTE} MB。"
            "请压缩或分开扫描后再上传。",
            f"“{name}” has {size / MEBIBYTE:.1f} MB, more than {most // MEBIBYTE} MB. "
            "Shrink it or scan it in parts, then upload.",
        )
    return None


def fault_of_kind(name: str, content: bytes) -> Said:
    """Why a file of no known kind cannot be taken, and what to do."""
    if content.startswith(ZIP):
        return Said(
            f"“{name}”是压缩包，无法直接核验。请把其中的文件逐个上传（{ACCEPTED.zh}）。",
            f"“{name}” is an archive and cannot be checked. Upload the files in it one "
            f"by one ({ACCEPTED.en}).",
        )
    return Said(
        f"“{name}”不是{ACCEPTED.zh}文件。请转换格式后再上传；手机上可以打开文件后截图，"
        "或用相机拍照上传。",
        f"“{name}” is not one of {ACCEPTED.en}. Convert it, then upload; on a phone, open it and "
        "take a screenshot, or photograph it.",
    )


def fault_of_picture(name: str, width: int, height: int, bands: int = 3) -> Said | None:
    """Why a picture of this size is not opened: a small file can unfold to billions of pixels.

    ``bands`` is the number of bytes of each pixel once unfolded.
    """
    if width * height * bands > MOST_SAMPLES or max(width, height) > MOST_SIDE:
        return Said(
            f"“{name}”的尺寸为{width}×{height}像素，过大。请用较低的分辨率重新扫描或拍照。",
            f"“{name}” has {width}×{height} pixels, which is too many. Scan or "
            "photograph it again at a lower resolution.",
        )
    if min(width, height) < 1:
        return Said(
            f"“{name}”不是一幅完整的图片。请重新拍照或扫描。",
            f"“{name}” is not a whole picture. Photograph or scan it again.",
        )
    return None


def fault_of_sheets(name: str, sheets: int, most: int) -> Said | None:
    """Why a scan of so many sheets cannot be taken."""
    if sheets <= most:
        return None
    return Said(
        f"“{name}”有{sheets}页，超过{most}页。请分成几份上传，或扫描为PDF。",
        f"“{name}” has {sheets} pages, more than {most}. Upload it in parts, or scan it to PDF.",
    )


def too_hard(name: str) -> Said:
    """Why a file is not taken whose checking took more time or memory than any real one needs."""
    return Said(
        f"“{name}”的结构过于复杂，无法在规定的时间和内存内核验，不能接收。"
        "请重新扫描或拍照，或“打印为PDF”后再上传。",
        f"“{name}” is too complex: it could not be checked within the limits of time and memory. "
        "Scan or photograph it again, or print it to PDF, then upload.",
    )
