"""A longer limit, once, by the right head, with its reason told. 行政许可法 42.

Ten working days by the head of the organ; fifteen, where several organs act together, by the head
of the government. The pack in force says the numbers; a pack without them knows no extension.
"""

from datetime import date

from openhall.cases.rules.packs import RulePack
from openhall.glossary import Said, cited
from openhall.paging.typed import visible


def longest(pack: RulePack, *, joint: bool) -> int | None:
    """Working days by which a limit may be extended; None where the pack knows no extension."""
    return pack.joint_extension_days if joint else pack.extension_days


def approver(*, joint: bool) -> Said:
    """Who must approve, as the refusal and the notice say it."""
    return (
        Said("本级人民政府负责人", "the head of the government of this level")
        if joint
        else Said("本机关负责人", "the head of this organ")
    )


def objection(
    pack: RulePack, days: int, reason: str, *, joint: bool, limit_ends: date | None, today: date
) -> tuple[Said, str] | None:
    """Why it cannot be extended, with the field it belongs beside; None where it can."""
    most = longest(pack, joint=joint)
    if most is None:
        return Said(
            f"{pack.basis}没有延长办理期限的规定，本件不能延长。请在公布的时限内办结。",
            f"{cited(pack.basis).en} knows no extension, so this case cannot be extended. "
            "Conclude it within the published limit.",
        ), ""
    if not 1 <= days <= most:
        return Said(
            f"延长不得超过{most}个工作日（行政许可法 42）。请填写1至{most}。",
            f"Extend by {most} working days at most (Administrative Licensing Law, "
            f"art. 42). Enter 1 to {most}.",
        ), "days"
    if visible(reason) < 10:
        return Said(
            "延长期限须写明理由（不少于10个字），并告知申请人（行政许可法 42）。",
            "Say why the limit is extended (at least 10 characters); the applicant is "
            "told (Administrative Licensing Law, art. 42).",
        ), "reason"
    if limit_ends is not None and today > limit_ends:
        return (
            Said(
                f"期限已于{limit_ends:%Y-%m-%d}届满，届满以后不能再延长（行政许可法 42）。"
                "请尽快作出决定。",
                f"The limit ended on {limit_ends:%Y-%m-%d} and cannot be extended after "
                "its end (Administrative Licensing Law, art. 42). Decide as soon as "
                "possible.",
            ),
            "",
        )
    return None
