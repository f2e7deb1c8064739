"""The public log: checkpoints, entries and the proofs that join them, to verify offline."""

import base64
from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from openhall.api.v1.door import here, route
from openhall.api.v1.paging import Day, Limit, Number
from openhall.api.v1.problems import absent, unreadable
from openhall.glossary import Said
from openhall.ledger.queries import (
    Checkpoint,
    body_of,
    consistency,
    day_named,
    latest_checkpoint,
    leaf_at,
    leaves_from,
    note_of,
    receipt_for,
)
from openhall.ledger.signing import public_verifier_key
from openhall.paging.whole import whole

router = Router(tags=["log"])
NO_ENTRY: Final = Said(
    "公开账在这个位置还没有经检查点确认的条目。",
    "The log has no entry here that a checkpoint covers.",
)
Kind = Annotated[str, Field(pattern="^[a-z_-]{1,40}$")]


class CheckpointTold(Schema):
    """A signed note (C2SP) over the first ``size`` entries, and the key that verifies it."""

    size: int
    at: datetime
    note: str
    key: str


class EntryTold(Schema):
    """An entry as it was written: commitments, never personal data."""

    index: int
    hash: str
    entry: dict[str, Any]
    url: str
    proof: str


class Entries(Schema):
    """Entries in their order; ``end`` is the first place that no checkpoint covers yet."""

    data: list[EntryTold]
    end: int
    next: str | None


class ReceiptTold(Schema):
    """A receipt: entry, inclusion proof (base64) and checkpoint (RFC 6962)."""

    format: str
    entry: str
    index: int
    proof: list[str]
    checkpoint: str


class Consistency(Schema):
    """That the first ``old`` of ``new`` entries are unchanged (base64 hashes)."""

    old: int
    new: int
    proof: list[str]


def _checkpoint(found: Checkpoint) -> dict[str, Any]:
    return {
        "size": found.size,
        "at": found.made_at,
        "note": note_of(found),
        "key": public_verifier_key(),
    }


@route(
    router, "get", "/log/checkpoint", CheckpointTold, name="checkpoint", summary="The latest one"
)
def checkpoint(request: HttpRequest, on: Day | None = None) -> dict[str, Any]:
    """The latest checkpoint, or the one that was named for the day ``on``."""
    if on is None:
        found = latest_checkpoint()
    else:
        named = day_named(on)
        found = named.checkpoint if named is not None else None
    if found is None:
        raise absent(Said("还没有检查点。", "There is no checkpoint yet."))
    return _checkpoint(found)


@route(router, "get", "/log/entries", Entries, name="log_entries", summary="Entries in order")
def log_entries(
    request: HttpRequest,
    start: Annotated[
        int,
        BeforeValidator(lambda sent: whole(sent) if whole(sent) is not None else sent),
        Field(ge=0),
        WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 10**18 - 1}),
    ] = 0,
    kind: Kind | None = None,
    limit: Limit = 100,
) -> dict[str, Any]:
    """From the place ``start`` on; ``next`` goes on after them. Reading again is going back.

    Places of the log never change, so here the place itself is the cursor.
    """
    latest = latest_checkpoint()
    end = latest.size if latest else 0
    rows, after = leaves_from(start, end, kind, limit)
    kept = f"&kind={kind}" if kind else ""
    following = here(f"/api/v1/log/entries?start={after}&limit={limit}{kept}")
    return {
        "data": [_entry(one) for one in rows],
        "end": end,
        "next": following if after < end else None,
    }


def _entry(leaf: Any) -> dict[str, Any]:
    return {
        "index": leaf.index,
        "hash": bytes(leaf.entry.leaf_hash).hex(),
        "entry": body_of(leaf.entry),
        "url": here(f"/ledger/entries/{leaf.index}/"),
        "proof": here(f"/api/v1/log/entries/{leaf.index}/proof"),
    }


@route(router, "get", "/log/entries/{index}", EntryTold, name="log_entry", summary="One entry")
def log_entry(request: HttpRequest, index: Number) -> dict[str, Any]:
    """An entry by its place."""
    leaf = leaf_at(index)
    latest = latest_checkpoint()
    if leaf is None or latest is None or index >= latest.size:
        raise absent(NO_ENTRY)
    return _entry(leaf)


@route(
    router,
    "get",
    "/log/entries/{index}/proof",
    ReceiptTold,
    name="log_proof",
    summary="Proof that an entry stands in the log",
)
def log_proof(request: HttpRequest, index: Number) -> dict[str, Any]:
    """The receipt; ``openhall_verify.py --receipt`` verifies it offline."""
    leaf = leaf_at(index)
    found = None if leaf is None else receipt_for(leaf.entry_id)
    if found is None:
        raise absent(NO_ENTRY)
    return found.values()


@route(
    router,
    "get",
    "/log/consistency",
    Consistency,
    name="log_consistency",
    summary="Proof that the log only grew",
)
def log_consistency(request: HttpRequest, old: Number, new: Number) -> dict[str, Any]:
    """Between two sizes, ``0 < old ≤ new ≤`` that of the latest checkpoint."""
    latest = latest_checkpoint()
    end = latest.size if latest else 0
    if not 0 < old <= new <= end:
        raise unreadable(
            "old",
            Said(
                f"应为 0 < old ≤ new ≤ {end}（最新检查点的条目数）。",
                f"Give 0 < old ≤ new ≤ {end}, the size of the latest checkpoint.",
            ),
        )
    steps = [base64.b64encode(one).decode() for one in consistency(old, new)]
    return {"old": old, "new": new, "proof": steps}
