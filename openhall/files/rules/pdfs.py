"""Whether a PDF is whole and harmless: ends as it begins, opens to everyone, runs nothing.

Names may be written with ``#xx`` escapes and may stand in compressed object streams; both are read,
within bounds, so that neither hides a script. No page is drawn here.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from openhall.glossary import Said

MOST_PAGES: Final = 500
MOST_INFLATED: Final = 32 * 1024 * 1024  # of all object streams together
EACH_INFLATED: Final = 4 * 1024 * 1024
TAIL: Final = 2048
ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAMS: Final = re.compile(rb"/Type\s*/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
RUNS: Final = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|XFA|EmbeddedFile)(?![A-Za-z])")
LOCKED: Final = re.compile(rb"/Encrypt(?![A-Za-z])")


def _plain(raw: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), raw)


def _inflated(content: bytes) -> Iterator[bytes]:
    """What the compressed object streams say, up to the bounds."""
    budget = MOST_INFLATED
    for found in STREAMS.finditer(content):
        if budget <= 0:
            return
        try:
            opened = zlib.decompressobj().decompress(content[found.end() :], EACH_INFLATED)
        except zlib.error:
            continue
        budget -= len(opened)
        yield opened


def _objects(content: bytes) -> bytes:
    """The content without what its streams hold, with the object streams opened."""
    outside = re.sub(rb"stream\r?\n.*?endstream", b"stream endstream", content, flags=re.DOTALL)
    return _plain(outside) + b"\n".join(_plain(one) for one in _inflated(content))


def pages_of(content: bytes) -> int:
    """How many pages it says it has."""
    return len(PAGE.findall(_objects(content)))


def fault_of_pdf(name: str, content: bytes) -> Said | None:
    """Why the PDF cannot be taken, with what to do; None if it can."""
    if b"%%EOF" not in content[-TAIL:]:
        return Said(
            f"“{name}”不完整，可能没有下载或保存完。请重新保存后上传。",
            f"“{name}” is incomplete; it may not have been saved or downloaded to its "
            "end. Save it again, then upload.",
        )
    objects = _objects(content)
    if LOCKED.search(objects):
        return Said(
            f"“{name}”设有密码或者权限限制，窗口无法打开。请取消密码后再上传。",
            f"“{name}” has a password or limited rights, so the window cannot open it. "
            "Remove them, then upload.",
        )
    if RUNS.search(objects):
        return Said(
            f"“{name}”含有脚本、动态表单或者附件，不能接收。请“打印为PDF”后再上传。",
            f"“{name}” holds scripts, dynamic forms or attachments and cannot be "
            "taken. Print it to PDF, then upload.",
        )
    pages = len(PAGE.findall(objects))
    if pages > MOST_PAGES:
        return Said(
            f"“{name}”有{pages}页，超过{MOST_PAGES}页。请分成几份上传。",
            f"“{name}” has {pages} pages, more than {MOST_PAGES}. Upload it in parts.",
        )
    return None
