"""Words for calendars and appointments."""

from openhall.glossary import Term


class CalendarFor(Term):
    """What a calendar is for."""

    WINDOW = "window", "窗口办理", "Windows", "成办发〔2003〕75号 二（一）"
    CONSULTATION = "consultation", "咨询", "Consultation", "成办发〔2003〕75号 二（一）"
    HEARING = "hearing", "听证", "Hearings", "行政许可法 48"
    VISIT = "visit", "来访", "Visits", "信访工作条例"


class CalendarAct(Term):
    """What is done to a calendar."""

    OPEN = "open", "开设预约日历", "Open the calendar", "成办发〔2003〕75号 二（一）"
    RELEASE = "release", "放号", "Release a day", "成办发〔2003〕75号 二（一）"
    EXCEPT = "except", "调整某日", "Change one day", "成办发〔2003〕75号 二（一）"
    WITHDRAW = (
        "withdraw",
        "撤回某日调整",
        "Withdraw a change of one day",
        "成办发〔2003〕75号 二（一）",
    )
    CLOSE = "close", "停用预约日历", "Close the calendar", "成办发〔2003〕75号 二（一）"


class DayChange(Term):
    """How one day differs from the rules."""

    CLOSED = "closed", "停止预约", "Closed", ""
    FEWER = "fewer", "减少席位（人员不在岗）", "Fewer seats (staff away)", ""
    EXTRA = "extra", "加开时段", "More hours", ""


class AppointmentState(Term):
    """Where an appointment stands. A hold binds nobody and ends by itself."""

    HELD = "held", "暂留", "Held", ""
    CONFIRMED = "confirmed", "已预约", "Confirmed", ""
    ARRIVED = "arrived", "已到", "Arrived", ""
    MISSED = "missed", "未到", "Missed", ""
    CANCELLED = "cancelled", "已取消", "Cancelled", ""
    EXPIRED = "expired", "暂留已过期", "The hold ran out", ""


class AppointmentAct(Term):
    """What is done to an appointment."""

    CONFIRM = "confirm", "确认预约", "Confirm", "成办发〔2003〕75号 二（一）"
    CHANGE = "change", "改期", "Change the time", "成办发〔2003〕75号 二（一）"
    CANCEL = "cancel", "取消预约", "Cancel", "成办发〔2003〕75号 二（一）"
    CALL_OFF = "call_off", "单位取消预约", "Called off by the unit", "成办发〔2003〕75号 二（一）"
    ARRIVE = "arrive", "到场登记", "Note the arrival", "成办发〔2003〕75号 二（一）"
    MISS = "miss", "登记未到", "Note that nobody came", "成办发〔2003〕75号 二（一）"
    FORGET = "forget", "删除个人信息", "Erase personal data", "个人信息保护法 47"


class MadeBy(Term):
    """By which way an appointment was made."""

    ONLINE = "online", "网上", "Online", ""
    COUNTER = "counter", "窗口或电话", "At a counter or by telephone", ""
