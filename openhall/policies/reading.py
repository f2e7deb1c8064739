"""Opening what is to be taken into the library: a published page, or records line by line. B3."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from openhall.policies.actions import of_page, of_record
from openhall.policies.models import PolicyDocument, PolicySection
from openhall.policies.opening import opened
from openhall.policies.rules.pages import NotADocument, read_page


def documents_of(
    file: Path, told: Callable[[str], object]
) -> Iterator[tuple[PolicyDocument, list[PolicySection]]]:
    """The documents in ``file``, unsaved; ``told`` hears what was read out of a page.

    Raises :class:`NotADocument` with the sentence for people, for a record with its line.
    """
    if ".jsonl" not in file.suffixes:
        page = read_page(opened(file.read_bytes()))
        told(
            f"{page.title}\n  状态 {page.status} · 发布日期 {page.published} · "
            f"生效日期 {page.effective}\n  发布部门 {page.issuer} · 发布文号 {page.number}\n"
            f"  {len(page.sections)}节，{len(page.text)}字"
        )
        yield of_page(file.name, page)
        return
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open() as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield of_record(json.loads(line))
            except (ValueError, KeyError) as error:
                raise NotADocument(f"第{number}行不是可读的文件记录：{error}") from error
