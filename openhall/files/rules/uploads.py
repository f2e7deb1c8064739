"""What may be uploaded: by its first bytes, not by its name; never too big, never a program."""

from dataclasses import dataclass
from typing import Final

from openhall.files.rules.archives import fault_of_archive, kind_of_archive
from openhall.files.rules.pdfs import fault_of_pdf
from openhall.glossary import Said

MEBIBYTE: Final = 1024 * 1024
MOST_PIXELS: Final = 60_000_000  # a page at 600 dpi has 35 million
MOST_SIDE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it begins, what it is called, which endings it may have."""

    media_type: str
    name: str
    begins: tuple[bytes, ...]
    endings: tuple[str, ...]


KINDS: Final = (
    Kind("application/pdf", "PDF", (b"%PDF-",), ("pdf",)),
    Kind("image/jpeg", "JPEG", (b"\xff\xd8\xff",), ("jpg", "jpeg")),
    Kind("image/png", "PNG", (b"\x89PNG\r\n\x1a\n",), ("png",)),
    Kind("image/webp", "WebP", (b"RIFF",), ("webp",)),
    Kind("image/heic", "HEIC", (), ("heic",)),
)
ARCHIVES: Final = {
    "ofd": Kind("application/ofd", "OFD", (b"PK\x03\x04",), ("ofd",)),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "DOCX",
        (b"PK\x03\x04",),
        ("docx",),
    ),
}
ZIP: Final = b"PK\x03\x04"
ACCEPTED: Final = Said("PDF、JPG、PNG、OFD、DOCX", "PDF, JPG, PNG, OFD and DOCX")
ENDINGS: Final = ".pdf,.jpg,.jpeg,.png,.webp,.heic,.ofd,.docx"  # for ``accept`` of a file field


def kind_of(head: bytes) -> Kind | None:
    """The kind a file is by its first bytes (at least 16 of them)."""
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return KINDS[-1]
    for kind in KINDS:
        if any(head.startswith(begin) for begin in kind.begins):
            if kind.name == "WebP" and head[8:12] != b"WEBP":
                continue
            return kind
    return None


def fault_of_upload(name: str, size: int, head: bytes, most: int) -> Said | None:
    """Why the file cannot be taken, in plain words with what to do; None if it can.

    ``size`` and ``most`` in bytes.
    """
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
    if head.startswith(ZIP):
        return None  # what it is, only its inside says: see fault_of_content
    kind = kind_of(head)
    if kind is None:
        return Said(
            f"“{name}”不是{ACCEPTED.zh}文件。请转换格式后再上传。",
            f"“{name}” is not one of {ACCEPTED.en}. Convert it, then upload.",
        )
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in kind.endings:
        return Said(
            f"“{name}”的内容是{kind.name}，与文件名后缀不符。请改用正确的后缀，或重新选择文件。",
            f"“{name}” is {kind.name} inside, which its ending does not say. Give it "
            "the right ending or choose another file.",
        )
    return None


def kind_of_content(content: bytes) -> Kind | None:
    """The kind of a whole file, archives looked into."""
    if content.startswith(ZIP):
        inside = kind_of_archive(content)
        return None if inside is None else ARCHIVES[inside]
    return kind_of(content[:32])


def fault_of_content(name: str, content: bytes) -> Said | None:
    """Why the whole file cannot be taken, after :func:`fault_of_upload` had nothing to say."""
    kind = kind_of_content(content)
    if kind is None:
        return Said(
            f"“{name}”是压缩包，无法直接核验。请把其中的文件逐个上传（{ACCEPTED.zh}）。",
            f"“{name}” is an archive and cannot be checked. Upload the files in it one "
            f"by one ({ACCEPTED.en}).",
        )
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in kind.endings:
        return Said(
            f"“{name}”的内容是{kind.name}，与文件名后缀不符。请改用正确的后缀，或重新选择文件。",
            f"“{name}” is {kind.name} inside, which its ending does not say. Give it "
            "the right ending or choose another file.",
        )
    if kind.name == "PDF":
        return fault_of_pdf(name, content)
    if content.startswith(ZIP):
        return fault_of_archive(name, content)
    return None


def fault_of_picture(name: str, width: int, height: int) -> Said | None:
    """Why a picture of this size is not opened: a small file can unfold to billions of pixels."""
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
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
