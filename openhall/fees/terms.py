"""Words for bills and the bank."""

from openhall.glossary import Term


class NoticeState(Term):
    """Where a payment notice stands."""

    DUE = "due", "待缴费", "To be paid", "行政许可法 59"
    PAID = "paid", "已缴费", "Paid", "行政许可法 59"
    WAIVED = "waived", "已减免", "Waived", "行政许可法 58"
    CANCELLED = "cancelled", "已作废", "Cancelled", ""


class BillAct(Term):
    """What is done to a payment notice."""

    ISSUE = "issue", "开具缴费通知书", "Issue", "行政许可法 59"
    PAY = "pay", "缴费", "Pay", "行政许可法 59"
    WAIVE = "waive", "减免", "Waive", "行政许可法 58"
    FORGET = "forget", "删除个人信息", "Erase personal data", "个人信息保护法 47"


class ReconciliationAct(Term):
    """What is done to a day's comparison with the bank's file."""

    COMPARE = "compare", "对账", "Compare", "成办发〔2003〕75号 二（一）"
    SIGN = "sign", "对账签字", "Sign", "成办发〔2003〕75号 二（一）"
    COUNTERSIGN = "countersign", "对账会签", "Countersign", "成办发〔2003〕75号 二（一）"


class PayChannel(Term):
    """How the money reached the bank."""

    COUNTER = "counter", "银行柜台", "Bank counter", "成办发〔2003〕75号 二（一）"
    ONLINE = "online", "网上支付", "Online", "成办发〔2003〕75号 二（一）"


class MatchState(Term):
    """What the daily comparison with the bank's file found of a line."""

    MATCHED = "matched", "相符", "Matched", "成办发〔2003〕75号 二（一）"
    MISSING_HERE = "missing_here", "银行有、本系统无", "In the bank's file only", ""
    MISSING_THERE = "missing_there", "本系统有、银行无", "In our books only", ""
    DIFFERENT = "different", "金额不符", "Amounts differ", ""
    REVERSED = "reversed", "已冲正", "Reversed", ""
