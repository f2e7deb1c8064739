"""Giving a paper: numbered without gaps, its words frozen, in the transaction of its act."""

import json
import secrets
from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.utils import timezone

from openhall.cases.actions.record import Doing
from openhall.cases.actions.writing import insert
from openhall.cases.models import Case, Paper, PaperNumber
from openhall.cases.rules.codes import BODY_SIGNS, SIGNS, check_sign
from openhall.cases.rules.papers import Matter, full_width, number_of, spoken
from openhall.cases.terms import INSIDE, PaperKind

REMEDY: Final = (
    "如不服本决定,可以自收到之日起60日内申请行政复议,或者在6个月内向人民法院提起行政诉讼。"
)

NUMBERS: Final = PaperNumber._meta.db_table
NEXT: Final = (
    f"INSERT INTO {NUMBERS} (organ_id, kind, year, last) VALUES (%s, %s, %s, 1)"  # noqa: S608
    f" ON CONFLICT (organ_id, kind, year) DO UPDATE SET last = {NUMBERS}.last + 1 RETURNING last"
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


def give(case: Case, kind: PaperKind, words: Sequence[str], doing: Doing) -> Paper:
    """One paper of ``case``; two statements. ``words`` are its paragraphs."""
    day = timezone.localtime(doing.at).date()
    serial = _serial(case.organ_id, kind, day.year)
    number = number_of(case.organ.short_name, kind, day.year, serial)
    body = "".join(secrets.choice(SIGNS) for _ in range(BODY_SIGNS))
    inside = kind in INSIDE
    content = {
        "organ": case.organ.name,
        "title": kind.zh,
        "number": number,
        "to": "" if inside else case.applicant_name,
        "case": case.number,
        "query": "" if inside else case.query_code,
        "words": [full_width(word) for word in words],
        "basis": kind.basis,
        "day": spoken(day),
    }
    return insert(
        Paper,
        case=case,
        kind=kind.value,
        number=number,
        serial=serial,
        year=day.year,
        organ=case.organ,
        issued_on=day,
        check_code=body + check_sign(body),
        content=json.dumps(content, ensure_ascii=False),
    )
