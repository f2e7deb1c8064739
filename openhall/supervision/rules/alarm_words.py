"""What those who watch the log are told when it is halted: short enough for a text message."""


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
        "公信账警报：已停止签署和公布",
        f"在{place}{more}发现异常：{sentence}"
        "在监察岗位查明并解除警报以前，不签署、不公布。请勿改动数据表，保留现场。"
        f"{base_url}/ledger/",
    )
