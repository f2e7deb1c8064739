"""Giving a paper: numbered without gaps, its words frozen, in the transaction of its act.

Giving is a deed of its own, whose entry commits to the whole paper. The PDF is drawn when somebody
asks for it, and the digest of what was handed out is kept, so that a forged file can be told.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from openhall.deeds.doing import Doing
from openhall.deeds.rows.fast import insert
from openhall.deeds.rules.codes import BODY_SIGNS, SIGNS, check_sign
from openhall.deeds.writer import new_salt, write
from openhall.design.typesetting import texts_in, unprintable
from openhall.organs.models import Organ
from openhall.papers.kinds import PAPER
from openhall.papers.models import Paper, PaperNumber, PaperTemplate, SealImage
from openhall.papers.rules.templates import DUE_LINES
from openhall.papers.rules.words import Told, full_width, number_of, spoken
from openhall.papers.terms import PaperAct, PaperKind
from openhall.versions.terms import PUBLIC


@dataclass(frozen=True, slots=True)
class Reference:
    """What a paper speaks of: a number, whose matter it is, to whom it goes, the code to follow."""

    number: str
    organ: Organ
    to: str
    query: str


NUMBERS: Final = PaperNumber._meta.db_table
NEXT: Final = (
    f"INSERT INTO {NUMBERS} (organ_id, kind, year, last) VALUES (%s, %s, %s, 1)"  # noqa: S608
    f" ON CONFLICT (organ_id, kind, year) DO UPDATE SET last = {NUMBERS}.last + 1 RETURNING last"
)

TEMPLATES, SEALS = PaperTemplate._meta.db_table, SealImage._meta.db_table
# Almost every act asks this, so both are asked for in one plain statement.
ON_DAY: Final = (
    f"state IN {PUBLIC} AND effective_from <= %s"
    " AND (effective_until IS NULL OR effective_until >= %s)"
)
IN_FORCE: Final = (
    f"SELECT (SELECT id FROM {SEALS} WHERE organ_id = %s AND {ON_DAY}"  # noqa: S608
    " ORDER BY effective_from DESC LIMIT 1),"
    f" (SELECT id FROM {TEMPLATES} WHERE kind = %s AND {ON_DAY}"
    " AND (organ_id = %s OR organ_id IS NULL)"
    " ORDER BY organ_id IS NULL, effective_from DESC LIMIT 1)"
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
        cursor.execute(IN_FORCE, [organ_id, on, on, kind.value, on, on, organ_id])
        seal, template = cursor.fetchone()
    return seal, template


def _due_line(kind: PaperKind, told: Told) -> str:
    label, place = DUE_LINES.get(kind, ("", ""))
    return f"{label}：{told.values[place]}" if label and told.values.get(place) else ""


def give(about: Reference, kind: PaperKind, words: Sequence[str], doing: Doing) -> Paper:
    """One paper about ``about``, of its organ; four statements.

    ``words`` are its paragraphs; values (``Told``) are filled into the office's own words where
    a version is in force that day.
    """
    organ, day = about.organ, doing.day
    serial = _serial(organ.pk, kind, day.year)
    number = number_of(organ.short_name, kind, day.year, serial)
    body = "".join(secrets.choice(SIGNS) for _ in range(BODY_SIGNS))
    seal, template = in_force(organ.pk, kind, day)
    due = ""
    if isinstance(words, Told):
        due = _due_line(kind, words)
        if template is not None:
            words = words.in_words(PaperTemplate.objects.get(pk=template).words)
    content = {
        "organ": organ.name,
        "title": kind.zh,
        "number": number,
        "to": about.to,
        "case": about.number,
        "query": about.query,
        "words": [full_width(word) for word in words],
        "due": full_width(due),
        "seal": seal,
        "template": template,
        "basis": kind.basis,
        "day": spoken(day),
    }
    if unprinted := unprintable(texts_in(content)):  # stands as boxes on this paper for ever
        content["unprinted"] = unprinted
    paper = insert(
        Paper,
        about=about.number,
        kind=kind.value,
        number=number,
        serial=serial,
        year=day.year,
        organ=organ,
        issued_on=day,
        check_code=body + check_sign(body),
        content=json.dumps(content, ensure_ascii=False),
        seq=0,
        salt=new_salt(),
    )
    write(PAPER, paper, PaperAct.GIVE, doing.part(f"paper-{number}"))
    return paper
