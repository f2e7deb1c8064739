"""One file and one consent for every part of an application that needs it; one part is the rule."""

from collections.abc import Sequence

from django.core.files.base import File
from django.db.models import Q

from openhall.applying.actions.drafting import start_draft
from openhall.applying.actions.reusing import revoke, use_document
from openhall.applying.actions.uploading import attach, detach, move_up, refuse_unless_open
from openhall.applying.application import Application
from openhall.applying.models import Draft, HeldDocument
from openhall.applying.parts import Part, Wanted
from openhall.deeds.collecting import acting
from openhall.files.actions import received
from openhall.files.models import Upload
from openhall.organs.models import Account


def part_draft(draft: Draft, part: Part) -> Draft:
    """The draft that keeps the papers of ``part``: the whole's own, or one beside it."""
    if part.item_version.item_id == draft.item_version.item_id:
        return draft
    key = f"{draft.key}-i{part.item_version.item_id}"[-80:]
    made = start_draft(part.item_version, None, key=key)
    if made.parent_id is None:
        Draft.objects.filter(pk=made.pk).update(parent=draft)
        made.parent = draft
    if made.item_version_id != part.item_version.pk:
        Draft.objects.filter(pk=made.pk).update(item_version=part.item_version)
        made.item_version = part.item_version
    return made


def attach_for_all(
    application: Application, needs: Sequence[tuple[Part, str]], file: File
) -> Upload:
    """Take one file once and keep it for every part that needs it; the first part's copy."""
    draft, field = application.draft, needs[0][1]
    refuse_unless_open(draft, field)
    with received(file, field) as kept, acting():
        taken = [attach(part_draft(draft, part), key, kept) for part, key in needs]
    return taken[0]


def _copies(draft: Draft, upload_id: int) -> list[Upload]:
    """The same file wherever it is kept in this application."""
    mine = Upload.objects.filter(Q(folder__draft=draft) | Q(folder__draft__parent=draft))
    shown = mine.filter(pk=upload_id, replaced=False).first()
    if shown is None:
        return []
    same = mine.filter(sha256=shown.sha256, replaced=False).select_related(
        "folder__draft__item_version__item"
    )
    return list(same.order_by("pk"))


@acting()
def detach_for_all(application: Application, upload_id: int) -> None:
    """Take one paper back for every part it was kept for; under another paper it stays."""
    refuse_unless_open(application.draft)
    copies = _copies(application.draft, upload_id)
    shown = next((one for one in copies if one.pk == upload_id), None)
    if shown is None:
        return
    place = (shown.folder.draft.item_version.item.code, shown.material)
    rows = [
        *(row.needs for row in application.papers),
        *(needs for _key, needs in application.file_questions()),
    ]
    kept_for = next(
        (named for row in rows if place in (named := {(part.code, key) for part, key in row})),
        {place},
    )
    for one in copies:
        own = one.folder.draft
        if (own.item_version.item.code, one.material) in kept_for:
            detach(own, one.pk)


@acting()
def move_up_for_all(application: Application, upload_id: int) -> None:
    """Put one file before the one above it, in every part alike."""
    for one in _copies(application.draft, upload_id):
        move_up(one.folder.draft, one.pk)


@acting()
def use_for_all(
    application: Application, row: Wanted, document: HeldDocument, account: Account
) -> None:
    """Use an earlier document again, with consent, for every part that needs the paper."""
    for part, key in row.needs:
        use_document(part_draft(application.draft, part), key, document, account)


@acting()
def revoke_for_all(application: Application, consent_id: int, account: Account) -> None:
    """Take a consent back, of the whole or of the part it was given for."""
    for one in (application.draft, *Draft.objects.filter(parent=application.draft)):
        revoke(one, consent_id, account)
