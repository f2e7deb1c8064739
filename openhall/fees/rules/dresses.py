"""The three dresses of a bank's file: comma-separated, fixed width in bytes, camt.053.

Each gives the five facts of a line as they are written; what they must be is asked elsewhere.
"""

import codecs
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import IO, Any, Final
from xml.etree import ElementTree

from openhall.fees.rules.statement import HEADING, Dress, Raw, csv_lines
from openhall.fees.terms import FormatKind
from openhall.glossary import Said
from openhall.paging.sheets import Unreadable

WIDEST: Final = 4_096  # bytes of a line of fixed width
HEAD: Final = 4_096  # bytes in which a message says its encoding
NATIONAL: Final = re.compile(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"'](gbk|gb2312|gb18030)[\"']", re.I)


def raw_lines(file: IO[bytes], dress: Dress) -> Iterator[Raw | Said]:
    """Every line of ``file`` that says something. Raises :class:`Unreadable` with the place."""
    reader = {
        FormatKind.CSV: _comma_separated,
        FormatKind.FIXED: _fixed,
        FormatKind.CAMT053: _camt053,
    }[dress.kind]
    yield from _without_last(reader(file, dress), dress.skip[1])


def _without_last(lines: Iterator[Raw | Said], last: int) -> Iterator[Raw | Said]:
    """All but the ``last`` lines: sums and signatures that a bank writes below."""
    if not last:
        yield from lines
        return
    waiting: deque[Raw | Said] = deque()
    for one in lines:
        waiting.append(one)
        if len(waiting) > last:
            yield waiting.popleft()


# ------------------------------------------------------------------------------ CSV
def _comma_separated(file: IO[bytes], dress: Dress) -> Iterator[Raw | Said]:
    rows = csv_lines(file, dress.encoding)
    for _skipped in range(dress.skip[0]):
        next(rows, None)
    _line, first = next(rows, (1, []))
    heading = [str(cell).strip() for cell in first]
    while heading and not heading[-1]:
        heading.pop()
    wanted = {fact: head for fact, head in dress.columns.items() if head}
    own = tuple(wanted.values()) == HEADING
    if (own and tuple(heading) != HEADING) or not set(wanted.values()) <= set(heading):
        names = ",".join(wanted.values())
        line = dress.skip[0] + 1
        raise Unreadable(Said(f"第{line}行应为：{names}", f"Line {line} must be: {names}"))
    place = [heading.index(wanted[fact]) if fact in wanted else -1 for fact in HEADING]
    serial, notice, amount, channel, paid_at = place
    back_at = heading.index(dress.back[0]) if dress.back[0] in heading else -1
    width = len(heading)
    for number, cells in rows:
        if len(cells) != width:
            while len(cells) > width and not cells[-1].strip():
                cells.pop()
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != width:
                yield Said(
                    f"第{number}行应有{width}列，现有{len(cells)}列",
                    f"line {number} must have {width} columns and has {len(cells)}",
                )
                continue
        row = [cell.strip() for cell in cells]
        if not any(row):
            continue
        yield Raw(
            number,
            row[serial],
            row[notice],
            row[amount],
            row[channel] if channel >= 0 else "",
            row[paid_at],
            back_at >= 0 and row[back_at] == dress.back[1],
        )


# ------------------------------------------------------------------------------ fixed width
def _fixed(file: IO[bytes], dress: Dress) -> Iterator[Raw | Said]:
    """Columns by bytes: a Chinese sign takes two or four in GB 18030, so signs do not count."""
    encoding = dress.encoding or "gb18030"
    cuts = {name: _cut(said) for name, said in dress.columns.items() if said}
    back = _cut(dress.back[0]) if dress.back[0] else None
    longest = max((cut.stop for cut in cuts.values()), default=0)
    for number, line in _byte_lines(file):
        if number <= dress.skip[0] or not line.strip():
            continue
        if len(line) < longest:
            yield Raw(number, line.decode(encoding, "replace").strip(), "", "", "", "")
            continue
        told, broken = {}, None
        for name, cut in cuts.items():
            try:
                told[name] = line[cut].decode(encoding).strip()
            except UnicodeDecodeError:
                broken = broken or cut
        if broken is not None:
            yield Said(
                f"第{number}行第{broken.start + 1}至{broken.stop}字节不是完整的{encoding}文字，"
                "请核对定长位置",
                f"bytes {broken.start + 1} to {broken.stop} of line {number} are no whole signs "
                f"in {encoding}; check where the columns stand",
            )
            continue
        gone = back is not None and line[back].decode(encoding, "replace").strip() == dress.back[1]
        yield Raw(
            number,
            told.get("serial", ""),
            told.get("notice", ""),
            told.get("amount", "").lstrip("0") or "0",
            told.get("channel", ""),
            told.get("paid_at", ""),
            gone,
        )


def _cut(said: str) -> slice:
    first, _plus, length = said.partition("+")
    return slice(int(first) - 1, int(first) - 1 + int(length))


def _byte_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Its lines, whatever ends them: a line end that were not seen would hide what follows it."""
    lines = io.TextIOWrapper(file, "latin-1", newline=None)
    try:
        number = 0
        while read := lines.readline(WIDEST + 2):
            number += 1
            line = read.encode("latin-1")
            if len(line) > WIDEST:
                raise Unreadable(
                    Said(
                        f"第{number}行超过{WIDEST}字节，不是定长文件。",
                        f"Line {number} is longer than {WIDEST} bytes; this is no file of fixed "
                        "width.",
                    )
                )
            yield number, line.rstrip(b"\n")
    finally:
        lines.detach()  # the file stays open for whoever gave it


# ------------------------------------------------------------------------------ camt.053
class _Before:
    """A file whose first bytes were read already."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self._head, self._file = head, file

    def read(self, size: int = -1) -> bytes:
        told, self._head = self._head, b""
        return told or self._file.read(size)


class _NoEntities:
    """The message as it is read, refusing document types: no statement has one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file: Any = file
        self._before = b""
        head = file.read(HEAD)
        found = NATIONAL.match(head)
        if found:  # the parser knows none of these; said in UTF-8, the rest is the same
            rest = head[: found.start(1)] + b"UTF-8" + head[found.end(1) :]
            whole: Any = _Before(rest, file)
            self._file = codecs.EncodedFile(whole, "utf-8", "gb18030")
        else:
            self._file = _Before(head, file)

    def read(self, size: int = -1) -> bytes:
        told: bytes = self._file.read(size)
        seen = self._before + told
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or seen[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise ElementTree.ParseError("document type")
        self._before = seen[-16:]
        return told


def _camt053(file: IO[bytes], dress: Dress) -> Iterator[Raw | Said]:
    """Each ``Ntry`` with its ``TxDtls``: credits are payments, debits go back."""
    number, root, statement = 0, None, None
    own = {name: tag for name, tag in dress.columns.items() if tag != name}
    wanted = {name: own.get(name) or tag for name, tag in ELEMENTS.items()}
    try:
        for event, one in ElementTree.iterparse(_NoEntities(file), ("start", "end")):  # noqa: S314
            if root is None:
                root = one
            if event == "start":
                statement = one if _name(one) == "Stmt" else statement
                continue
            if _name(one) != "Ntry":
                continue
            entry = _firsts(one)
            for details in _named(one, "TxDtls"):  # thousands where a bank books a batch
                number += 1
                yield _transaction(entry, _firsts(details), number, wanted)
            if "TxDtls" not in entry:
                number += 1
                yield _transaction(entry, entry, number, wanted)
            one.clear()
            if statement is not None:  # what was read is let go
                statement.clear()
    except (ElementTree.ParseError, ValueError, LookupError) as problem:
        raise Unreadable(
            Said(
                f"第{number}笔之后不是完整的camt.053报文。请重新取得银行文件。",
                f"After entry {number} the file is no whole camt.053 message. Fetch it again.",
            )
        ) from problem
    if root is None or not number:
        raise Unreadable(
            Said("文件中没有camt.053明细（Ntry）。", "The file holds no camt.053 entry (Ntry).")
        )


BOOKED: Final = ("", "BOOK")  # else it is told beforehand or for information: no money moved
ELEMENTS: Final = {"serial": "AcctSvcrRef", "notice": "Ref", "channel": "Prtry", "paid_at": "Dt"}


def _transaction(
    entry: dict[str, Any], details: dict[str, Any], number: int, wanted: dict[str, str]
) -> Raw | Said:
    # A reversal is told by its direction too: of a credit it is a debit (ISO 20022, RvslInd).
    back = _text(entry, "CdtDbtInd") == "DBIT"
    paid = details.get("Amt", entry.get("Amt"))
    amount, currency = "", "CNY"
    if paid is not None:
        amount, currency = (paid.text or "").strip(), paid.get("Ccy", "CNY").upper()
    status = entry.get("Sts")
    stands = "".join(status.itertext()).strip().upper() if status is not None else ""
    if currency not in ("CNY", "RMB"):
        return Said(
            f"第{number}笔的币种是{currency[:3]}，不是人民币",
            f"entry {number} is in {currency[:3]}, not in CNY",
        )
    if stands not in BOOKED:
        return Said(
            f"第{number}笔的状态是{stands[:4]}，尚未入账，不能作为对账依据",
            f"entry {number} is {stands[:4]}: not booked, so nothing can be compared with it",
        )
    booked = entry if "BookgDt" not in entry else _firsts(entry["BookgDt"])
    paid_at = _text(details, "TxDtTm") or _text(booked, "DtTm") or _text(booked, "Dt")
    return Raw(
        number,
        _text(details, wanted["serial"]) or _text(entry, wanted["serial"]),
        _text(details, wanted["notice"]) or _text(details, "Ustrd"),
        amount,
        _text(details, wanted["channel"]),
        paid_at,
        back,
    )


def _name(one: Any) -> str:
    return str(one.tag).rpartition("}")[2] if isinstance(one.tag, str) else ""


def _named(one: Any, name: str) -> list[Any]:
    return [part for part in one.iter() if _name(part) == name]


def _firsts(one: Any) -> dict[str, Any]:
    """By name, the first element of each name in ``one``: looked through once, however large."""
    found: dict[str, Any] = {}
    for part in one.iter():
        found.setdefault(_name(part), part)
    return found


def _text(firsts: dict[str, Any], name: str) -> str:
    found = firsts.get(name)
    return (found.text or "").strip() if found is not None else ""
