"""A longer limit, once, by the right head, with its reason told. 行政许可法 42.

Ten working days by the head of the organ; fifteen, where several organs act together, by the head
of the government. The pack in force says the numbers; a pack without them knows no extension.
"""

from datetime import date

from openhall.cases.rules.packs import RulePack


def longest(pack: RulePack, *, joint: bool) -> int | None:
    """Working days by which a limit may be extended; None where the pack knows no extension."""
    return pack.joint_extension_days if joint else pack.extension_days


def approver(*, joint: bool) -> str:
    """Who must approve, as the refusal and the notice say it."""
    return "本级人民政府负责人" if joint else "本机关负责人"


def objection(
    pack: RulePack, days: int, reason: str, *, joint: bool, limit_ends: date | None, today: date
) -> tuple[str, str] | None:
    """Why it cannot be extended, with the field it belongs beside; None where it can."""
    most = longest(pack, joint=joint)
    if most is None:
        return f"{pack.basis}没有延长办理期限的规定，本件不能延长。请在公布的时限内办结。", ""
    if not 1 <= days <= most:
        return f"延长不得超过{most}个工作日（行政许可法 42）。请填写1至{most}。", "days"
    if len(reason.strip()) < 10:
        return "延长期限须写明理由（不少于10个字），并告知申请人（行政许可法 42）。", "reason"
    if limit_ends is not None and today > limit_ends:
        return (
            f"期限已于{limit_ends:%Y-%m-%d}届满，届满以后不能再延长（行政许可法 42）。"
            "请尽快作出决定。",
            "",
        )
    return None
