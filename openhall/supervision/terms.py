"""Words of electronic supervision. 成府发〔2009〕53号; norms 4, 7.4."""

from openhall.glossary import Term


class Signal(Term):
    """What a rule gives. In Chengdu yellow warns before the day and is no penalty."""

    PRE_WARNING = "pre_warning", "预警", "Early reminder", "成府发〔2009〕53号"
    YELLOW = "yellow", "黄牌", "Yellow card", "成府发〔2009〕53号"
    RED = "red", "红牌", "Red card", "成府发〔2009〕53号"


class Trigger(Term):
    """What a rule looks at: the eight triggers of the rule texts, and how the events show them."""

    NOT_ANSWERED = "not_answered", "应受理不受理", "Application left unanswered", "行政许可法 32(4)"
    NOT_ONCE = "not_once", "不一次告知", "Not told once", "行政许可法 32(4), 72"
    DUE_SOON = "due_soon", "即将到期", "About to be due", "成府发〔2009〕53号"
    OVER_PROMISE = "over_promise", "超承诺期限", "Past the promise", "成府发〔2009〕53号"
    OVER_STATUTE = "over_statute", "超法定期限", "Past the statutory limit", "行政许可法 42"
    STEP_LATE = "step_late", "环节超时", "One step late", "成府发〔2009〕53号"
    DELIVERY_LATE = "delivery_late", "送达超期", "Delivered late", "行政许可法 44"
    REPORT_LATE = "report_late", "下级报送超期", "Reported late from below", "成府发〔2009〕53号"
    NO_REASONS = (
        "no_reasons",
        "不受理、不批未说明理由",
        "Refused without reasons",
        "行政许可法 38, 72",
    )
    NO_OPINION = "no_opinion", "无审查内容", "Signed without an opinion", "行政许可法 34"
    NO_PAPER = "no_paper", "办结无决定书", "Closed without its decision", "行政许可法 38"
    NOT_ONLINE = "not_online", "不按规定网上办理", "Entered afterwards", "成府发〔2009〕53号"
    CHARGING = "charging", "擅自收费或不按标准收费", "Charged against the standard", "行政许可法 59"
    COMPLAINT_LATE = (
        "complaint_late",
        "投诉逾期未处理",
        "Complaint left unanswered",
        "成办发〔2003〕75号 二（三）",
    )
    ENQUIRY_LATE = (
        "enquiry_late",
        "咨询逾期未答复",
        "Question left unanswered",
        "国办秘函〔2019〕19号",
    )
    BAD_RATING = "bad_rating", "评价不满意", "Rated dissatisfied", "国办发〔2019〕51号"
    SUPERVISED = (
        "supervised",
        "监察督办",
        "Supervision notice issued",
        "成办发〔2003〕75号 二（三）",
    )
    CHANGED_PERMIT = "changed_permit", "擅自改变已生效许可", "Permit changed", "行政许可法 8"
    OVERTURNED = "overturned", "复议撤销或变更", "Overturned on review", "行政复议法"
    LOST_IN_COURT = "lost_in_court", "行政诉讼败诉", "Lost in court", "行政诉讼法"
    NOTICE_UNSIGNED = (
        "notice_unsigned",
        "联办通知未签收",
        "Joint notice not signed",
        "行政许可法 26",
    )
    OPINION_LATE = "opinion_late", "联办意见超期", "Joint opinion late", "行政许可法 26"
    JOINT_ABSENT = "joint_absent", "联审会议缺席", "Absent from the joint meeting", "行政许可法 26"
    REASONS_LATE = (
        "reasons_late",
        "未采纳意见未说明理由",
        "Reasons owed to a unit late",
        "行政许可法 26",
    )
    FORWARD_LATE = "forward_late", "联办转报超期", "Upward item forwarded late", "行政许可法 35"
    REPLY_UNTOLD = "reply_untold", "上级批复告知超期", "Superior's reply told late", "行政许可法 43"
    OTHER = "other", "其他违规", "Another breach", "成府发〔2009〕53号"


class CardState(Term):
    """Where a card stands. A unit is heard before anything counts against it."""

    RAISED = "raised", "已发出", "Raised", "成府发〔2009〕53号"
    EXPLAINED = "explained", "单位已说明", "Explained", "成府发〔2009〕53号"
    OBJECTED = "objected", "单位有异议", "Objected to", "成府发〔2009〕53号"
    ESCALATED = "escalated", "逾期未答复，已升级", "Escalated", "成府发〔2009〕53号"
    UPHELD = "upheld", "认定成立", "Upheld", "成府发〔2009〕53号"
    WITHDRAWN = "withdrawn", "已撤销", "Withdrawn", "成府发〔2009〕53号"
    CLOSED = "closed", "已了结", "Closed", "成府发〔2009〕53号"


class CardAct(Term):
    """What is done to a card."""

    RAISE = "raise", "发牌", "Raise", "成府发〔2009〕53号"
    EXPLAIN = "explain", "说明情况", "Explain", "成府发〔2009〕53号"
    OBJECT = "object", "提出异议", "Object", "成府发〔2009〕53号"
    UPHOLD = "uphold", "裁定成立", "Uphold", "成府发〔2009〕53号"
    WITHDRAW = "withdraw", "裁定撤销", "Withdraw", "成府发〔2009〕53号"
    ESCALATE = "escalate", "升级督办", "Escalate", "成府发〔2009〕53号"
    NOTICE = "notice", "发督办文书", "Issue a supervision notice", "成府发〔2009〕53号"
    CLOSE = "close", "了结", "Close", "成府发〔2009〕53号"
    FORGET = "forget", "删除个人信息", "Erase personal data", "个人信息保护法 47"


class NoticeKind(Term):
    """The two papers of supervision."""

    URGING = "urging", "督办通知书", "Notice to act", "成府发〔2009〕53号"
    ADVICE = "advice", "监察建议书", "Supervision advice", "监察法 45"


class ComplaintState(Term):
    """Where a complaint stands. Closed is not fixed: the complainant says whether it is."""

    RECEIVED = "received", "已收到", "Received", "成办发〔2003〕75号 二（三）"
    ACCEPTED = (
        "accepted",
        "已受理，单位办理中",
        "Accepted, with the unit",
        "成办发〔2003〕75号 二（三）",
    )
    REJECTED = "rejected", "不予受理", "Not accepted", "成办发〔2003〕75号 二（三）"
    DRAFTED = (
        "drafted",
        "单位已拟复，监察复核中",
        "Answer under review",
        "成办发〔2003〕75号 二（三）",
    )
    ANSWERED = "answered", "已答复，待投诉人确认", "Answered", "成办发〔2003〕75号 二（三）"
    SATISFIED = (
        "satisfied",
        "投诉人确认已解决",
        "Confirmed as solved",
        "成办发〔2003〕75号 二（三）",
    )
    REOPENED = "reopened", "投诉人要求再办", "Reopened", "成办发〔2003〕75号 二（三）"
    UNCONFIRMED = (
        "unconfirmed",
        "逾期未确认，结案",
        "Closed without an answer",
        "成办发〔2003〕75号 二（三）",
    )


class ComplaintAct(Term):
    """What is done to a complaint."""

    RECEIVE = "receive", "投诉", "Complain", "成办发〔2003〕75号 二（三）"
    ACCEPT = "accept", "受理投诉", "Accept the complaint", "成办发〔2003〕75号 二（三）"
    REJECT = "reject", "不予受理", "Do not accept", "成办发〔2003〕75号 二（三）"
    ANSWER = "answer", "拟写答复", "Write the answer", "成办发〔2003〕75号 二（三）"
    PASS = "pass", "审核发出", "Pass and send", "成办发〔2003〕75号 二（三）"
    SEND_BACK = "send_back", "退回重办", "Send back", "成办发〔2003〕75号 二（三）"
    CONFIRM = "confirm", "确认已解决", "Confirm as solved", "成办发〔2003〕75号 二（三）"
    REOPEN = "reopen", "要求再办", "Reopen", "成办发〔2003〕75号 二（三）"
    TIME_OUT = "time_out", "逾期结案", "Time out", "成办发〔2003〕75号 二（三）"
    FORGET = "forget", "删除个人信息", "Erase personal data", "个人信息保护法 47"


class ComplaintAbout(Term):
    """What a complaint is tied to."""

    CASE = "case", "某一办件", "A case", "成办发〔2003〕75号 二（一）"
    ITEM = "item", "某一事项", "A matter", "成办发〔2003〕75号 二（一）"
    WINDOW = "window", "某一窗口或单位", "A window or a unit", "成办发〔2003〕75号 二（一）"


class DrawState(Term):
    """A draw is announced before its seed can exist."""

    ANNOUNCED = "announced", "已公告", "Announced", "成办发〔2003〕75号 二（三）"
    DRAWN = "drawn", "已抽取", "Drawn", "成办发〔2003〕75号 二（三）"
    FINISHED = "finished", "评查完毕", "Finished", "成办发〔2003〕75号 二（三）"


class DrawAct(Term):
    """What is done to a draw."""

    ANNOUNCE = "announce", "公告抽样", "Announce", "成办发〔2003〕75号 二（三）"
    DRAW = "draw", "抽取", "Draw", "成办发〔2003〕75号 二（三）"
    FINISH = "finish", "评查完毕", "Finish", "成办发〔2003〕75号 二（三）"


class ReviewAct(Term):
    """What is done to the sheet of a drawn file."""

    LAY_OUT = "lay_out", "列出评查表", "Lay out the sheet", "成办发〔2003〕75号 二（一）"
    ASSIGN = "assign", "分派评查", "Assign", "成办发〔2003〕75号 二（一）"
    SIGN = "sign", "评查签字", "Sign", "成办发〔2003〕75号 二（一）"
    FORGET = "forget", "删除个人信息", "Erase personal data", "个人信息保护法 47"


class Tick(Term):
    """The answer to one line of a review sheet."""

    YES = "yes", "是", "Yes", "成办发〔2003〕75号 二（一）"
    NO = "no", "否", "No", "成办发〔2003〕75号 二（一）"
    NOT_APPLICABLE = "na", "不适用", "Not applicable", "成办发〔2003〕75号 二（一）"


class SheetLine(Term):
    """The lines of a case-file review, and the four tests of the data."""

    RECEIPT_NOTICE = (
        "receipt_notice",
        "有受理通知书",
        "There is a notice of acceptance",
        "行政许可法 32",
    )
    IN_FIVE_DAYS = (
        "in_five_days",
        "收件后5个工作日内受理",
        "Accepted within five days",
        "行政许可法 32(4)",
    )
    STATES_DATE = (
        "states_date",
        "通知书载明办结日期",
        "The notice says the day of decision",
        "行政许可法 32",
    )
    SIGNED = "signed", "申请人签字或确认", "The applicant signed or confirmed", "行政许可法 29"
    ONE_SUPPLEMENT = (
        "one_supplement",
        "补正只告知一次",
        "A supplement was asked for once",
        "行政许可法 32(4)",
    )
    SUPPLEMENT_IN_TIME = (
        "supplement_in_time",
        "5个工作日内告知补正",
        "Asked within five days",
        "行政许可法 32(4)",
    )
    SUPPLEMENT_MATCHES = (
        "supplement_matches",
        "补正材料与告知书一致",
        "What came matches the notice",
        "行政许可法 32(5)",
    )
    HANDED_OVER = (
        "handed_over",
        "有物料流转凭证",
        "There is a hand-over slip",
        "成办发〔2003〕75号 二（一）",
    )
    OPINION = (
        "opinion",
        "审查有意见，不只是签名",
        "An opinion, not only a signature",
        "行政许可法 34",
    )
    LEVELS = (
        "levels",
        "受理、承办、批准各由不同人员签署",
        "Each level signed by another person",
        "成办发〔2003〕75号 二（一）",
    )
    STEPS_WITHIN = (
        "steps_within",
        "各环节用时合计不超承诺",
        "The steps together kept the promise",
        "行政许可法 42",
    )
    DECISION = "decision", "有决定书", "There is a written decision", "行政许可法 38"
    DECISION_REASONS = (
        "decision_reasons",
        "不予准予说明理由并告知救济",
        "A refusal has reasons and remedies",
        "行政许可法 38",
    )
    EXCLUDED_NOTICED = (
        "excluded_noticed",
        "扣除时间均书面告知",
        "Excluded time was told in writing",
        "行政许可法 45",
    )
    HEARING = "hearing", "应当听证的已告知", "A hearing was offered where due", "行政许可法 46, 47"
    DELIVERED_IN_TIME = (
        "delivered_in_time",
        "10个工作日内送达",
        "Delivered within ten days",
        "行政许可法 44",
    )
    TRUE = "true", "数据真实：与纸质案卷一致", "True: as in the paper file", "成府发〔2009〕53号"
    REAL_TIME = (
        "real_time",
        "数据实时：当日录入",
        "In real time: entered the same day",
        "成府发〔2009〕53号",
    )
    COMPLETE = (
        "complete",
        "数据完整：环节不缺",
        "Complete: no step is missing",
        "成府发〔2009〕53号",
    )
    ACCURATE = (
        "accurate",
        "数据准确：要素填写无误",
        "Accurate: the details are right",
        "成府发〔2009〕53号",
    )


class IssueSource(Term):
    """Where a finding came from; all share one ledger."""

    CARD = "card", "监察红黄牌", "Supervision card", "成府发〔2009〕53号"
    REVIEW = "review", "案卷评查", "Case-file review", "成府发〔2009〕53号"
    COMPLAINT = "complaint", "投诉属实", "Justified complaint", "成府发〔2009〕53号"
    RATING = "rating", "差评", "Bad rating", "国办发〔2019〕51号"
    INSPECTION = "inspection", "监督检查", "Inspection", "成办发〔2003〕75号 二（三）"
    SURVEY = "survey", "满意度测评", "Satisfaction survey", "成办发〔2003〕75号 二（三）"
    SITE = "site", "网站检查", "Check of the site", "国办秘函〔2019〕19号"
    STUCK = "stuck", "办不成事反映窗口", "Window for what got stuck", "国办发〔2022〕5号"


class Severity(Term):
    """How grave a finding is; it sets the days to put it right."""

    MINOR = "minor", "轻微", "Minor", "成府发〔2009〕53号"
    ORDINARY = "ordinary", "一般", "Ordinary", "成府发〔2009〕53号"
    GRAVE = "grave", "严重", "Grave", "成府发〔2009〕53号"


class IssueState(Term):
    """Where a finding stands in the rectification ledger."""

    OPEN = "open", "待认领", "Open", "成府发〔2009〕53号"
    ACCEPTED = "accepted", "已认领", "Accepted by the unit", "成府发〔2009〕53号"
    IN_PROGRESS = "in_progress", "整改中", "Being put right", "成府发〔2009〕53号"
    SUBMITTED = "submitted", "已提交，待核验", "Submitted for checking", "成府发〔2009〕53号"
    RETURNED = "returned", "核验退回", "Returned", "成府发〔2009〕53号"
    VERIFIED = "verified", "核验通过", "Verified", "成府发〔2009〕53号"
    CLOSED = "closed", "销号", "Struck off", "成府发〔2009〕53号"


class IssueAct(Term):
    """What is done to a finding."""

    OPEN = "open", "立项", "Open", "成府发〔2009〕53号"
    ACCEPT = "accept", "认领", "Take it up", "成府发〔2009〕53号"
    START = "start", "开始整改", "Begin", "成府发〔2009〕53号"
    SUBMIT = "submit", "提交整改结果", "Submit the result", "成府发〔2009〕53号"
    RETURN = "return", "退回", "Return", "成府发〔2009〕53号"
    VERIFY = "verify", "核验通过", "Verify", "成府发〔2009〕53号"
    CLOSE = "close", "销号公开", "Close and publish", "成府发〔2009〕53号"
    ESCALATE = "escalate", "逾期升级", "Escalate", "成府发〔2009〕53号"
    FORGET = "forget", "删除个人信息", "Erase personal data", "个人信息保护法 47"


class ScorePart(Term):
    """The nine parts of the composite score, each with a floor of 0."""

    OPENNESS = "openness", "政务公开", "Openness", "成办发〔2003〕75号 二（三）"
    PROCEDURE = "procedure", "流程规范", "Procedure", "成办发〔2003〕75号 二（三）"
    TIME = "time", "期限合法", "Limits kept", "成办发〔2003〕75号 二（三）"
    CHARGES = "charges", "收费合理", "Charges", "成办发〔2003〕75号 二（三）"
    SATISFACTION = "satisfaction", "满意度", "Satisfaction", "成办发〔2003〕75号 二（三）"
    MANNER = "manner", "服务态度", "Manner", "成办发〔2003〕75号 二（三）"
    OVERSIGHT = "oversight", "监督检查", "Supervision", "成办发〔2003〕75号 二（三）"
    LIABILITY = "liability", "法律责任", "Legal liability", "成办发〔2003〕75号 二（三）"
    INTEGRITY = "integrity", "廉洁行政", "Integrity", "成办发〔2003〕75号 二（三）"


class ScoreAct(Term):
    """What is done to a month's score."""

    FREEZE = "freeze", "审定", "Freeze", "成办发〔2003〕75号 二（三）"


class RuleAct(Term):
    """What is done to a rule: a new version begins, the one before it ends."""

    REVISE = "revise", "修改规则", "Revise", "成府发〔2009〕53号"
    END = "end", "停止施行", "End", "成府发〔2009〕53号"


class WeightsAct(Term):
    """What is done to a set of weights."""

    SET = "set", "确定权重", "Set", "成府发〔2009〕53号"
    END = "end", "停止施行", "End", "成府发〔2009〕53号"


class BonusKind(Term):
    """What a unit is given points for, beside the nine parts."""

    EARLY = "early", "提前办结", "Closed before the promised day", "成办发〔2003〕75号 二（三）"
    SHORTER = (
        "shorter",
        "承诺压缩",
        "Promises shorter than the law's limits",
        "成办发〔2003〕75号 二（三）",
    )


class Subject(Term):
    """What a deed of supervision was done to."""

    CARD = "card", "监察牌", "Card", ""
    COMPLAINT = "complaint", "投诉", "Complaint", ""
    ISSUE = "issue", "整改事项", "Finding", ""
    DRAW = "draw", "抽样", "Draw", ""
    REVIEW = "review", "案卷评查表", "Review sheet", ""
    SCORE = "score", "综合得分", "Score", ""
    RULE = "rule", "监察规则", "Rule", ""
    WEIGHTS = "weights", "得分权重", "Score weights", ""
