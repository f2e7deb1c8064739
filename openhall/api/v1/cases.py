"""The caller's own cases: those of its person or of its unit, without anybody's name."""

from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from ninja import Router, Schema

from openhall.api.v1.door import here, route
from openhall.api.v1.keyed import key_of
from openhall.api.v1.paging import LIMIT, Code, Cursor, Limit, page_of
from openhall.api.v1.problems import Words, absent
from openhall.cases.public import waits_for
from openhall.cases.terms import Act, Outcome, Stage
from openhall.clients.queries import Case, case_of_key, cases_of_key
from openhall.clients.terms import Scope
from openhall.glossary import Said
from openhall.ledger.queries import places_of
from openhall.statistics.queries import public_events

router = Router(tags=["cases"])
NO_CASE: Final = Said("在您的办件中没有这个编号。", "There is no case of yours under this number.")


class Term(Schema):
    """A word of the field: its code, and what it is called."""

    code: str
    zh: str
    en: str


class CaseRow(Schema):
    """Where a case stands; no name, number or answer of anybody."""

    number: str
    item: str
    item_name: Words
    unit: str
    unit_name: Words
    stage: Term
    outcome: Term | None
    who_must_act: str
    received_at: datetime
    accepted_at: datetime | None
    closed_at: datetime | None
    promise_due: date | None
    statutory_due: date | None
    suspended: bool
    on_time: bool | None
    url: str


class CaseRows(Schema):
    data: list[CaseRow]
    next: str | None


class Step(Schema):
    """One step, when it was done and entered, and its place in the public log."""

    seq: int
    act: Term
    at: datetime
    entered_at: datetime
    entry: int | None
    proof: str | None


class CaseTold(CaseRow):
    """A case with its steps."""

    steps: list[Step]


def term(word: Any) -> dict[str, str]:
    """A word as programmes read it."""
    return {"code": word.value, "zh": word.zh, "en": word.en}


def _row(case: Case) -> dict[str, Any]:
    plain = ("number", "received_at", "accepted_at", "closed_at", "promise_due", "statutory_due")
    return {
        **{name: getattr(case, name) for name in plain},
        "item": case.item.code,
        "item_name": {"zh": case.item_version.name, "en": case.item_version.name_en},
        "unit": case.organ.code,
        "unit_name": {"zh": case.organ.name, "en": case.organ.name_en},
        "stage": term(Stage(case.stage)),
        "outcome": term(Outcome(case.outcome)) if case.outcome else None,
        "who_must_act": waits_for(case)[1],
        "suspended": case.suspended_since is not None,
        "on_time": case.on_time,
        "url": here(f"/statistics/cases/{case.number}/"),
    }


@route(
    router,
    "get",
    "/cases",
    CaseRows,
    name="cases",
    summary="One's own cases",
    scope=Scope.CASES,
)
def cases(
    request: HttpRequest,
    stage: Stage | None = None,
    cursor: Cursor | None = None,
    limit: Limit = LIMIT,
) -> dict[str, Any]:
    """The cases of the key's person or unit, newest first. 个人信息保护法 45."""
    rows = cases_of_key(key_of(request))
    if stage is not None:
        rows = rows.filter(stage=stage.value)
    return page_of(request, "cases", rows, ("-pk",), cursor, limit, _row)


@route(
    router,
    "get",
    "/cases/{number}",
    CaseTold,
    name="case",
    summary="One of one's own cases",
    scope=Scope.CASES,
)
def case(request: HttpRequest, number: Code) -> dict[str, Any]:
    """Where it stands and every step with its proof. Another's is answered as one there is not."""
    found = case_of_key(key_of(request), number)
    if found is None:
        raise absent(NO_CASE)
    steps = public_events(found)
    places = places_of(event.entry for event in steps)
    return {
        **_row(found),
        "steps": [
            {
                "seq": event.seq,
                "act": term(Act(event.act)),
                "at": event.event_time,
                "entered_at": event.entry_time,
                "entry": places.get(event.entry),
                "proof": (
                    here(f"/api/v1/log/entries/{places[event.entry]}/proof")
                    if event.entry in places
                    else None
                ),
            }
            for event in steps
        ],
    }
