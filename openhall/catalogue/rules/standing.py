"""Whether an item can be applied for on a day, said in one sentence: it does not vanish. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from openhall.catalogue.terms import ItemState, Standing


@dataclass(frozen=True, slots=True)
class State:
    """The state of an entry or an item, with its first and last day and its reason."""

    state: str = ItemState.IN_USE.value
    since: date | None = None
    until: date | None = None
    reason: str = ""

    def on(self, day: date) -> str:
        """The state on ``day``: a suspension begins and ends by itself."""
        if self.since is not None and day < self.since:
            return ItemState.IN_USE.value
        if self.state == ItemState.SUSPENDED and self.until is not None and day > self.until:
            return ItemState.IN_USE.value
        return self.state


@dataclass(frozen=True, slots=True)
class Stands:
    """The word, the days, the reason; ``became`` are the names of what came after it."""

    standing: Standing
    since: date | None = None
    until: date | None = None
    reason: str = ""
    became: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.standing == Standing.OPEN

    @property
    def in_chinese(self) -> str:
        return self.said_in("zh-hans")

    @property
    def in_english(self) -> str:
        return self.said_in("en")

    def said_in(self, language: str) -> str:
        """The state as a whole sentence; empty when the item is simply open."""
        if self.is_open:
            return ""
        return _english(self) if language.startswith("en") else _chinese(self)


def in_season(first: str, last: str, day: date) -> bool:
    """Whether ``day`` lies between two days of the year (MM-DD), over New Year too."""
    if not first or not last:
        return True
    now = f"{day:%m-%d}"
    return first <= now <= last if first <= last else now >= first or now <= last


def next_opening(first: str, day: date) -> date | None:
    """The first day of the season that comes after ``day``."""
    for year in (day.year, day.year + 1):
        try:
            opens = date.fromisoformat(f"{year}-{first}")
        except ValueError:
            if first != "02-29":
                return None
            opens = date(year, 3, 1)
        if opens > day:
            return opens
    return None


def stands(
    day: date,
    *,
    item: State,
    entry: State,
    listed_from: date | None,
    listed_until: date | None,
    effective_from: date | None,
    season: tuple[str, str] = ("", ""),
    became: tuple[str, ...] = (),
) -> Stands:
    """How the item stands on ``day``: what ends it comes before what interrupts it."""
    if listed_until is not None and day > listed_until:
        word = Standing.CANCELLED
        if became:
            word = Standing.SPLIT if len(became) > 1 else Standing.MERGED
        return Stands(word, listed_until + timedelta(days=1), None, entry.reason, became)
    for state in (entry, item):
        if state.on(day) == ItemState.CANCELLED:
            return Stands(Standing.CANCELLED, state.since, None, state.reason)
    for state in (entry, item):
        if state.on(day) == ItemState.SUSPENDED:
            return Stands(Standing.SUSPENDED, state.since, state.until, state.reason)
    begins = max((one for one in (listed_from, effective_from) if one), default=None)
    if begins is None or day < begins:
        return Stands(Standing.COMING, begins)
    if not in_season(*season, day):
        return Stands(Standing.OUT_OF_SEASON, None, next_opening(season[0], day))
    return Stands(Standing.OPEN, begins)


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _en(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _chinese(one: Stands) -> str:
    since = f"自{_zh(one.since)}起" if one.since else ""
    why = f"原因：{one.reason.rstrip('。')}。" if one.reason else ""
    if one.standing == Standing.SUSPENDED:
        until = f"{_zh(one.until)}后恢复。" if one.until else "恢复时间另行公告。"
        return f"本事项{since}暂停办理，{until}{why}"
    if one.standing == Standing.CANCELLED:
        return f"本事项{since}取消，不再受理；已经受理的继续办理。{why}"
    if one.standing in (Standing.SPLIT, Standing.MERGED):
        verb = "拆分为" if one.standing == Standing.SPLIT else "并入"
        return f"本事项{since}{verb}{'、'.join(f'“{name}”' for name in one.became)}。{why}"
    if one.standing == Standing.OUT_OF_SEASON:
        opens = f"{_zh(one.until)}起可以申请。" if one.until else ""
        return f"本事项现在不在办理期内，{opens}" if opens else "本事项现在不在办理期内。"
    return f"本指南{since}施行。" if since else "本事项尚未施行。"


def _english(one: Stands) -> str:
    since = f" from {_en(one.since)}" if one.since else ""
    why = f" Reason: {one.reason}" if one.reason else ""
    if one.standing == Standing.SUSPENDED:
        until = (
            f" until {_en(one.until)}." if one.until else "; it will be announced when it resumes."
        )
        return f"This matter is suspended{since}{until}{why}"
    if one.standing == Standing.CANCELLED:
        return f"This matter is cancelled{since}; cases already accepted go on.{why}"
    if one.standing in (Standing.SPLIT, Standing.MERGED):
        verb = "is split into" if one.standing == Standing.SPLIT else "is merged into"
        return f"This matter{since} {verb} {', '.join(one.became)}.{why}"
    if one.standing == Standing.OUT_OF_SEASON:
        opens = f" It opens on {_en(one.until)}." if one.until else ""
        return f"This matter is outside its season.{opens}"
    return f"This guide comes into force on {_en(one.since)}." if one.since else "Not yet in force."
