"""The papers of an application: uploaded, photographed, ordered, taken back, used again. B6."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.applying.actions.drafting import save_draft
from openhall.applying.actions.for_all import (
    attach_for_all,
    detach_for_all,
    move_up_for_all,
    revoke_for_all,
    use_for_all,
)
from openhall.applying.application import Application, fresh
from openhall.applying.holdings import documents_of, fitting, usable
from openhall.applying.parts import Wanted
from openhall.applying.queries import (
    HeldDocument,
    held_document,
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
from openhall.portal.views.holding import held_draft, holds_case
from openhall.portal.views.walking import go_on, page_of, seen_of, step_at


def papers_step(request: HttpRequest, application: Application) -> HttpResponse:
    """Every paper once, with its files; a refused file is named, the others are kept."""
    draft = application.draft
    faults: dict[str, list[str]] = {}
    moved: Refused | None = None
    if request.method == "POST":
        try:
            if _small_deed(request, application):
                return step_at(draft, "papers")
            for row in application.papers:
                for file in request.FILES.getlist(row.material.key):
                    try:
                        attach_for_all(application, row.needs, file)
                    except Refused as refusal:
                        faults.setdefault(row.material.key, []).append(str(refusal))
            if not faults:
                save_draft(draft, {}, "papers", seen=seen_of(request))
                application = fresh(application)
                if "later" in request.POST or not _missing(request, application, faults):
                    return go_on(draft, "papers", request)
        except Refused as refusal:
            moved = refusal
        application = fresh(application)
    return papers_page(request, application, faults, moved)


def _missing(request: HttpRequest, application: Application, faults: dict[str, list[str]]) -> bool:
    """Whether required papers are missing; told once, beside each, and gone past if one insists."""
    for one in application.wrongs:
        if one.step == "papers":
            faults.setdefault(one.place, []).append(one.sentence)
    return bool(faults) and "without" not in request.POST


def papers_page(
    request: HttpRequest,
    application: Application,
    faults: dict[str, list[str]],
    moved: Refused | None,
) -> HttpResponse:
    """What is there, what was refused beside its paper, and what may be used again."""
    account, today = application.account, application.day
    documents = usable(documents_of(account, today), today) if account is not None else []
    consents = {one.held_id: one for one in standing_consents(application.draft) if one.held_id}
    rows = [
        row_of(
            one.material,
            application.uploads,
            faults.get(one.material.key, []),
            documents,
            consents,
        )
        | {"reason": _for_whom(one, application), "conditions": one.conditions}
        for one in application.papers
    ]
    return page_of(
        request,
        application,
        "papers",
        rows=rows,
        refused=moved or (Refused(_("Some papers are not in order yet.")) if faults else None),
        faults=faults,
        accept=ENDINGS,
        most=settings.UPLOAD_MAX_BYTES // MEBIBYTE,
    )


def _for_whom(row: Wanted, application: Application) -> str:
    """Which units read the paper; nothing where there is only one."""
    if application.whole is None:
        return ""
    if len(row.needs) == len(application.parts) > 1:
        return _("Once, for all units.")
    english = (get_language() or "").startswith("en")
    organs = [part.item_version.item.organ for part, _key in row.needs]
    names = [one.name_en if english else one.name for one in organs]
    return _("For: %(units)s") % {"units": (", " if english else "、").join(dict.fromkeys(names))}


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
                "scanned": one.scan != ScanState.UNSCANNED.value,
                "to_see": one.trust == TrustLevel.C.value,
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


def _small_deed(request: HttpRequest, application: Application) -> bool:
    """One of the small buttons beside a file; whether it was one."""
    posted, account = request.POST, application.account
    if "remove" in posted:
        detach_for_all(application, whole_or(0, posted["remove"]))
    elif "up" in posted:
        move_up_for_all(application, whole_or(0, posted["up"]))
    elif "use" in posted and account is not None:
        pk, _colon, key = posted["use"].partition(":")
        row = next((one for one in application.papers if one.material.key == key), None)
        held = existing(held_document(whole_or(0, pk)))
        use_for_all(application, existing(row), held, account)
    elif "revoke" in posted and account is not None:
        revoke_for_all(application, whole_or(0, posted["revoke"]), account)
    else:
        return False
    return True


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
