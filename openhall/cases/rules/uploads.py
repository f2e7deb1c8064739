"""What may be uploaded: by its first bytes, not by its name; never too big, never a program."""

from dataclasses import dataclass
from typing import Final

MEBIBYTE: Final = 1024 * 1024


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
ACCEPTED: Final = "PDF、JPG、PNG"


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


def fault_of_upload(name: str, size: int, head: bytes, most: int) -> str | None:
    """Why the file cannot be taken, in plain words with what to do; None if it can.

    ``size`` and ``most`` in bytes.
    """
    if size == 0:
        return f"“{name}”是空文件。请重新选择。"
    if size > most:
        return (
            f"“{name}”有{size / MEBIBYTE:.1f} MB,超过上限{most // MEBIBYTE} MB。"
            "请压缩或分开扫描后再上传。"
        )
    kind = kind_of(head)
    if kind is None:
        return f"“{name}”不是{ACCEPTED}文件。请转换格式后再上传。"
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in kind.endings:
        return f"“{name}”的内容是{kind.name},与文件名后缀不符。请改用正确的后缀,或重新选择文件。"
    return None
