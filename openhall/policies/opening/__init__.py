"""Opening a policy paper as it was published or sent: an HTML page, PDF, DOCX, OFD, text.

Each reader gives the same: plain lines, and what the file itself says of the paper (its title in a
``meta``, labels beside values). ``rules.pages`` then finds head, text and sections. All but plain
text is read in the process that may be killed (:mod:`openhall.files.judging_process`).
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Final

from openhall.files.rules.archives import kind_of_archive
from openhall.paging.typed import BROKEN
from openhall.policies.opening.ofd import of_ofd
from openhall.policies.opening.pages import of_html, of_text
from openhall.policies.opening.papers import of_docx, of_pdf
from openhall.policies.rules.pages import NotADocument, Opened

MOST_BYTES: Final = 20 << 20
MOST_SECONDS: Final = 60  # a thousand pages take half of it
ZIP: Final = b"PK\x03\x04"
OLD_WORD: Final = b"\xd0\xcf\x11\xe0"


def opened(raw: bytes) -> Opened:
    """What stands in ``raw``; its content decides, not its name. Raises :class:`NotADocument`."""
    if not raw.strip():
        raise NotADocument("文件是空的。")
    if len(raw) > MOST_BYTES:
        raise NotADocument(f"文件超过{MOST_BYTES >> 20} MB，请拆分后导入。")
    read = of_text(raw) if _reader(raw) is of_text else _read_apart(raw)
    return replace(read, text=_kept(read.text), whole=_kept(read.whole))


def _read_apart(raw: bytes) -> Opened:
    from openhall.files.judges import Unanswered, read_apart  # the judging process knows none

    try:
        told = read_apart(opened_here, raw, MOST_SECONDS)
    except Unanswered as fault:
        raise NotADocument(
            "文件在规定的时间和内存内没有读完，可能已损坏或过于复杂。请另存或拆分后导入。"
        ) from fault
    if why := told.get("fault"):
        raise NotADocument(why)
    return Opened(told["text"], told["facts"], told["whole"])


def opened_here(raw: bytes) -> dict[str, Any]:
    """The same as plain words, or ``fault``: what the process that may be killed answers."""
    try:
        return asdict(_reader(raw)(raw))
    except NotADocument as fault:
        return {"fault": str(fault)}
    except RecursionError:
        return {"fault": "文件层次太深，无法读取。请另存后导入。"}


def _kept(text: str) -> str:
    """The text as it can be kept: halves of a sign put together, what is lost shown as lost (�)."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return BROKEN.sub("\ufffd", whole)


def _reader(raw: bytes) -> Callable[[bytes], Opened]:
    if b"%PDF-" in raw[:1024]:
        return of_pdf
    if raw.startswith(ZIP):
        return of_ofd if kind_of_archive(raw) == "ofd" else of_docx
    if raw.startswith(OLD_WORD):
        raise NotADocument("这是旧版Word（.doc）或WPS文件，请另存为.docx或PDF后导入。")
    return of_html if is_html(raw) else of_text


def is_html(raw: bytes) -> bool:
    """Whether ``raw`` begins as a web page does."""
    start = raw[:4096].lower().replace(b"\0", b"")  # UTF-16 as well
    return any(mark in start for mark in (b"<!doctype html", b"<html", b"<head", b"<body", b"<div"))
