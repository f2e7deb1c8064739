"""The papers of an application: uploaded, photographed, ordered, taken back, used again. B6."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.applying.actions.drafting import save_draft
from openhall.applying.actions.reusing import revoke, use_document
from openhall.applying.actions.uploading import attach, detach, move_up
from openhall.applying.holdings import documents_of, fitting, usable
from openhall.applying.queries import (
    Draft,
    HeldDocument,
    acting_of,
    held_document,
    is_on_record,
    live_uploads,
    materials_of,
    standing_consents,
    whole_uploads,
)
from openhall.cases.queries import Upload, upload_sent
from openhall.catalogue.queries import Material
from openhall.catalogue.terms import Medium, Necessity
from openhall.deeds.refusals import Refused
from openhall.desk.pages import existing
from openhall.files.rules.trust import still_to_do
from openhall.files.rules.uploads import ENDINGS, MEBIBYTE
from openhall.files.terms import ScanState, TrustLevel
from openhall.files.watermark import shown
from openhall.paging.whole import whole_or
from openhall.portal.views.holding import account_of, held_draft, holds_case, holds_draft
from openhall.portal.views.walking import go_on, page_of, seen_of


def papers_step(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Every material with its files; a refused file is named, the others are kept."""
    account, today = account_of(request), timezone.localdate()
    materials = materials_of(draft, account, today)
    refused: dict[str, list[str]] = {}
    moved: Refused | None = None
    if request.method == "POST":
        try:
            if _small_deed(request, draft):
                return redirect("portal:draft", draft.pk, "papers")
            for material in materials:
                for file in request.FILES.getlist(material.key):
                    try:
                        attach(draft, material.key, file)
                    except Refused as refusal:
                        refused.setdefault(material.key, []).append(str(refusal))
            if not refused:
                save_draft(draft, {}, "papers", seen=seen_of(request))
                return go_on(draft, "papers", request)
        except Refused as refusal:
            moved = refusal
    return papers_page(request, draft, materials, live_uploads(draft), refused, moved)


def papers_page(
    request: HttpRequest,
    draft: Draft,
    materials: list[Material],
    uploads: list[Upload],
    faults: dict[str, list[str]],
    moved: Refused | None,
    reasons: Mapping[str, str] = {},
    **more: Any,
) -> HttpResponse:
    """The list with what is there, what was refused beside its paper, and what may be used again.

    ``reasons`` says under the key of a paper why or for whom it is asked.
    """
    account, today = account_of(request), timezone.localdate()
    documents = usable(documents_of(account, today), today) if account is not None else []
    consents = {one.held_id: one for one in standing_consents(draft) if one.held_id}
    rows = [
        row_of(one, uploads, faults.get(one.key, []), documents, consents)
        | {"reason": reasons.get(one.key, "")}
        for one in materials
    ]
    return page_of(
        request,
        draft,
        "papers",
        rows=rows,
        refused=moved or (Refused(_("Some files could not be taken.")) if faults else None),
        faults=faults,
        accept=ENDINGS,
        most=settings.UPLOAD_MAX_BYTES // MEBIBYTE,
        acting=acting_of(draft),
        on_record=is_on_record(draft, account, today),
        **more,
    )


def row_of(
    material: Material,
    uploads: list[Upload],
    faults: list[str],
    documents: list[HeldDocument] = [],  # noqa: B006 - never changed
    consents: dict[int, Any] | None = None,
) -> dict[str, Any]:
    """One material as a page shows it."""
    mine = [one for one in uploads if one.material == material.key]
    used = {one.repeats for one in mine if one.repeats}
    return {
        "material": material,
        "necessity": Necessity(material.necessity),
        "on_paper": material.medium == Medium.PAPER.value,
        "faults": faults,
        "files": [
            {
                "upload": one,
                "scan": ScanState(one.scan),
                "infected": one.scan == ScanState.INFECTED.value,
                "trust": TrustLevel(one.trust),
                "todo": still_to_do(TrustLevel(one.trust)),
                "consent": (consents or {}).get(one.repeats or 0),
                "first": place == 0,
            }
            for place, one in enumerate(mine)
        ],
        "offers": [
            (one, TrustLevel(one.trust))
            for one in fitting(material, documents)
            if one.pk not in used
        ],
        "others": [
            (one, TrustLevel(one.trust))
            for one in documents
            if one.pk not in used and one not in fitting(material, documents)
        ],
    }


def _small_deed(request: HttpRequest, draft: Draft) -> bool:
    """One of the small buttons beside a file; whether it was one."""
    posted, account = request.POST, account_of(request)
    for name, deed in (("remove", detach), ("up", move_up)):
        if name in posted:
            deed(draft, whole_or(0, posted[name]))
            return True
    if "use" in posted and account is not None:
        pk, _colon, material = posted["use"].partition(":")
        held = existing(held_document(whole_or(0, pk)))
        use_document(draft, material, held, account)
        return True
    if "revoke" in posted and account is not None:
        revoke(draft, whole_or(0, posted["revoke"]), account)
        return True
    return False


# ------------------------------------------------------------ looking at one's own files
def sent(upload: Upload, *, small: bool = False) -> FileResponse:
    """One file, so that a browser runs nothing in it and keeps nothing of it."""
    if upload.scan == ScanState.INFECTED.value:
        raise Http404
    if small:
        if not upload.thumbnail:
            raise Http404
        answer = FileResponse(upload.thumbnail.open("rb"), content_type="image/jpeg")
    else:
        file, media_type, name = shown(upload)
        answer = FileResponse(file, content_type=media_type, filename=name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def draft_file(request: HttpRequest, pk: int, upload: int, size: str = "") -> FileResponse:
    """One file of a draft, to who may open the draft."""
    draft = held_draft(request, pk)
    rows = whole_uploads(draft)
    found = existing(rows.filter(pk=upload).first())
    return sent(found, small=size == "small")


@require_safe
def case_file(request: HttpRequest, number: str, upload: int, size: str = "") -> FileResponse:
    """One file of a case, to who holds the case."""
    found = existing(upload_sent(number, upload))
    if not holds_case(request, found.folder.case):
        raise PermissionDenied
    return sent(found, small=size == "small")


__all__ = [
    "case_file",
    "draft_file",
    "holds_draft",
    "papers_page",
    "papers_step",
    "row_of",
    "sent",
]
