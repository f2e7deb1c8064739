"""What the hall says when it does not do something: why, by which clause, what next."""

from typing import Final

from openhall.glossary import Said

NOT_MANAGER: Final = Said(
    "只有本中心的管理人员可以调整（成办发〔2003〕75号 二（一））。",
    "Only those who manage this centre arrange it (成办发〔2003〕75号, part 2(1)).",
)
NOT_ON_DUTY: Final = Said(
    "您现在不在这个窗口当班，不能叫号、办理。请先在窗口签到；离窗以后请先回窗。",
    "You are not on duty at this window now, so you cannot call or serve. Sign in at the window "
    "first; if you had left it, say that you are back.",
)
NOT_RECEPTION: Final = Said(
    "只有本大厅的工作人员可以代为取号。",
    "Only staff of this hall take a ticket for somebody.",
)
CLOSED_LINE: Final = Said(
    "这个队列今天不取号。请到咨询台。", "This line gives no tickets today. Ask at the reception."
)
FULL: Final = Said(
    "这个队列今天的号已经取完。请预约另一天，或者网上办理。",
    "Today's tickets of this line are all taken. Book another day, or do it online.",
)
DAY_IS_OVER = Said(
    "这个号是前一天的，那一天已经过去，不能再排队。请当场办完，或者结束后取今天的号。",
    "This ticket is of the day before, whose lines are called no more. Finish it here, or end it "
    "and give a number of today.",
)
DAY_CLOSED: Final = Said(
    "本大厅今天已经日结，不能再取号、叫号。",
    "This hall's day has been closed; no more tickets are taken or called.",
)
NOBODY_CAN: Final = Said(
    "这个队列现在没有能提供这项服务的窗口。请到咨询台，工作人员会安排。",
    "No window of this line can offer that now. Ask at the reception; they will arrange it.",
)
MOVED_ON: Final = Said(
    "这个号已经不在这一步。请看窗口上现在的号。",
    "This ticket is at another step by now. Look at what stands at the window.",
)
ELSEWHERE: Final = Said("这个号不在您的窗口。", "This ticket is not at your window.")
STILL_SOMEBODY: Final = Said(
    "窗口上还有一位。请先办完、保留或者转队。",
    "Somebody is still at the window. Finish, hold or send them on first.",
)
