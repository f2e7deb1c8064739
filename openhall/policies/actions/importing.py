"""Taking policy documents into the library: known ones stay, changed ones are replaced. B3."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.deeds.collecting import acting, close_deeds
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.writer import write
from openhall.policies.kinds import POLICY
from openhall.policies.models import PolicyDocument, PolicySection
from openhall.policies.rules.law_names import law_key
from openhall.policies.rules.pages import Document, NotADocument, tidy_number
from openhall.policies.rules.sections import sections
from openhall.policies.terms import PolicyAct


def _digest(said: Any) -> str:
    raw = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(raw.encode()).hexdigest()


def _whole(what: str, said: Any, most: int) -> str:
    """``said`` as it stands; a document that says more than can be kept is not kept in part."""
    words = str(said)
    if len(words) > most:
        raise NotADocument(f"“{what}”有{len(words)}个字，最多{most}个。这份文件没有导入。")
    return words


def of_page(name: str, found: Document) -> tuple[PolicyDocument, list[PolicySection]]:
    """A document read from a published page; unsaved. Raises :class:`NotADocument`."""
    document = PolicyDocument(
        source_id=_whole("标识", f"page:{found.number or name}", 120),
        title=_whole("标题", found.title, 500),
        title_key=law_key(found.title)[:300],
        status=_whole("时效状态", found.status, 30),
        number=_whole("文号", found.number, 120),
        issuer=_whole("发布部门", found.issuer, 300),
        published_on=found.published,
        effective_on=found.effective,
        text=found.text,
        digest=_digest([found.title, found.status, found.number, found.text]),
        source={"file": name},
    )
    return document, _sections(document, found.text)


def of_record(record: dict[str, Any]) -> tuple[PolicyDocument, list[PolicySection]]:
    """A document of a JSON Lines library: id, title, category, number, date, text; unsaved.

    Raises ``KeyError`` naming the key that is missing and ``ValueError`` for a wrong date.
    """
    day = record.get("date")
    document = PolicyDocument(
        source_id=_whole("id", record["id"], 120),
        title=_whole("title", record["title"], 500),
        title_key=law_key(str(record["title"]))[:300],
        number=_whole("number", tidy_number(str(record.get("number") or "")), 120),
        category=_whole("category", record.get("category") or "", 120),
        issuer=_whole("issuer", record.get("issuer") or "", 300),
        published_on=date.fromisoformat(day) if day else None,
        text=str(record["text"]),
        digest=_digest(record),
        index_number=_whole("index", record.get("index") or "", 60),
        source={key: record[key] for key in ("folder", "dates", "notes") if record.get(key)},
    )
    return document, _sections(document, document.text)


def _sections(document: PolicyDocument, text: str) -> list[PolicySection]:
    return [
        PolicySection(
            document=document,
            position=position,
            label=section.label[:60],
            title=section.title[:300],
            text=section.text,
        )
        for position, section in enumerate(sections(text))
    ]


@acting()
def import_policies(
    found: Iterable[tuple[PolicyDocument, list[PolicySection]]],
    told: Callable[[int], None],
    *,
    dry_run: bool = False,
) -> tuple[int, int, int]:
    """Bring documents in, all or nothing; how many are new, changed, unchanged.

    ``told`` hears how many were read so far. With ``dry_run`` all is rolled back.
    """
    new = changed = unchanged = 0
    touched: list[str] = []  # by source id, for the rooms above that hear of it
    known, numbered = _standing()
    now = timezone.now()
    for document, its in found:
        same = (document.number, document.title_key)
        source = document.source_id
        if source not in known and document.number:
            source = numbered.get(same, source)  # one paper in two dresses is one
        before = known.get(source)
        known[source] = document.digest
        if before == document.digest:
            unchanged += 1
        elif before is None:
            new += 1
            numbered.setdefault(same, source)
            document.changed_at = now
            take_in(document, its)
            touched.append(document.source_id)
        else:
            changed += 1
            document.changed_at = now
            _replaced(source, document, its)
            touched.append(source)
        told(new + changed + unchanged)
    if dry_run:
        close_deeds()
        transaction.set_rollback(True)
    else:
        for path in settings.POLICY_FOLLOWS:
            import_string(path)(touched)
    return new, changed, unchanged


def take_in(document: PolicyDocument, its: list[PolicySection]) -> None:
    """A new document with its articles, held by the log from then on. Within an act."""
    document.save(force_insert=True)
    _told(document, its, PolicyAct.TAKE)


def _told(document: PolicyDocument, its: list[PolicySection], act: PolicyAct) -> None:
    for section in its:
        section.document = document
    PolicySection.objects.bulk_create(its, batch_size=2_000)
    key = system_key("policy", document.pk, document.seq + 1)
    facts = {"title": document.title, "number": document.number, "text": document.digest}
    write(POLICY, document, act, Doing(None, timezone.now(), key), facts=facts)
    close_deeds()  # each by itself: of ten thousand documents the last must not look at all


def _standing() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """What is in the library: the digest of each source, and each source by number and title."""
    known: dict[str, str] = {}
    numbered: dict[tuple[str, str], str] = {}
    rows = PolicyDocument.objects.values_list("source_id", "digest", "number", "title_key")
    for source, digest, number, title in rows.iterator(chunk_size=2_000):
        known[source] = digest
        if number:
            numbered[tidy_number(number), title] = source
    return known, numbered


def _replaced(source: str, document: PolicyDocument, its: list[PolicySection]) -> None:
    """Write ``document`` over the one that stands, which guides go on citing."""
    standing = PolicyDocument.objects.get(source_id=source)
    standing.sections.filter(file__isnull=True).delete()
    document.pk, document.source_id, document.seq = standing.pk, source, standing.seq
    document.save(force_update=True)
    _told(document, its, PolicyAct.REPLACE)
