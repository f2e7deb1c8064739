"""Where numbers are limited: by the order of acceptance. 行政许可法 57."""


def objection_to_acceptance(number: int, granted: int) -> str | None:
    """Why nobody more is taken in; None while a place can still be had."""
    if granted < number:
        return None
    return (
        f"该事项数量有限，本期{number}个名额已经全部准予（行政许可法 57）。"
        "请告知申请人下一期再申请。"
    )


def objection_to_grant(number: int, granted: int, open_before: int) -> str | None:
    """Why this application may not be granted yet: earlier ones could still take every place."""
    if granted >= number:
        return f"本期{number}个名额已经全部准予，不能再准予（行政许可法 57）。"
    if granted + open_before >= number:
        return (
            f"受理在先的{open_before}件尚未决定，剩余{number - granted}个名额应当先由其取得"
            "（行政许可法 57：按受理先后顺序）。请先决定受理在先的办件。"
        )
    return None
