"""Whether the files of a case are those that were sent with it; A5, 行政许可法 32.

An upload is working state (scanned, ordered, compared with its original), so no deed owns its row.
The deed that sends it commits to its material and SHA-256; here each row is compared with that both
ways, and, in the look by night and by ``openhall audit``, each stored file with its own SHA-256.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from openhall.cases.models import Case, CaseEvent
from openhall.cases.rules.applied import detail_of
from openhall.cases.terms import Act
from openhall.files.models import Upload
from openhall.files.terms import Given, ScanState
from openhall.ledger.models import Leaf
from openhall.ledger.rules.finding import Finding

SENDING: Final = (Act.SUBMIT.value, Act.SUPPLEMENT.value)
CHUNK: Final = 200
PIECE: Final = 1 << 20  # bytes read at once


def faults(since: int, size: int) -> Iterator[Finding]:
    """Of the cases that entries ``since`` … ``size - 1`` sent something to; 0: of all."""
    rows = Case.objects.filter(folder__isnull=False).prefetch_related("supplements")
    rows = rows.order_by("pk")
    if since:
        leaves = Leaf.objects.filter(index__gte=since, index__lt=size, entry__kind="case")
        events = CaseEvent.objects.filter(
            act__in=SENDING, entry__in=list(leaves.values_list("entry_id", flat=True))
        )
        rows = rows.filter(pk__in=list(events.values_list("case", flat=True)))
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield from _of_cases(chunk, bytes_too=since == 0)


def _of_cases(cases: list[Case], *, bytes_too: bool) -> Iterator[Finding]:
    sent: dict[int, list[CaseEvent]] = {case.pk: [] for case in cases}
    for event in CaseEvent.objects.filter(case__in=cases, act__in=SENDING).order_by("seq"):
        sent[event.case_id].append(event)
    there: dict[int, list[Upload]] = {case.folder_id or 0: [] for case in cases}
    for one in Upload.objects.filter(folder__in=list(there)).exclude(given=Given.ATTACHED.value):
        there[one.folder_id].append(one)
    for case in cases:
        if case.salt:  # gone with the personal data, and the files with it
            files = there[case.folder_id or 0]
            yield from _differing(case, sent[case.pk], files)
            if bytes_too:
                yield from _exchanged(case, files)


def _differing(
    case: Case, events: Iterable[CaseEvent], files: Iterable[Upload]
) -> Iterator[Finding]:
    said: Counter[tuple[str, str]] = Counter()
    for event in events:
        try:
            said.update((m, sha) for m, sha in detail_of(event.detail_under(case.salt)))
        except (ValueError, json.JSONDecodeError):
            return  # the event itself was changed: its own look says so
    asked = [one.asked_at for one in case.supplements.all() if one.answered_at is None]
    found: Counter[tuple[str, str]] = Counter()
    for one in files:
        pair = (one.material, one.sha256)
        unsent = one.replaced or any(one.at >= moment for moment in asked)
        if one.given == Given.ADDED.value and unsent and found[pair] >= said[pair]:
            continue  # added in answer to a notice and taken back, or not sent yet
        found[pair] += 1
    for material, sha256 in sorted((said - found).keys()):
        yield Finding(
            f"case/{case.number}/upload/{material}",
            f"办件{case.number}提交的材料“{material}”（SHA-256 {sha256[:16]}…）不见了："
            "被更换或者被删除。",
            f"The file that case {case.number} sent for “{material}” (SHA-256 {sha256[:16]}…) is "
            "gone: it was exchanged or removed.",
        )
    for material, sha256 in sorted((found - said).keys()):
        yield Finding(
            f"case/{case.number}/upload/{material}",
            f"办件{case.number}的材料“{material}”（SHA-256 {sha256[:16]}…）不是申请人提交的："
            "是绕过系统写入的。",
            f"Nobody sent the file for “{material}” of case {case.number} (SHA-256 "
            f"{sha256[:16]}…): it was slipped in.",
        )


def _exchanged(case: Case, files: Iterable[Upload]) -> Iterator[Finding]:
    for one in files:
        if one.scan != ScanState.INFECTED.value and _digest(one) != one.sha256:
            yield Finding(
                f"case/{case.number}/upload/{one.pk}",
                f"办件{case.number}的材料“{one.material}”存放的文件与提交时的SHA-256不符："
                "文件被更换、改动或者丢失。",
                f"The stored file for “{one.material}” of case {case.number} does not have the "
                "SHA-256 it was sent with: it was exchanged, changed or lost.",
            )


def _digest(upload: Upload) -> str:
    """Of the bytes in storage; empty where there are none."""
    digest = hashlib.sha256()
    try:
        with upload.file.open("rb") as file:
            for piece in iter(lambda: file.read(PIECE), b""):
                digest.update(piece)
    except (OSError, ValueError):  # lost, or not what the vault sealed
        return ""
    return digest.hexdigest()
