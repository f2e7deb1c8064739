"""Where numbers are limited: by the order of acceptance. 行政许可法 57."""

from openhall.glossary import Said


def objection_to_acceptance(number: int, granted: int) -> Said | None:
    """Why nobody more is taken in; None while a place can still be had."""
    if granted < number:
        return None
    return Said(
        f"该事项数量有限，本期{number}个名额已经全部准予（行政许可法 57）。"
        "请告知申请人下一期再申请。",
        f"Numbers are limited: all {number} places of this period were granted "
        "(Administrative Licensing Law, art. 57). Tell the applicant to apply in "
        "the next period.",
    )


def objection_to_grant(number: int, granted: int, open_before: int) -> Said | None:
    """Why this application may not be granted yet: earlier ones could still take every place."""
    if granted >= number:
        return Said(
            f"本期{number}个名额已经全部准予，不能再准予（行政许可法 57）。",
            f"All {number} places of this period were granted; no more can be "
            "(Administrative Licensing Law, art. 57).",
        )
    if granted + open_before >= number:
        return Said(
            f"受理在先的{open_before}件尚未决定，剩余{number - granted}个名额应当先由其取得"
            "（行政许可法 57：按受理先后顺序）。请先决定受理在先的办件。",
            f"Decide the {open_before} cases accepted earlier first: the "
            f"{number - granted} places left are theirs, in the order of acceptance "
            "(Administrative Licensing Law, art. 57).",
        )
    return None
