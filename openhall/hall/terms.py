"""Words of the service hall."""

from typing import Final

from openhall.glossary import Term

_CENTRE = "成办发〔2003〕75号 二（一）"


class CentreKind(Term):
    """What a hall is."""

    CITY = "city", "市政务服务中心", "City service centre", _CENTRE
    DISTRICT = "district", "区（市）县政务服务中心", "District service centre", _CENTRE
    DEPARTMENTAL = "departmental", "部门专业大厅", "Departmental centre", _CENTRE
    SINGLE = "single", "一个窗口对外的单位", "Single-window unit", _CENTRE


class CentreState(Term):
    """Whether a hall serves."""

    OPEN = "open", "对外办公", "Open", _CENTRE
    SUSPENDED = "suspended", "暂停办公", "Suspended", _CENTRE
    MERGED = "merged", "已并入其他中心", "Merged into another", _CENTRE


class HallAct(Term):
    """What is done to how a hall is arranged."""

    FOUND = "found", "设立大厅", "Set up a hall", _CENTRE
    ARRANGE = "arrange", "调整区域、窗口、队列", "Arrange zones, windows, lines", _CENTRE
    ADMIT = "admit", "单位进驻", "Admit a unit", _CENTRE
    LEAVE = "leave", "单位退出", "A unit leaves", _CENTRE
    MOVE = "move", "潮汐窗口调整", "Move a window for a while", _CENTRE


class DutyAct(Term):
    """What is done to a shift."""

    PLAN = "plan", "排班", "Put on the roster", _CENTRE
    CANCEL = "cancel", "撤班", "Take off the roster", _CENTRE
    STAND_IN = "stand_in", "顶岗", "Stand in", _CENTRE
    ASK_SWAP = "ask_swap", "申请换班", "Ask to swap", _CENTRE
    AGREE = "agree", "同意换班", "Agree to a swap", _CENTRE
    SWAP = "swap", "确认换班", "Confirm a swap", _CENTRE
    KEEP = "keep", "不同意换班", "Decline a swap", _CENTRE
    SIGN_IN = "sign_in", "签到", "Sign in", _CENTRE
    BREAK = "break", "离窗", "Leave the window", _CENTRE
    BACK = "back", "回窗", "Back at the window", _CENTRE
    SIGN_OUT = "sign_out", "签退", "Sign out", _CENTRE


class TicketState(Term):
    """Where a ticket stands."""

    WAITING = "waiting", "等候", "Waiting", _CENTRE
    HELD = "held", "保留", "Held", _CENTRE
    CALLED = "called", "已叫号", "Called", _CENTRE
    SERVING = "serving", "办理中", "Being served", _CENTRE
    DONE = "done", "办完", "Served", _CENTRE
    NO_SHOW = "no_show", "过号", "Did not come", _CENTRE
    LEFT = "left", "已离开", "Left", _CENTRE


AT_WINDOW: Final = (TicketState.CALLED.value, TicketState.SERVING.value)
OVER: Final = (TicketState.DONE.value, TicketState.NO_SHOW.value, TicketState.LEFT.value)


class TicketAct(Term):
    """What happens to a ticket."""

    ISSUE = "issue", "取号", "Take a ticket", _CENTRE
    CALL = "call", "叫号", "Call", _CENTRE
    RECALL = "recall", "重叫", "Call again", _CENTRE
    SERVE = "serve", "开始办理", "Begin to serve", _CENTRE
    HOLD = "hold", "保留号", "Hold", _CENTRE
    REQUEUE = "requeue", "重新排队", "Back into the line", _CENTRE
    TRANSFER = "transfer", "转队", "Send to another line", _CENTRE
    NO_SHOW = "no_show", "过号", "Did not come", _CENTRE
    LINK = "link", "关联办件", "Link to a case", _CENTRE
    FINISH = "finish", "办完", "Finish", _CENTRE
    LEAVE = "leave", "离开", "Leave", _CENTRE


class Lane(Term):
    """In which order people of one line are called; stored as a number, smallest first."""

    BACK = "0", "过号回来", "Back after a missed call", _CENTRE
    PRIORITY = "1", "优先（老年人、残疾人、孕妇、军人等）", "Priority", "国办发〔2020〕45号"
    BOOKED = "2", "预约", "Booked", _CENTRE
    ORDINARY = "3", "普通", "Ordinary", _CENTRE


class Source(Term):
    """Where a ticket was taken."""

    KIOSK = "kiosk", "触摸屏", "Kiosk", _CENTRE
    PHONE = "phone", "手机", "Phone", _CENTRE
    RECEPTION = "reception", "咨询台", "Reception", _CENTRE
    BOOKING = "booking", "预约", "Booking", _CENTRE
    TRANSFER = "transfer", "转队", "Sent on by a window", _CENTRE


class Need(Term):
    """What a person needs at the window."""

    NONE = "", "无", "None", ""
    WHEELCHAIR = "wheelchair", "轮椅", "Wheelchair", "无障碍环境建设法 44"
    SIGN = "sign", "手语", "Sign language", "无障碍环境建设法 44"


class DayAct(Term):
    """What is done to a hall's day."""

    CLOSE = "close", "日结", "Close the day", _CENTRE


_STUCK = "国办发〔2022〕5号"


class StuckAct(Term):
    """What is done to a matter that got stuck."""

    TAKE = "take", "办不成事登记", "Take a stuck matter", _STUCK
    REASSIGN = "reassign", "改派", "Give to another official", _STUCK
    ANSWER = "answer", "答复", "Answer", _STUCK
    FORGET = "forget", "删除个人信息", "Forget who it was", "个人信息保护法 47"


class StuckState(Term):
    """Where a stuck matter stands."""

    TAKEN = "taken", "办理中", "In hand", _STUCK
    ANSWERED = "answered", "已答复", "Answered", _STUCK


class StuckOutcome(Term):
    """What came of it."""

    SOLVED = "solved", "已办成", "Done after all", _STUCK
    EXPLAINED = "explained", "依法不能办，已说明", "Not lawful; explained", _STUCK
    PASSED_ON = "passed_on", "已转有权机关", "Passed to who is competent", _STUCK


class AlarmAct(Term):
    """What is done to a silent alarm."""

    RAISE = "raise", "静默报警", "Silent alarm", _CENTRE
    ANSWER = "answer", "到场处置", "Somebody came", _CENTRE


_TOUCH = "成办发〔2003〕75号"


class KioskKind(Term):
    """What a machine of the hall is for."""

    KIOSK = "kiosk", "触摸屏（自助取号、查询）", "Kiosk (tickets, guides)", _TOUCH
    PAD = "pad", "窗口评价器", "Rating pad of a window", "国办发〔2019〕51号"


class KioskAct(Term):
    """What is done to a machine of the hall."""

    REGISTER = "register", "登记自助设备", "Register a machine", _TOUCH
    LOCK = "lock", "远程锁定", "Lock from the centre", _TOUCH
    UNLOCK = "unlock", "解除锁定", "Unlock", _TOUCH
    REKEY = "rekey", "更换设备密钥", "Give it another key", _TOUCH
    RETIRE = "retire", "停用设备", "Take out of service", _TOUCH


_HELP, _CROSS = "国发〔2022〕5号", "国办发〔2020〕35号"


class ErrandKind(Term):
    """What somebody of the hall takes over."""

    HELP = "help", "帮办（陪同、指导办理）", "Helped through it", _HELP
    ERRAND = "errand", "代办（受书面委托代为办理）", "Done in their place", _HELP
    CROSS = "cross", "跨域通办（代收，转交外地单位）", "Handed on to another place", _CROSS


class ErrandState(Term):
    """Where it stands."""

    TAKEN = "taken", "办理中", "In hand", _HELP
    HANDED = "handed", "已转交", "Handed on", _CROSS
    RECEIVED = "received", "对方已接收", "Received there", _CROSS
    DONE = "done", "已办结", "Done", _HELP


class ErrandAct(Term):
    """What is done to it."""

    TAKE = "take", "受托登记", "Take it over", _HELP
    HAND_ON = "hand_on", "转交材料", "Hand the papers on", _CROSS
    RECEIVE = "receive", "接收材料", "Receive the papers", _CROSS
    LINK = "link", "关联办件", "Link to a case", _HELP
    FINISH = "finish", "办结告知", "Finish, and tell", _HELP
    FORGET = "forget", "删除个人信息", "Forget who it was", "个人信息保护法 47"
