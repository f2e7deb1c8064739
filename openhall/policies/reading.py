"""Opening what is to be taken into the library: a published page, or records line by line. B3."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from openhall.paging.typed import BROKEN
from openhall.policies.actions import of_page, of_record
from openhall.policies.models import PolicyDocument, PolicySection
from openhall.policies.opening import MOST_BYTES, opened
from openhall.policies.rules.pages import NotADocument, read_page


def documents_of(
    file: Path, told: Callable[[str], object]
) -> Iterable[tuple[PolicyDocument, list[PolicySection]]]:
    """The documents in ``file``, unsaved; ``told`` hears what was read out of a page.

    A page is opened here, before anything is written; records are read one by one as they are
    taken. Raises :class:`NotADocument` with the sentence for people, for a record with its line.
    """
    if ".jsonl" in file.suffixes:
        return _records(file)
    page = read_page(opened(file.read_bytes()))
    told(
        f"{page.title}\n  状态 {page.status} · 发布日期 {page.published} · "
        f"生效日期 {page.effective}\n  发布部门 {page.issuer} · 发布文号 {page.number}\n"
        f"  {len(page.sections)}节，{len(page.text)}字"
    )
    return [of_page(file.name, page)]


def _records(file: Path) -> Iterator[tuple[PolicyDocument, list[PolicySection]]]:
    for number, line in _lines(file):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise NotADocument(f"第{number}行不是一份文件的记录（{{…}}）。")
            for broken in filter(None, map(BROKEN.search, _texts(record))):
                code = f"U+{ord(broken[0]):04X}"
                raise NotADocument(f"第{number}行有无法保存的字符（{code}）。")
            yield of_record(record)
        except KeyError as error:
            raise NotADocument(f"第{number}行的记录没有{error}。") from error
        except (ValueError, TypeError, RecursionError) as error:
            if isinstance(error, NotADocument):
                raise
            raise NotADocument(f"第{number}行不是可读的文件记录：{error}") from error


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of a library in UTF-8, packed or not; none longer than a document may be."""
    number = 0
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
            while line := lines.readline(MOST_BYTES + 1):
                number += 1
                if len(line) > MOST_BYTES:
                    raise NotADocument(f"第{number}行超过{MOST_BYTES >> 20} MB，不能导入。")
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise NotADocument(f"第{number}行不是UTF-8编码。请另存为UTF-8后导入。") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NotADocument(f"压缩文件在第{number + 1}行处损坏，没有导入任何内容。") from error


def _texts(told: Any) -> Iterator[str]:
    """Every text of a record, however deep."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for name, value in told.items():
            yield name
            yield from _texts(value)
    elif isinstance(told, list):
        for value in told:
            yield from _texts(value)
