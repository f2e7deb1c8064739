"""G, the fluid mean in closed form, and the classic predictors (Ibrahim & Whitt 2009)."""

from openhall.hall.rules.waiting.learnt import Learnt
from openhall.hall.rules.waiting.simulating import priority_rate, speed
from openhall.hall.rules.waiting.values import ORDINARY, PRIORITY, LineNow, Waiting, Window


def mean_service(now: LineNow, learnt: Learnt) -> float:
    """The mean service of who waits in the line, or of every item where nobody does."""
    seen = [learnt.service(one.item).mean for one in now.waiting]
    return sum(seen) / len(seen) if seen else learnt.any_item.mean


def _left(window: Window, learnt: Learnt, factor: float) -> float:
    if window.back_in is not None:
        return window.back_in
    if window.item is not None:
        return learnt.service(window.item).left(window.age / factor) * factor
    return 0.0 if window.idle is None else 3.0


def fluid(now: LineNow, ahead: int, learnt: Learnt) -> float:
    """G: the work ahead shared by the windows, less what they finish at once, over what the
    priority lane takes, and the lunches on the way."""
    windows = now.windows
    many = len(windows)
    if not many:
        return 0.0
    factor = speed(now)
    work = sum(_left(one, learnt, factor) for one in windows)
    guess = 0.0
    for one in now.waiting[:ahead]:
        work += learnt.mean_after(one.item, one.for_minutes + guess) * factor
        guess = work / many
    means = [learnt.service(one.item) for one in now.waiting[: ahead + 1]] or [learnt.any_item]
    mean = sum(one.mean for one in means) / len(means)
    square = sum(one.square for one in means) / len(means)
    work -= (many - 1) * square / (2 * mean)
    share = 0.0
    if ahead < len(now.waiting) and now.waiting[ahead].lane == ORDINARY:
        share = min(0.5, priority_rate(now, learnt) * mean * factor / many)
    wait = max(0.0, work) / many / (1 - share)
    lunch = sum(one.lunch[1] for one in windows if one.lunch and one.lunch[0] < wait)
    return wait + lunch / many


def queue_length(now: LineNow, ahead: int, learnt: Learnt, factor: float = 1.0) -> float:
    """QL: the people ahead and oneself, times the mean service, by the windows on duty.

    Those at lunch are counted: without them it is a fifth worse, and what we are compared with is
    to be at its best.
    """
    many = len(now.windows)
    return (ahead + 1) * mean_service(now, learnt) * factor / many if many else 0.0


def last_to_enter(now: LineNow, lane: int) -> float:
    """LES: the wait of who was called last of this lane."""
    return now.entered.get(lane, now.entered.get(PRIORITY, 0.0))


def head_of_line(now: LineNow, lane: int, ahead: int) -> float:
    """HOL: how long the head of this lane has waited already."""
    heads: list[Waiting] = [one for one in now.waiting[: ahead + 1] if one.lane == lane]
    return heads[0].for_minutes if heads else 0.0
