"""Words for bills, the bank and what is given back."""

from openhall.glossary import Term

WINDOW = "成办发〔2003〕75号 二（一）"
NOTICE = "财库〔2021〕31号"


class NoticeState(Term):
    """Where a payment notice stands."""

    DUE = "due", "待缴费", "To be paid", "行政许可法 59"
    PAID = "paid", "已缴费", "Paid", "行政许可法 59"
    WAIVED = "waived", "已减免", "Waived", "行政许可法 58"
    CANCELLED = "cancelled", "已作废", "Cancelled", NOTICE
    TO_RETURN = "to_return", "红字待退付", "Red letter, to be returned", NOTICE
    RETURNED = "returned", "红字已退付", "Red letter, returned", NOTICE


class NoticeStage(Term):
    """The life of an electronic notice, in the Ministry of Finance's words."""

    ISSUED = "issued", "生成", "Made", NOTICE
    NUMBERED = "numbered", "赋码", "Numbered", NOTICE
    SENT = "sent", "传输", "Sent", NOTICE
    CHECKED = "checked", "查验", "Checked", NOTICE
    SETTLED = "settled", "核销", "Settled", NOTICE
    ENTERED = "entered", "入账", "Entered in the books", NOTICE
    ARCHIVED = "archived", "归档", "Archived", NOTICE


class BillAct(Term):
    """What is done to a payment notice."""

    ISSUE = "issue", "开具缴款书", "Issue", "行政许可法 59"
    CHECK = "check", "查验", "Check", NOTICE
    TAKE_CASH = "take_cash", "代收现金", "Take cash", WINDOW
    PAY = "pay", "缴费", "Pay", "行政许可法 59"
    ASK_WAIVER = "ask_waiver", "申请减免", "Ask for a waiver", "行政许可法 58"
    ASK_REFUND = "ask_refund", "申请退付", "Ask for a refund", NOTICE
    APPROVE = "approve", "批准减免、退付", "Approve a waiver or refund", "行政许可法 58"
    REFUSE = "refuse", "不准减免、退付", "Refuse a waiver or refund", "行政许可法 58"
    CANCEL = "cancel", "作废", "Cancel", NOTICE
    RED = "red", "开具红字缴款书", "Issue a red-letter notice", NOTICE
    RETURN = "return", "退付", "Return", NOTICE
    FORGET = "forget", "删除个人信息", "Erase personal data", "个人信息保护法 47"


class ReliefKind(Term):
    """What is asked of the finance bureau for a payer."""

    WAIVER = "waiver", "减免", "Waiver", "行政许可法 58"
    REFUND = "refund", "退付", "Refund", NOTICE


class ReliefState(Term):
    """Where such a request stands."""

    ASKED = "asked", "待批", "Waiting for approval", ""
    APPROVED = "approved", "已批准", "Approved", ""
    REFUSED = "refused", "未批准", "Refused", ""


class RefundGround(Term):
    """Why money that was paid is given back."""

    TWICE = "twice", "重复缴款", "Paid twice", NOTICE
    TOO_MUCH = "too_much", "多缴", "Paid too much", NOTICE
    WRONG_STANDARD = "wrong_standard", "标准适用错误", "The wrong standard applied", "行政许可法 59"
    NOT_DONE = "not_done", "事项未办理", "The matter was not done", "行政许可法 59"
    DECIDED = "decided", "复议、判决或者整改决定", "Ordered on review or rectification", ""


class ReconciliationAct(Term):
    """What is done to a day's comparison with the bank's file."""

    COMPARE = "compare", "对账", "Compare", WINDOW
    END_EXCEPTION = "end_exception", "处理差异", "End an exception", WINDOW
    SIGN = "sign", "对账签字", "Sign", WINDOW
    COUNTERSIGN = "countersign", "对账会签", "Countersign", WINDOW


class CashDayAct(Term):
    """What is done to a cashier's day."""

    CLOSE = "close", "日结", "Close the day", WINDOW
    DEPOSIT = "deposit", "现金解缴", "Deposit the cash", WINDOW


class RemittanceAct(Term):
    """What is done to a day's sum on its way to the treasury."""

    REMIT = "remit", "汇缴国库", "Remit to the treasury", "行政许可法 59"


class PayChannel(Term):
    """How the money reached the bank."""

    COUNTER = "counter", "银行柜台", "Bank counter", WINDOW
    ONLINE = "online", "网上支付", "Online", WINDOW
    QR = "qr", "扫码支付", "QR code", WINDOW
    POS = "pos", "POS刷卡", "Card at the window", WINDOW
    CASH = "cash", "窗口现金当日解缴", "Cash, deposited the same day", WINDOW
    REFUND = "refund", "银行退付", "Returned by the bank", NOTICE


class MatchState(Term):
    """What the daily comparison with the bank's file found of a line."""

    MATCHED = "matched", "相符", "Matched", WINDOW
    SHORT = "short", "银行少收", "Less at the bank", ""
    OVER = "over", "银行多收", "More at the bank", ""
    OTHER_NOTICE = "other_notice", "缴款书编号不符", "Another notice", ""
    UNKNOWN = "unknown", "不明款项", "Unknown payment", ""
    MISSING_HERE = "missing_here", "银行有、本系统无", "In the bank's file only", ""
    MISSING_THERE = "missing_there", "本系统有、银行无", "In our books only", ""
    DOUBLED = "doubled", "流水重复", "Line stands twice", ""
    TWICE = "twice", "重复缴款", "Paid a second time", ""
    NOT_DUE = "not_due", "减免、作废后缴款", "Paid though not due", ""
    REVERSED = "reversed", "已冲正", "Reversed", ""
    REFUND_UNKNOWN = "refund_unknown", "银行退款、本系统未批", "Returned without approval", ""
    WRONG_DAY = "wrong_day", "日期不符", "Another day's", ""


class ExceptionEnd(Term):
    """By which act an exception of a compared day is ended."""

    CLAIMED = "claimed", "认领", "Claimed for a notice", WINDOW
    RETURNED = "returned", "退还缴款人", "Returned to the payer", WINDOW
    CORRECTED = "corrected", "银行更正", "Corrected by the bank", WINDOW
    CARRIED = "carried", "归入所属日", "Carried to its own day", WINDOW
    TAKEN = "taken", "补收回执", "The receipt came later", WINDOW
    EXPLAINED = "explained", "查明无误", "Found to be right", WINDOW


class FormatKind(Term):
    """How a bank writes its daily file."""

    CSV = "csv", "逗号分隔", "Comma-separated", ""
    FIXED = "fixed", "定长", "Fixed width", ""
    CAMT053 = "camt053", "camt.053报文", "camt.053 message", "ISO 20022"
