"""The words of the papers: drafted by an office, seen as a sheet, approved by Legal Affairs. A6.

Who drafts does not approve; both look at the sheet first; an approved version is never changed.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.organs.models import Account, Organ
from openhall.papers.actions.giving import in_force
from openhall.papers.kinds import WORDS
from openhall.papers.models import PaperTemplate
from openhall.papers.permissions import may_approve_words
from openhall.papers.rules.templates import DEFAULTS, faults_of
from openhall.papers.terms import PaperKind
from openhall.versions.actions import begin, locked, publish, save, send, send_back
from openhall.versions.queries import draft_of, on_day
from openhall.versions.queries import in_force as version_in_force
from openhall.versions.terms import VersionState as S


def words_on(organ: Organ | None, kind: PaperKind, day: date) -> tuple[str, PaperTemplate | None]:
    """The words of ``kind`` in force for ``organ`` on ``day``, and the version they stand in."""
    if organ is None:
        found = version_in_force(PaperTemplate, day, organ=None, kind=kind.value)
    else:
        _seal, template = in_force(organ.pk, kind, day)
        found = None if template is None else PaperTemplate.objects.get(pk=template)
    return (DEFAULTS[kind] if found is None else found.words), found


def all_words_on(organ: Organ | None, day: date) -> dict[str, PaperTemplate]:
    """For each kind of paper the version in force for ``organ`` on ``day``; one statement."""
    whose = Q(organ__isnull=True) if organ is None else Q(organ__isnull=True) | Q(organ=organ)
    rows = PaperTemplate.objects.filter(whose, on_day(day)).defer("words")
    # The organ's own stand after the city's: the last one stays.
    return {row.kind: row for row in rows.order_by(F("organ").asc(nulls_first=True))}


@acting()
def draft_words(organ: Organ | None, kind: PaperKind, words: str, doing: Doing) -> PaperTemplate:
    """Keep a draft; an open one is written over. Refused with its first fault.

    ``doing.seen`` is the revision of the draft the words were written from.
    """
    tidy = "\n".join(line.strip() for line in words.splitlines() if line.strip())

    def fill(version: Any) -> None:
        if faults := faults_of(kind, tidy):
            raise Refused(faults[0], "words")
        version.words, version.remark = tidy, ""
        version.drafter_saw_at = version.legal_saw_at = None

    family = {"organ": organ, "kind": kind.value}
    standing = draft_of(PaperTemplate, **family)
    if standing is None:
        made: PaperTemplate = begin(WORDS, family, doing, fill)
        return made
    if standing.state == S.REVIEW:
        raise Refused(
            Said(
                "上一版本正在法制审查，请等待审查结果后再起草。",
                "The version before is with Legal Affairs. Wait for the result, then draft.",
            ),
            "words",
        )
    kept: PaperTemplate = save(WORDS, standing.pk, doing, fill)
    return kept


@transaction.atomic
def saw(pk: int, account: Account, at: datetime) -> None:
    """The preview was drawn for ``account``: without it nothing is proposed or approved."""
    template: PaperTemplate = locked(WORDS, pk)
    if template.is_public:
        return
    if account.pk in template.writers:
        template.drafter_saw_at = at
    elif may_approve_words(account, template, timezone.localtime(at).date()):
        template.legal_saw_at = at
    template.save(update_fields=["drafter_saw_at", "legal_saw_at"])


def propose_words(pk: int, doing: Doing) -> Deed:
    """Lay the draft before the Legal Affairs Office."""
    with acting():
        if locked(WORDS, pk).drafter_saw_at is None:
            raise Refused(
                Said(
                    "请先预览成文效果，再提交法制审查。",
                    "Look at the preview first, then propose it to Legal Affairs.",
                )
            )
        return send(WORDS, pk, doing)


def approve_words(pk: int, first_day: date, doing: Doing) -> Deed:
    """In force from ``first_day`` on; what was given before keeps its words."""
    with acting():
        template = locked(WORDS, pk)
        if template.state == S.DRAFT:
            raise Refused(
                Said(
                    "只有已提交审查的文字可以批准。",
                    "Only words that were proposed can be approved.",
                )
            )
        if template.legal_saw_at is None:
            raise Refused(
                Said("请先预览成文效果，再批准。", "Look at the preview first, then approve.")
            )
        return publish(WORDS, pk, first_day, doing)


@acting()
def return_words(pk: int, remark: str, doing: Doing) -> Deed:
    """Back to its drafter, with what is to be mended."""
    done = send_back(WORDS, pk, remark, doing)
    PaperTemplate.objects.filter(pk=pk).update(legal_saw_at=None)
    return done
