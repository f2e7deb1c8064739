"""What a person is told who must wait: how long, and what to do meanwhile."""

import math

from openhall.glossary import Said


def how_long(seconds: int) -> Said:
    """``seconds`` as people say it."""
    if seconds < 90:
        return Said(f"{seconds}秒", f"{seconds} seconds")
    if seconds < 5400:
        many = math.ceil(seconds / 60)
        return Said(f"{many}分钟", f"{many} minutes")
    many = math.ceil(seconds / 3600)
    return Said(f"{many}小时", f"{many} hours")


def told(what: Said, seconds: int, otherwise: Said) -> Said:
    """The whole sentence."""
    long = how_long(seconds)
    return Said(
        f"{what.zh}次数过多，本次没有受理，您填写的内容没有丢失。请在{long.zh}后再试。"
        f"{otherwise.zh}",
        f"Too many {what.en} from here for now, so this one was not taken; what you typed is kept. "
        f"Try again in {long.en}. {otherwise.en}",
    )
