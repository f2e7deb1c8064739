"""Why an act was refused: what, why, under which clause, what to do next; in both languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from openhall.deeds.rules.tables import NoSuchStep, lead
from openhall.glossary import Said, Term
from openhall.paging.typed import visible


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: ``said`` is a whole sentence, ``field`` the input it stands beside."""

    said: Said
    field: str = ""

    def __str__(self) -> str:
        return str(self.said)


class Refused(Exception):
    """An act is not done. ``said`` is for people; ``field`` names the input it belongs beside.

    ``faults`` lists everything that is wrong at once, each beside its own field; ``code`` tells a
    programme which kind of refusal it is. ``str()`` is the sentence in the reader's language.
    """

    def __init__(
        self,
        said: Said | str,
        field: str = "",
        faults: Iterable[Any] = (),
        *,
        code: str = "refused",
    ) -> None:
        self.said = said if isinstance(said, Said) else Said(said, "")
        super().__init__(self.said.zh)
        self.field = field
        self.faults: tuple[Any, ...] = tuple(faults)
        self.code = code

    def __str__(self) -> str:
        return self.said.said_in(get_language()) or self.said.zh

    @property
    def message(self) -> str:
        """The sentence in the reader's language."""
        return str(self)


class Moved(Refused):
    """Somebody else acted on the row first; the page must be read again."""


MOVED = Said(
    "另一位工作人员刚刚办理了本件。请刷新页面，核对最新状态后再操作。",
    "A colleague has just acted on this. Reload the page, check where it stands, then act again.",
)
FUTURE = Said(
    "事件时间不能晚于现在。请核对时间。", "The time cannot be later than now. Check the time."
)
OWN_ENTRY_TIME = Said(
    "录入时间由系统记录，不能自行填写（阳光作业）。",
    "The entry time is recorded by the system and cannot be filled in (成办发〔2003〕75号).",
)
KEY_SPENT = Said(
    "这次提交的编号已用于另一项办理，没有再办。请刷新页面后重新提交。",
    "This submission's number was already used for another act, so nothing was done. "
    "Reload the page and submit again.",
)


# ---------------------------------------------------------------- what most acts ask first
def only(allowed: bool, who: Said, what: Said, basis: str = "") -> None:
    """Refused unless ``allowed``: only ``who`` may do ``what``, by the clause ``basis``."""
    if not allowed:
        clause, of_clause = _clause(basis)
        raise Refused(
            Said(
                f"只有{who.zh}可以{what.zh}{clause}。请由其办理。",
                f"Only {who.en} may {what.en}{of_clause}. Leave it to them.",
            )
        )


def led(table: Mapping[Any, Any], state: Term, act: Term) -> Any:
    """Where ``act`` leads; a pair outside the table becomes a refusal people can read."""
    try:
        return lead(table, state, act)
    except NoSuchStep as error:
        raise Refused(error.said) from error


def worded(
    words: str, least: int, what: Said, field: str = "words", basis: str = "", *, most: int = 0
) -> str:
    """``words`` without blanks around them; refused where a reader sees fewer than ``least``."""
    written = words.strip()
    if visible(written) < least:
        clause, of_clause = _clause(basis)
        raise Refused(
            Said(
                f"请写明{what.zh}，不少于{least}个字{clause}。",
                f"Write {what.en}, in at least {least} characters{of_clause}.",
            ),
            field,
        )
    return kept(written, most, field) if most else written


def kept(words: str, most: int, field: str = "words") -> str:
    """``words`` without blanks around them, whole; refused where a reader sees more than ``most``
    characters: what somebody wrote is never cut."""
    written = words.strip()
    if len(written) > most:
        raise Refused(
            Said(
                f"最多{most}个字，现为{len(written)}个字。请缩短。",
                f"At most {most} characters; these are {len(written)}. Shorten it.",
            ),
            field,
        )
    return written


def _clause(basis: str) -> tuple[str, str]:
    return (f"（{basis}）", f" ({basis})") if basis else ("", "")
