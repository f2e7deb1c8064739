"""Documents that are archives inside (OFD, DOCX): bounded, flat, without traps. Others are refused.

OFD is the national format for documents (GB/T 33190). A plain ZIP says nothing of what it holds, so
its files are asked for one by one.
"""

import re
import zipfile
import zlib
from io import BytesIO
from typing import Final

from openhall.glossary import Said

MOST_ENTRIES: Final = 2000
MOST_BYTES: Final = 200 * 1024 * 1024  # unpacked
MOST_RATIO: Final = 120  # unpacked to packed; a bomb has thousands
SMALL: Final = 1024 * 1024  # below this a high ratio does no harm
NESTED: Final = re.compile(r"\.(?:zip|rar|7z|gz|bz2|xz|jar|tar|exe|dll|js|vbs|bat|scr)$", re.I)
TEMPLATES: Final = re.compile(  # of a DOCX that is fetched from elsewhere when it is opened
    rb"<Relationship\b[^>]*attachedTemplate[^>]*>", re.I
)
FETCHED: Final = re.compile(rb"Target\s*=\s*[\"'](?:https?|ftp|mhtml|\\\\)", re.I)
SETTINGS: Final = "word/_rels/settings.xml.rels"
MACROS: Final = re.compile(r"(?:^|/)vbaProject\.bin$", re.I)


def kind_of_archive(content: bytes) -> str | None:
    """``docx`` or ``ofd`` by what is inside; None for any other archive or a broken one."""
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if "OFD.xml" in names:
        return "ofd"
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return "docx"
    return None


def _begin_of(content: bytes, part: str) -> bytes:
    """The first 64 KiB of a part; empty where there is none that can be read."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(part) as file:
            return file.read(64 * 1024)
    except (KeyError, zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError, zlib.error):
        return b""


def fault_of_archive(name: str, content: bytes) -> Said | None:
    """Why the archive cannot be taken, with what to do; None if it can. Only one part is read."""
    try:
        entries = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Said(
            f"“{name}”已经损坏，无法打开。请重新保存后上传。",
            f"“{name}” is damaged and does not open. Save it again, then upload.",
        )
    if len(entries) > MOST_ENTRIES:
        return Said(
            f"“{name}”内含{len(entries)}个部分，过于复杂。请转换为PDF后上传。",
            f"“{name}” has {len(entries)} parts, which is too many. Convert it to PDF, "
            "then upload.",
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        return Said(
            f"“{name}”设有密码，窗口无法打开。请取消密码后再上传。",
            f"“{name}” has a password, so the window cannot open it. Remove the "
            "password, then upload.",
        )
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]:
            return Said(
                f"“{name}”内部的路径不正常，不能接收。请转换为PDF后上传。",
                f"“{name}” has strange paths inside and cannot be taken. Convert it to "
                "PDF, then upload.",
            )
        if NESTED.search(entry.filename) or MACROS.search(entry.filename):
            return Said(
                f"“{name}”内含程序、宏或者压缩包，不能接收。请转换为PDF后上传。",
                f"“{name}” holds a program, macros or an archive and cannot be taken. "
                "Convert it to PDF, then upload.",
            )
    if any(map(FETCHED.search, TEMPLATES.findall(_begin_of(content, SETTINGS)))):
        return Said(
            f"“{name}”打开时会从网上取模板（可能带有宏），不能接收。请转换为PDF后上传。",
            f"“{name}” fetches its template, which may hold macros, from the network when it is "
            "opened, and cannot be taken. Convert it to PDF, then upload.",
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > MOST_BYTES or (unpacked > SMALL and unpacked / packed > MOST_RATIO):
        return Said(
            f"“{name}”展开后过大，不能接收。请压缩其中的图片，或转换为PDF后上传。",
            f"“{name}” is too large once unpacked. Shrink its pictures or convert it "
            "to PDF, then upload.",
        )
    return None
