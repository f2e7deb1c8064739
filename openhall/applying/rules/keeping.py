"""How long an unsent application is kept, and when its owner is warned. 个人信息保护法 19, 47."""

from datetime import date, timedelta
from typing import Final

from openhall.glossary import Said

WARNED: Final = 14  # days before, from which every page of it says so


def removed_on(saved: date, days: int) -> date:
    """The day on which a draft last saved on ``saved`` is removed; ``days`` are calendar days."""
    return saved + timedelta(days=days)


def warning_of(saved: date, days: int, today: date) -> Said | None:
    """The sentence that warns of the removal; None while it is far off."""
    left = removed_on(saved, days) - today
    if left > timedelta(days=WARNED):
        return None
    return Said(
        f"这份申请保存满{days}天未提交，将于{removed_on(saved, days):%Y年%m月%d日}清除。"
        "继续填写并保存即可顺延。",
        f"This application is removed on {removed_on(saved, days):%Y-%m-%d}, "
        f"{days} days after it was last saved. Go on with it and save to keep it "
        "longer.",
    )
