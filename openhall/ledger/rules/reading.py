"""Text as people keep it: a file that Notepad, a mail program or a phone has saved again.

What is signed are bytes. A byte-order mark, UTF-16 or Windows' line ends are the tool's, not the
log's, so they are folded away; what cannot be read for certain is said to be unreadable, never
forged.
"""

import codecs

from openhall.ledger.rules.note import Unreadable


def text_of(raw: bytes) -> str:
    """``raw`` as text with plain line ends; raises :class:`Unreadable`."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        coding = "utf-16"
    elif raw[:64:2].count(0) > 8:
        coding = "utf-16-be"
    elif raw[1:64:2].count(0) > 8:
        coding = "utf-16-le"
    else:
        coding = "utf-8-sig"
    try:
        text = raw.decode(coding)
    except UnicodeDecodeError as error:
        raise Unreadable("It is not saved as UTF-8; save it again as UTF-8.") from error
    if not text.strip():
        raise Unreadable("The file is empty; choose the file itself.")
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def note_text(text: str) -> str:
    """A note without what pasting adds: blanks at line ends, lines before and after it."""
    text = text.replace("\r\n", "\n").strip("\n \t")
    lines = [line.rstrip(" \t\u00a0\u3000") for line in text.split("\n")]
    return "\n".join(lines) + "\n"
