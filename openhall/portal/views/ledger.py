"""The public log: what it is, its checkpoints, one entry with its proof, the files themselves."""

import base64
import json
from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openhall.ledger.publishing import CHECKPOINT, KEY, folder
from openhall.ledger.queries import (
    body_of,
    known_alarms,
    last_checkpoints,
    last_days,
    latest_checkpoint,
    leaf_at,
    note_of,
    open_alarms,
    receipt_for,
)
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.witnesses import witnesses

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    latest = latest_checkpoint()
    cosigned = list(latest.cosignatures.all()) if latest else []
    context = {
        "latest": latest,
        "note": note_of(latest) if latest else "",
        "cosigned": cosigned,
        "witnesses": max(len(witnesses()), len(cosigned)),
        "halted": open_alarms(),
        "known": known_alarms(),
        "days": last_days(7),
        "checkpoints": last_checkpoints(),
        "key": public_verifier_key(),
    }
    return render(request, "portal/ledger.html", context)


@require_safe
def entry(request: HttpRequest, index: int) -> HttpResponse:
    """One entry as it was written; it holds commitments, never personal data."""
    leaf = leaf_at(index)
    if leaf is None:
        raise Http404
    receipt = receipt_for(leaf.entry_id)
    body = body_of(leaf.entry)
    context = {
        "index": index,
        "kind": body.get("kind", ""),
        "case": body.get("case", ""),
        "body": json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True),
        "hash": bytes(leaf.entry.leaf_hash).hex(),
        "proof": [base64.b64encode(step).decode() for step in receipt.proof] if receipt else [],
        "checkpoint": receipt.checkpoint if receipt else "",
    }
    return render(request, "portal/ledger_entry.html", context)


@require_safe
def receipt(request: HttpRequest, index: int) -> HttpResponse:
    leaf = leaf_at(index)
    found = None if leaf is None else receipt_for(leaf.entry_id)
    if found is None:
        raise Http404
    answer = HttpResponse(found.to_json(), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{index}.json"'
    return answer


@require_safe
def proof(request: HttpRequest, index: int) -> HttpResponse:
    """The receipt as a C2SP tlog-proof, for other people's programs."""
    leaf = leaf_at(index)
    found = None if leaf is None else receipt_for(leaf.entry_id)
    if found is None:
        raise Http404
    answer = HttpResponse(found.to_tlog_proof(), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="entry-{index}.tlog-proof"'
    return answer


@require_safe
def published(request: HttpRequest, path: str) -> HttpResponseBase:
    """The log's own files: ``checkpoint``, ``key``, ``tile/…``. A full tile never changes."""
    parts = PurePosixPath(path).parts
    known = path in (CHECKPOINT, KEY) or (parts and parts[0] == "tile")
    if not known or any(part.startswith(".") for part in parts):
        raise Http404
    file = folder().joinpath(*parts)
    if not file.is_file():
        raise Http404
    plain = path in (CHECKPOINT, KEY)
    kind = "text/plain; charset=utf-8" if plain else "application/octet-stream"
    answer = FileResponse(file.open("rb"), content_type=kind)
    answer.headers["Cache-Control"] = ASK_AGAIN if plain else FOR_EVER
    return answer
