"""Files of a document: attached as published, their text read back, taken away with a reason. B3.

The text of a PDF, DOCX or OFD becomes sections of the document: shown under the file, and found by
the search, as the document's own are. Reading costs time, so a job does it after the act.
"""

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, made_before, write
from openhall.files.actions import Received, bytes_of, take
from openhall.files.models import Folder, Upload
from openhall.files.terms import ScanState, TrustLevel
from openhall.glossary import Said
from openhall.jobs.actions import ask
from openhall.paging.typed import fault_of_text
from openhall.policies.kinds import FILE
from openhall.policies.models import PolicyDocument, PolicyFile, PolicySection
from openhall.policies.opening import opened
from openhall.policies.permissions import may_link
from openhall.policies.rules.pages import NotADocument
from openhall.policies.rules.sections import Section, sections
from openhall.policies.terms import FileAct

READ: Final = "openhall.policies.tasks.read_file"
BEHIND: Final = 100_000  # places of a file's sections come after those of the document itself
LONGEST: Final = 200_000  # signs of a text that somebody typed
ONLY_LEGAL: Final = Said(
    "只有法制办可以登记文件的附件。",
    "Only the Legal Affairs Office files what belongs to a document.",
)


@acting()
def attach(document: PolicyDocument, file: Received, words: str, doing: Doing) -> PolicyFile:
    """添加附件. ``words``: its text, where the file is a scan; else it is read out of the file."""
    before: PolicyFile | None = made_before(FILE, doing, FileAct.ATTACH, document_id=document.pk)
    if before is not None:
        return before
    if not may_link(doing.actor, doing.day):
        raise Refused(ONLY_LEGAL)
    return attached(document, file, words, doing)


def attached(document: PolicyDocument, file: Received, words: str, doing: Doing) -> PolicyFile:
    """The same without asking who: for a library that is brought in. Within an act."""
    if document.files.filter(sha256=file.sha256, removed=False).exists():
        raise Refused(Said("这个文件已经在附件中。", "This file is attached already."), "file")
    if len(words) > LONGEST:
        raise Refused(
            Said(
                f"文字有{len(words)}个字，超过{LONGEST}个。请分成几个文件。",
                f"The text has {len(words)} signs, more than {LONGEST}. Attach it as several "
                "files.",
            ),
            "words",
        )
    if fault := fault_of_text(words):
        raise Refused(fault, "words")
    folder = Folder.objects.create()
    nothing = Upload.objects.filter(folder=folder)
    kept = take(folder.pk, "policy", file, nothing, TrustLevel.D)
    made = PolicyFile.objects.create(
        document=document,
        upload=kept,
        name=kept.name[:200],
        media_type=kept.media_type,
        size=kept.size,
        sha256=kept.sha256,
    )
    if words.strip():
        _lay(made, sections(words))
    write(FILE, made, FileAct.ATTACH, doing, facts={"name": made.name, "sha256": made.sha256})
    if not words.strip():
        ask(READ, [made.pk], key=f"policy-file-{made.pk}")
    _heard(document)
    return made


@deed(FILE, FileAct.REMOVE)
def remove(file: PolicyFile, reason: str, doing: Doing) -> Deed:
    """撤下附件: it is shown no more; the record and its digest stay."""
    if not may_link(doing.actor, doing.day):
        raise Refused(ONLY_LEGAL)
    if file.removed:
        raise Refused(Said("已经撤下。", "It is taken away already."))
    if len(reason.strip()) < 5:
        raise Refused(
            Said("请写明理由，不少于5个字。", "Say why, in at least 5 characters."), "reason"
        )
    file.sections.all().delete()
    done = write(
        FILE, file, FileAct.REMOVE, doing,
        changes={"removed": True}, facts={"reason": reason.strip()},
    )  # fmt: skip
    _heard(file.document)
    return done


def read(pk: int) -> int:
    """Lay the text of a file as sections, once; how many. What cannot be read says why.

    It is read before the act: nobody waits for a long PDF.
    """
    file = PolicyFile.objects.select_related("document", "upload").get(pk=pk)
    if _done_with(file):
        return 0
    if file.media_type.startswith("image/"):
        return _read(pk, [], "这是图片。请提供文字版。")
    try:
        return _read(pk, list(sections(opened(bytes_of(file.upload)).text)), "")
    except NotADocument as fault:
        return _read(pk, [], str(fault))


def _done_with(file: PolicyFile) -> bool:
    infected = file.upload.scan == ScanState.INFECTED.value
    return file.removed or infected or file.sections.exists()


@acting()
def _read(pk: int, found: list[Section], unread: str) -> int:
    file = PolicyFile.objects.select_for_update().select_related("document").get(pk=pk)
    if _done_with(file):  # by another, meanwhile
        return 0
    if found:
        _lay(file, found)
        doing = Doing(None, timezone.now(), system_key("policy-file", file.pk, file.seq + 1))
        write(FILE, file, FileAct.READ, doing, facts={"sections": len(found)})
    PolicyFile.objects.filter(pk=pk).update(unread=unread[:200])
    _heard(file.document)
    return len(found)


def _lay(file: PolicyFile, found: Iterable[Section]) -> None:
    rows = file.document.sections.filter(position__gte=BEHIND)
    begins = (rows.aggregate(last=Max("position"))["last"] or BEHIND) + 1
    PolicySection.objects.bulk_create(
        [
            PolicySection(
                document=file.document,
                file=file,
                position=begins + n,
                label=one.label[:60],
                title=one.title[:300],
                text=one.text,
            )
            for n, one in enumerate(found)
        ],
        batch_size=2_000,
    )


def _heard(document: PolicyDocument) -> None:
    for path in settings.POLICY_FOLLOWS:
        import_string(path)([document.source_id])
