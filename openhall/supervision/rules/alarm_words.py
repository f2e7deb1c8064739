"""What those who watch the log are told when it is halted, and handlers before a promised day.

Short enough for a text message.
"""

from datetime import date


def alarm_words(
    language: str, faults: int, place: str, sentence: str, base_url: str
) -> tuple[str, str]:
    """Subject and words; the place and the sentence are public, no person is named."""
    if language == "en":
        more = f" and {faults - 1} more" if faults > 1 else ""
        return (
            "The public log is halted",
            f"A fault was found at {place}{more}: {sentence} Nothing is signed or published "
            "until the supervision bureau resolves the alarm. Do not edit the tables. "
            f"{base_url}/ledger/",
        )
    more = f"等{faults}处" if faults > 1 else ""
    return (
        "公开账警报：已停止签署和公布",
        f"在{place}{more}发现异常：{sentence}"
        "在监察岗位查明并解除警报以前，不签署、不公布。请勿改动数据表，保留现场。"
        f"{base_url}/ledger/",
    )


def reminder_words(language: str, number: str, due: date, left: int) -> tuple[str, str]:
    """Subject and words of the reminder before the promised day."""
    if language == "en":
        return (
            "A promise is nearly due",
            f"Case {number} is promised by {due:%Y-%m-%d}; {left} working days are left.",
        )
    return (
        "承诺期限将满提醒",
        f"办件{number}承诺{due:%Y-%m-%d}办结，还剩{left}个工作日。",
    )
