"""What a question must be, before it is taken."""

from collections.abc import Iterator
from typing import Final

from openhall.glossary import Said
from openhall.paging.typed import visible

TITLE_AT_LEAST: Final = 4
TITLE_AT_MOST: Final = 60
TEXT_AT_LEAST: Final = 8
TEXT_AT_MOST: Final = 2000
ANSWER_AT_LEAST: Final = 10
ANSWER_AT_MOST: Final = 5000
REASON_AT_LEAST: Final = 6


def faults_of_question(title: str, text: str) -> Iterator[tuple[str, Said]]:
    """Each fault with the field it stands beside."""
    if visible(title) < TITLE_AT_LEAST or len(title) > TITLE_AT_MOST:
        yield (
            "title",
            Said(
                f"请用{TITLE_AT_LEAST}到{TITLE_AT_MOST}个字写明问什么，现为{len(title)}个字。",
                f"Say what you ask in {TITLE_AT_LEAST} to {TITLE_AT_MOST} characters; "
                f"these are {len(title)}.",
            ),
        )
    if visible(text) < TEXT_AT_LEAST:
        yield (
            "text",
            Said(
                f"请写明具体情况，不少于{TEXT_AT_LEAST}个字，单位才能答得准。",
                f"Write the circumstances in at least {TEXT_AT_LEAST} characters, so that the "
                "unit can answer to the point.",
            ),
        )
    if len(text) > TEXT_AT_MOST:
        yield (
            "text",
            Said(
                f"最多{TEXT_AT_MOST}个字，现为{len(text)}个字。请精简，或者分成几个问题来问。",
                f"At most {TEXT_AT_MOST} characters; these are {len(text)}. Shorten it, or ask "
                "several questions.",
            ),
        )
