"""The figures the public may open, each with the way it is counted."""

from openhall.glossary import Term

POLICY = "成办发〔2003〕75号 二（三）"


class Measure(Term):
    """A published figure of one unit and one month, counted by event time, not entry time."""

    RECEIVED = "received", "收到申请", "Applications received", "行政许可法 29"
    ACCEPTED = "accepted", "受理", "Accepted", "行政许可法 32"
    CLOSED = "closed", "办结", "Closed", "行政许可法 37"
    ON_TIME = (
        "on_time",
        "按承诺时限办结",
        "Closed within the promise",
        "成办发〔2003〕75号 二（一）",
    )
    LATE = "late", "超过承诺时限办结", "Closed after the promise", "成办发〔2003〕75号 二（一）"
    SATISFIED = "satisfied", "评价为满意", "Rated satisfied", "国办发〔2019〕51号"
    RATED = "rated", "收到评价", "Ratings received", "国办发〔2019〕51号"
    OVERDUE = (
        "overdue",
        "月末超期未办结",
        "Overdue at the end of the month",
        "成办发〔2003〕75号 二（一）",
    )
    ANSWERED = "answered", "按期答复的咨询", "Questions answered in time", POLICY
    RECTIFIED = "rectified", "按期整改的事项", "Findings put right in time", POLICY


class FigureAct(Term):
    """What is done to a published figure."""

    FREEZE = "freeze", "冻结公布", "Frozen and published", POLICY
    CORRECT = "correct", "更正公布", "Correction published", POLICY


class FigureState(Term):
    """How the published figure of a month stands."""

    FROZEN = "frozen", "已冻结", "Frozen", POLICY
    CORRECTED = "corrected", "已更正", "Corrected", POLICY


class FigureUnit(Term):
    """In what a figure is told."""

    CASES = "cases", "件", "Cases", POLICY
    PERCENT = "percent", "百分比", "Percent", POLICY
