"""What a rating must be. 国办发〔2019〕51号: five levels, the last two are 差评 with a reason."""

from typing import Final

from openhall.glossary import Said

SATISFIED_FROM: Final = 3  # 基本满意 and above count as satisfied
COMMENT_AT_MOST: Final = 1000  # characters


def is_satisfied(score: int) -> bool:
    """Whether ``score`` (1–5) counts as satisfied in the published rate."""
    return score >= SATISFIED_FROM


def fault_of_rating(score: int, reasons: int, comment: str) -> tuple[str, Said] | None:
    """The field that is wrong and the sentence beside it; None if nothing."""
    if not 1 <= score <= 5:
        return "satisfaction", Said("请选择一个满意度。", "Choose how satisfied you are.")
    if not is_satisfied(score) and not reasons:
        return "reasons", Said(
            "请至少选择一项不满意的原因，以便整改（国办发〔2019〕51号）。",
            "Choose at least one thing that was wrong, so that it is put right "
            "(国办发〔2019〕51号).",
        )
    if len(comment) > COMMENT_AT_MOST:
        return "comment", Said(
            f"意见最多{COMMENT_AT_MOST}个字，现为{len(comment)}个字。",
            f"Write at most {COMMENT_AT_MOST} characters; these are {len(comment)}.",
        )
    return None
