"""The frame of a survey: which units closed which cases, as strata of opaque rows.

A case stands in the frame as an HMAC of its number under the survey's own salt: whoever has access
builds the frame again from the cases, nobody else finds a case in it.
"""

import base64
import hashlib
import hmac
from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from openhall.cases.models import Case
from openhall.glossary import Said
from openhall.lots.rules.protocol import Stratum
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.surveys.models import Survey
from openhall.surveys.terms import Group

KINDS = {Group.DEPARTMENTS: OrganKind.DEPARTMENT, Group.DISTRICTS: OrganKind.DISTRICT}


def closed_cases(first: date, last: date) -> dict[int, list[tuple[int, str]]]:
    """Key and number of the cases closed in these days, by the unit that is judged for them.

    A department is judged for its own, a district for those of its bureaus. Whoever withdrew was
    not served, and whose data was erased is not asked.
    """
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    rows = Case.objects.filter(closed_at__gte=begin, closed_at__lt=end, decided_at__isnull=False)
    rows = rows.filter(erasure__isnull=True)
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    told = rows.values_list("pk", "number", "organ_id", "organ__kind", "organ__parent_id")
    for pk, number, organ, kind, parent in told.order_by("pk"):
        found[parent if kind == OrganKind.BUREAU and parent else organ].append((pk, number))
    return found


def candidates(first: date, last: date, least: int) -> dict[Group, list[tuple[Organ, int]]]:
    """The open units of either list that closed ``least`` cases or more, with how many."""
    closed = closed_cases(first, last)
    still = Q(closed_on__isnull=True)
    return {
        group: [
            (organ, len(closed[organ.pk]))
            for organ in Organ.objects.filter(still, kind=kind.value)
            if len(closed.get(organ.pk, ())) >= max(least, 1)
        ]
        for group, kind in KINDS.items()
    }


def row_of(survey: Survey, number: str) -> str:
    """How the frame calls a case: 32 hexadecimal digits."""
    salt = base64.b64decode(survey.salt)
    return hmac.new(salt, f"survey-frame:{number}".encode(), hashlib.sha256).hexdigest()[:32]


def strata_of(survey: Survey) -> list[Stratum]:
    """Two strata of units, then one of cases for each unit that can be drawn."""
    closed = closed_cases(survey.served_from, survey.served_until)
    found = candidates(survey.served_from, survey.served_until, survey.per_unit)
    take = {Group.DEPARTMENTS: survey.departments, Group.DISTRICTS: survey.districts}
    units, cases = [], []
    for group, organs in found.items():
        codes = tuple(organ.code for organ, _many in organs)
        units.append(Stratum(group.value, Said(group.zh, group.en), codes, take[group]))
        for organ, _many in organs:
            rows = tuple(row_of(survey, number) for _pk, number in closed[organ.pk])
            cases.append(
                Stratum(
                    organ.code,
                    Said(f"{organ.name}办结的办件", f"Cases closed by {organ.name_en}"),
                    rows,
                    survey.per_unit,
                    survey.reserve,
                    (group.value, organ.code),
                )
            )
    return units + cases


def cases_drawn(survey: Survey, organ: Organ) -> dict[str, int]:
    """The keys of the unit's cases by the row that stands for them."""
    closed = closed_cases(survey.served_from, survey.served_until)
    return {row_of(survey, number): pk for pk, number in closed.get(organ.pk, [])}
