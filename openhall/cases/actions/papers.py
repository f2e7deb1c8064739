"""Giving a paper: numbered without gaps, its words frozen, in the transaction of its act.

A commitment to the whole paper stands in the public log. The PDF is drawn when somebody asks for
it, and the digest of what was handed out is kept, so that a forged file can be told.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from openhall.cases.actions.record import Doing
from openhall.cases.models import (
    Case,
    JointTask,
    Paper,
    PaperNumber,
    PaperOpening,
    PaperPrint,
    PaperTemplate,
    SealImage,
)
from openhall.cases.notices.pdf import pdf_of
from openhall.cases.rules.papers import Matter, Told, full_width, number_of, spoken
from openhall.cases.rules.templates import DUE_LINES
from openhall.cases.terms import INSIDE, PaperKind
from openhall.deeds.fast_rows import insert
from openhall.deeds.rules.codes import BODY_SIGNS, SIGNS, check_sign
from openhall.ledger.actions import append
from openhall.ledger.rules.commitment import commit
from openhall.organs.models import Organ

REMEDY: Final = (
    "如不服本决定，可以自收到之日起60日内申请行政复议，或者在6个月内向人民法院提起行政诉讼。"
)

NUMBERS: Final = PaperNumber._meta.db_table
NEXT: Final = (
    f"INSERT INTO {NUMBERS} (organ_id, kind, year, last) VALUES (%s, %s, %s, 1)"  # noqa: S608
    f" ON CONFLICT (organ_id, kind, year) DO UPDATE SET last = {NUMBERS}.last + 1 RETURNING last"
)

TEMPLATES, SEALS = PaperTemplate._meta.db_table, SealImage._meta.db_table
# Almost every act asks this, so both are asked for in one plain statement.
IN_FORCE: Final = (
    f"SELECT (SELECT id FROM {SEALS} WHERE organ_id = %s AND effective_from <= %s"  # noqa: S608
    " ORDER BY effective_from DESC, id DESC LIMIT 1),"
    f" (SELECT id FROM {TEMPLATES} WHERE kind = %s AND state = 'approved'"
    " AND effective_from <= %s AND (organ_id = %s OR organ_id IS NULL)"
    " ORDER BY organ_id IS NULL, effective_from DESC, version DESC LIMIT 1)"
)


def matter_of(case: Case) -> Matter:
    """What the papers of ``case`` say of it."""
    return Matter(
        item=case.item_version.name,
        organ=case.organ.name,
        received=timezone.localtime(case.received_at).date(),
        promise=case.promise_due,
        statutory=case.statutory_due,
    )


def _serial(organ_id: int, kind: PaperKind, year: int) -> int:
    """The next number; the counter's row stays locked until the act commits or rolls back."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [organ_id, kind.value, year])
        return int(cursor.fetchone()[0])


def in_force(organ_id: int, kind: PaperKind, day: date) -> tuple[int | None, int | None]:
    """The seal of the organ and the version of the words of ``kind`` on ``day``, by their ids."""
    on = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [organ_id, on, kind.value, on, organ_id])
        seal, template = cursor.fetchone()
    return seal, template


def _due_line(kind: PaperKind, told: Told) -> str:
    label, place = DUE_LINES.get(kind, ("", ""))
    return f"{label}：{told.values[place]}" if label and told.values.get(place) else ""


def query_code_of(case: Case) -> str:
    """The code under which the applicant follows ``case``: of a joint application, the one code."""
    if case.part_days is None:
        return case.query_code
    task = JointTask.objects.select_related("joint").filter(case=case).first()
    return case.query_code if task is None else task.joint.query_code


def give(
    case: Case,
    kind: PaperKind,
    words: Sequence[str],
    doing: Doing,
    *,
    by: Organ | None = None,
    to: str | None = None,
) -> Paper:
    """One paper of ``case``; four statements, one more for a part of a joint application.

    ``words`` are its paragraphs; values (``Told``) are filled into the office's own words where
    a version is in force that day. ``by``: the organ that gives it, where that is the lead of a
    joint application; ``to``: whom, where that is another unit.
    """
    day = timezone.localtime(doing.at).date()
    organ = by or case.organ
    serial = _serial(organ.pk, kind, day.year)
    number = number_of(organ.short_name, kind, day.year, serial)
    body = "".join(secrets.choice(SIGNS) for _ in range(BODY_SIGNS))
    seal, template = in_force(organ.pk, kind, day)
    due = ""
    if isinstance(words, Told):
        due = _due_line(kind, words)
        if template is not None:
            words = words.in_words(PaperTemplate.objects.get(pk=template).words)
    inside = kind in INSIDE
    content = {
        "organ": organ.name,
        "title": kind.zh,
        "number": number,
        "to": to if to is not None else "" if inside else case.applicant_name,
        "case": case.number,
        "query": "" if inside else query_code_of(case),
        "words": [full_width(word) for word in words],
        "due": full_width(due),
        "seal": seal,
        "template": template,
        "basis": kind.basis,
        "day": spoken(day),
    }
    frozen = json.dumps(content, ensure_ascii=False)
    salt = base64.b64decode(case.salt)
    entry = append(
        "paper",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "case": case.number,
            "organ": organ.code,
            "paper": kind.value,
            "number": number,
            "day": day.isoformat(),
            "commitments": {"content": commit(salt, f"paper.{number}", frozen)},
        },
    )
    return insert(
        Paper,
        case=case,
        kind=kind.value,
        number=number,
        serial=serial,
        year=day.year,
        organ=organ,
        issued_on=day,
        check_code=body + check_sign(body),
        content=frozen,
        entry=entry,
    )


@transaction.atomic
def hand_out(paper: Paper) -> bytes:
    """The PDF of ``paper``; the digest of what leaves the house is kept."""
    made = pdf_of(paper)
    digest = hashlib.sha256(made).hexdigest()
    if not PaperPrint.objects.filter(paper=paper, digest=digest).exists():
        PaperPrint.objects.get_or_create(
            paper=paper, digest=digest, defaults={"at": timezone.now()}
        )
    return made


@transaction.atomic
def opened(paper: Paper, at: datetime) -> PaperOpening:
    """The addressee opened ``paper`` in the account: the first time is kept. 民事诉讼法 90."""
    return PaperOpening.objects.get_or_create(paper=paper, defaults={"at": at})[0]
