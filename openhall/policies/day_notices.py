"""A notice of days off in whatever file it came: the page, Word, PDF or OFD paper, or a list.

The paper is the State Council's; which days it names :mod:`openhall.workdays.rules.notices` reads.
"""

from datetime import date
from typing import Final

from openhall.files.rules.archives import kind_of_archive
from openhall.glossary import Said
from openhall.policies.opening import ZIP, is_html, opened
from openhall.policies.rules.pages import NotADocument
from openhall.workdays.rules.notices import MOST_BYTES, NotANotice, read_notice

MOST_PAPER: Final = 8 << 20  # bytes of a notice as a paper; one with its seal as a picture has two


def days_of_notice(raw: bytes) -> dict[date, tuple[bool, str]]:
    """The days that ``raw`` names, each with whether it is worked and its holiday.

    Raises :class:`NotANotice` with every sentence or line that cannot be read.
    """
    if len(raw) <= MOST_PAPER and _is_paper(raw):
        try:
            raw = opened(raw).text.encode()
        except NotADocument as fault:
            raise NotANotice(
                Said(
                    f"{fault} 也可以把通知的文字粘贴进来。",
                    f"The paper cannot be read ({fault}). The text of the notice can be pasted.",
                )
            ) from fault
    return read_notice(raw[: MOST_BYTES + 1])


def _is_paper(raw: bytes) -> bool:
    if raw.startswith(ZIP):
        return kind_of_archive(raw) in ("docx", "ofd")
    return b"%PDF-" in raw[:1024] or is_html(raw)
