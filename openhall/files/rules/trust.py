"""Who vouches for a document, and what follows from it. 国办函〔2016〕108号; norms 3.2.

A: an organ issued it. B: a window saw the original. C: the user uploaded it. D: the user made it
and promises that it is true. Only A and B serve again in another case without their original.
"""

from datetime import date
from typing import Final

from openhall.files.terms import TrustLevel
from openhall.glossary import Said

REUSABLE: Final = frozenset({TrustLevel.A, TrustLevel.B})


def is_reusable(level: TrustLevel) -> bool:
    """Whether another case may use it without seeing the original."""
    return level in REUSABLE


def fault_of_reuse(
    level: TrustLevel, until: date | None, withdrawn: bool, day: date
) -> Said | None:
    """Why a document may not be used again on ``day``; None if it may."""
    if not is_reusable(level):
        return Said(
            "只有政府部门签发（A级）或者窗口核验过原件（B级）的材料可以重复使用"
            "（国办函〔2016〕108号）。请另行上传。",
            "Only what an organ issued (level A) or a window compared with its "
            "original (level B) is used again (国办函〔2016〕108号). Upload it anew.",
        )
    if withdrawn:
        return Said(
            "这份材料已经停用，不能再次使用。请上传现行有效的材料。",
            "This document was taken out of use. Upload the one in force.",
        )
    if until is not None and until < day:
        return Said(
            f"这份材料的有效期已于{until:%Y-%m-%d}届满，不能再次使用。请上传现行有效的材料。",
            f"This document was valid until {until:%Y-%m-%d} and cannot be used again. "
            "Upload the one in force.",
        )
    return None


def level_seen(level: TrustLevel) -> TrustLevel:
    """The level after a window compared it with its original; A stays what the organ made it."""
    return level if level == TrustLevel.A else TrustLevel.B


def watermark(level: TrustLevel, organ: str, until: date | None) -> str:
    """What stands across every copy that is shown; empty where no organ vouches."""
    if level == TrustLevel.A:
        valid = f"{until:%Y年%m月%d日}" if until is not None else "长期"
        return f"此件由{organ}提供，仅供办理政务服务事项时使用，有效期至{valid}"
    if level == TrustLevel.B:
        return f"此件经{organ}与原件核对无误，仅供办理政务服务事项时使用"
    return ""


def still_to_do(level: TrustLevel) -> Said:
    """What the window must do with it, as a sentence."""
    if level == TrustLevel.C:
        return Said("须核验原件", "See the original")
    if level == TrustLevel.D:
        return Said(
            "申请人已承诺真实，可以直接使用",
            "The applicant vouches for it; it can be used as it is",
        )
    return Said("无须再验原件", "The original need not be seen again")
