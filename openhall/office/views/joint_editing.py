"""Writing a joint matter: one page, one form; every press keeps all that was typed.

Finding, adding, moving and removing an item only rearranges the page; Save keeps it. What cannot
be kept is shown again beside its field; what cannot yet be published is told beside it too.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from openhall.catalogue.queries import Item
from openhall.deeds.refusals import Moved, Refused
from openhall.joint.actions.matters import Part, draft_matter, edit_matter
from openhall.joint.matters import items_by_code, items_found, leads_on
from openhall.joint.queries import JointMatterVersion
from openhall.joint.rules.gate import MatterFault
from openhall.joint.terms import JointKind, JointMode
from openhall.office.joint_forms import MatterForm, PartForm, rows_typed, stepped
from openhall.office.seat import Seat, official, saving
from openhall.office.views.joint import Open, at_desk, opened
from openhall.organs.queries import Organ
from openhall.paging.whole import whole, whole_or

MOST_FOUND = 12
WORDS = ("title", "title_en", "summary", "summary_en", "mode", "limit_days")


@dataclass
class Sheet:
    """The page as it now is: the matter's form, a form for each part, what was sought."""

    head: MatterForm
    rows: list[PartForm]
    find: str = ""
    refused: str = ""
    moved: bool = False
    unsaved: bool = False
    beside: dict[tuple[str, str], list[MatterFault]] = field(default_factory=dict)

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), *(row.is_valid() for row in self.rows)])

    def parts(self) -> list[Part]:
        return [row.part() for row in self.rows]

    def refuse(self, refusal: Refused) -> None:
        """Put the sentence beside its field, or above everything."""
        self.moved = isinstance(refusal, Moved)
        place, _dash, name = refusal.field.removeprefix("parts-").partition("-")
        if refusal.field in self.head.fields:
            self.head.add_error(refusal.field, str(refusal))
        elif (number := whole(place)) is not None and number < len(self.rows):
            row = self.rows[number]
            row.add_error(name if name in row.fields and name != "item" else None, str(refusal))
        else:
            self.refused = str(refusal)


def _head(seat: Seat, open_: Open | None, data: Any = None, **kwargs: Any) -> MatterForm:
    return MatterForm(
        data,
        leads=leads_on(seat.day),
        settled=open_ is not None and open_.was_published,
        known=open_ is not None,
        **kwargs,
    )


def _stored(seat: Seat, open_: Open) -> Sheet:
    """The draft as it is kept, with the gate's faults beside their fields."""
    version, matter = open_.version, open_.matter
    told = {name: getattr(version, name) for name in WORDS}
    told |= {"kind": matter.kind, "topic": matter.topic, "lead": matter.lead.code}
    rows = [_row_of(one) for one in version.parts.select_related("item")]
    beside: dict[tuple[str, str], list[MatterFault]] = {}
    for fault in open_.found:
        beside.setdefault((fault.field, fault.item), []).append(fault)
    return Sheet(_head(seat, open_, initial=told), _row_forms(rows), beside=beside)


def _row_of(part: Any) -> dict[str, Any]:
    names = ("limit_days", "need", "question", "question_en")
    return {"item": part.item.code} | {name: getattr(part, name) for name in names}


def _row_forms(rows: Sequence[dict[str, Any]]) -> list[PartForm]:
    return [PartForm(initial=row, prefix=f"parts-{n}") for n, row in enumerate(rows)]


def _typed(request: HttpRequest, seat: Seat, open_: Open | None) -> Sheet:
    """The page as it was sent, after the press of one of its buttons other than Save."""
    head = _head(seat, open_)
    head.initial = {name: request.POST.get(name, "") for name in head.fields}
    way = request.POST.get("way", "")
    rows = stepped(rows_typed(request.POST), way)
    find = "" if way.startswith("add ") else request.POST.get("find", "").strip()
    return Sheet(head, _row_forms(rows), find, unsaved=True)


def _to_save(request: HttpRequest, seat: Seat, open_: Open | None) -> Sheet:
    rows = [
        PartForm(request.POST, prefix=f"parts-{n}") for n in range(len(rows_typed(request.POST)))
    ]
    return Sheet(_head(seat, open_, request.POST), rows, request.POST.get("find", "").strip())


def _lead(sheet: Sheet, seat: Seat) -> Organ:
    return leads_on(seat.day).get(code=sheet.head.cleaned_data["lead"])


def _shown(
    request: HttpRequest, seat: Seat, sheet: Sheet, open_: Open | None, seen: int = 0
) -> HttpResponse:
    codes = [str(row["item"].value() or "") for row in sheet.rows]
    known: dict[str, Item] = items_by_code(codes)
    told = sheet.beside
    wrong = bool(sheet.refused or sheet.head.errors or any(row.errors for row in sheet.rows))
    context = {
        "seat": seat,
        "open": open_,
        "sheet": sheet,
        "seen": seen,
        "key": request.POST.get("key") or uuid.uuid4().hex,
        "wrong": wrong,
        "head": [(bound, told.get((bound.name, ""), [])) for bound in sheet.head],
        "parts_faults": told.get(("parts", ""), []),
        "rows": [
            {
                "form": row,
                "item": known.get(code),
                "code": code,
                "faults": told.get(("item", code), []),
                "fields": [
                    (bound, told.get((bound.name, code), [])) for bound in row.visible_fields()
                ],
            }
            for row, code in zip(sheet.rows, codes, strict=True)
        ],
        "found": items_found(sheet.find, seat.day, codes, MOST_FOUND) if sheet.find else [],
        "most": MOST_FOUND,
    }
    status = 409 if sheet.moved else 422 if wrong else 200
    return render(request, "office/joint/edit.html", context, status=status)


@official
def begin(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """A new matter."""
    seat = at_desk(request, organ, desk)
    if request.method != "POST":
        told = {
            "kind": JointKind.LIFE_EVENT.value,
            "mode": JointMode.PARALLEL.value,
            "limit_days": 20,
            "lead": seat.organ.code,
        }
        return _shown(request, seat, Sheet(_head(seat, None, initial=told), []), None)
    if "way" in request.POST:
        return _shown(request, seat, _typed(request, seat, None), None)
    sheet = _to_save(request, seat, None)
    if not sheet.is_valid():
        return _shown(request, seat, sheet, None)
    said = sheet.head.cleaned_data
    try:
        version = draft_matter(
            said["code"],
            JointKind(said["kind"]),
            _lead(sheet, seat),
            {name: said[name] for name in WORDS},
            saving(request, seat),
            topic=said["topic"],
            parts=sheet.parts(),
        )
    except Refused as refusal:
        sheet.refuse(refusal)
        return _shown(request, seat, sheet, None)
    return _saved(request, seat, version, sheet)


@official
def edit(request: HttpRequest, organ: str, desk: str, code: str) -> HttpResponse:
    """The draft of a matter."""
    open_ = opened(request, organ, desk, code)
    seat, version = open_.seat, open_.version
    if not open_.is_draft:
        messages.info(request, _("Only a draft is edited. Begin the next version, or wait."))
        return redirect(open_.at("joint_matter"))
    if request.method != "POST":
        sheet = _stored(seat, open_)
        sheet.find = request.GET.get("find", "").strip()
        return _shown(request, seat, sheet, open_, version.revision)
    revision = whole_or(-1, request.POST.get("seen"))
    if "way" in request.POST:
        return _shown(request, seat, _typed(request, seat, open_), open_, revision)
    sheet = _to_save(request, seat, open_)
    if not sheet.is_valid():
        return _shown(request, seat, sheet, open_, revision)
    said = sheet.head.cleaned_data
    settled: dict[str, Any] = {}
    if not open_.was_published:
        settled = {"kind": said["kind"], "topic": said["topic"], "lead": _lead(sheet, seat)}
    try:
        edit_matter(
            version.pk,
            {name: said[name] for name in WORDS},
            sheet.parts(),
            saving(request, seat),
            **settled,
        )
    except Refused as refusal:
        sheet.refuse(refusal)
        fresh = version.revision if refusal.field == "revision" else revision
        return _shown(request, seat, sheet, open_, fresh)
    return _saved(request, seat, version, sheet)


def _saved(
    request: HttpRequest, seat: Seat, version: JointMatterVersion, sheet: Sheet
) -> HttpResponse:
    """Kept: on to the matter, or back to the page where an item is still being sought."""
    messages.success(request, _("The draft is saved."))
    name = "edit_joint" if sheet.find or "stay" in request.POST else "joint_matter"
    where = reverse(f"office:{name}", args=[seat.organ.code, seat.desk.value, version.matter.code])
    query = "?" + urlencode({"find": sheet.find}) + "#find" if sheet.find else ""
    return redirect(where + query)
