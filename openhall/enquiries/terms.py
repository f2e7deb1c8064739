"""Words of questions to a unit and of calls for opinions."""

from openhall.glossary import Term

SAID = "成办发〔2003〕75号 二（一）"
SITES = "国办秘函〔2019〕19号"
CALLS = "重大行政决策程序暂行条例 15"
REPORTS = "重大行政决策程序暂行条例 18"


class Subject(Term):
    """What deeds of this room are done to."""

    ENQUIRY = "enquiry", "咨询", "Enquiry", SAID
    CALL = "call", "意见征集", "Call for opinions", CALLS


class EnquiryKind(Term):
    """What kind of question it is; each kind has its own limit."""

    CONSULTATION = "consultation", "咨询", "Question", SAID
    OPINION = "opinion", "征集意见", "Opinion", CALLS


class CameBy(Term):
    """How a question came."""

    ONLINE = "online", "网上", "Online", SAID
    PHONE = "phone", "电话", "By telephone", SAID
    COUNTER = "counter", "窗口", "At the counter", SAID


class ToldBy(Term):
    """How the asker is told; without an address the page behind the code is the way."""

    NONE = "none", "凭查询码查看", "With the code only", SAID
    SMS = "sms", "短信", "By text message", SAID
    EMAIL = "email", "电子邮件", "By e-mail", SAID


class EnquiryState(Term):
    """Where a question stands."""

    TO_ASSIGN = "to_assign", "待确定承办单位", "Waiting for its unit", SAID
    WITH_UNIT = "with_unit", "单位办理中", "With the unit", SAID
    TO_CLARIFY = "to_clarify", "待提问人补充", "Waiting for the asker", SAID
    DRAFTED = "drafted", "答复待审核", "Answer under review", SITES
    ANSWERED = "answered", "已答复", "Answered", SITES
    CLOSED = "closed", "不予答复", "Closed without an answer", SITES
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn", ""
    LAPSED = "lapsed", "逾期未补充", "Lapsed, nothing was added", SAID


class EnquiryAct(Term):
    """What is done to a question."""

    ASK = "ask", "提问", "Ask", SAID
    ASSIGN = "assign", "确定承办单位", "Name the unit", SAID
    TRANSFER = "transfer", "转交", "Transfer", SAID
    REFER = "refer", "提请确定承办单位", "Ask who answers", SAID
    ASK_TO_CLARIFY = "ask_to_clarify", "请提问人补充", "Ask the asker", SAID
    CLARIFY = "clarify", "补充说明", "Clarify", SAID
    DRAFT = "draft", "拟写答复", "Write the answer", SITES
    SEND_BACK = "send_back", "退回重拟", "Send back", SITES
    SEND = "send", "审核发出", "Review and send", SITES
    CLOSE = "close", "不予答复", "Close without an answer", SITES
    WITHDRAW = "withdraw", "撤回", "Withdraw", ""
    LAPSE = "lapse", "逾期未补充", "Lapse", SAID
    FIND_HELPFUL = "find_helpful", "评价答复", "Say whether it helped", SITES
    PUBLISH = "publish", "公开", "Publish", "国办发〔2017〕47号"
    TAKE_DOWN = "take_down", "撤下公开", "Take down", "个人信息保护法 15"
    FORGET = "forget", "删除个人信息", "Erase personal data", "个人信息保护法 47"


class WhyClosed(Term):
    """Why a question gets no answer; the asker reads it, with the sentence written beside it."""

    SPAM = "spam", "广告或者与政务服务无关", "Advertising, or no matter of the government", ""
    EMPTY = "empty", "没有可以答复的问题", "It asks nothing that can be answered", ""
    ABUSE = "abuse", "含有辱骂、威胁的内容", "It abuses or threatens", ""
    REPEATED = "repeated", "同一人就同一问题重复提问", "The same person asks the same again", ""
    ELSEWHERE = (
        "elsewhere",
        "属于投诉举报、信访或者依申请公开，已告知途径",
        "It is a complaint, a petition or a disclosure request; the way was named",
        "信访工作条例 17",
    )


class Hidden(Term):
    """What is taken out before publication. 个人信息保护法 25, 28."""

    NAME = "name", "姓名", "name", "个人信息保护法 25"
    PHONE = "phone", "电话", "telephone", "个人信息保护法 25"
    IDENTITY = "identity", "证件号码", "identity number", "个人信息保护法 28"
    CARD = "card", "账号", "account number", "个人信息保护法 28"
    PLATE = "plate", "车牌号", "plate number", "个人信息保护法 25"
    MAIL = "mail", "邮箱、社交账号", "e-mail or account", "个人信息保护法 25"
    ADDRESS = "address", "住址", "address", "个人信息保护法 28"
    OTHER = "other", "个人信息", "personal data", "个人信息保护法 25"


class Stance(Term):
    """What an opinion says of the text as a whole; one may say none. Opinions are not votes."""

    NONE = "none", "不表明", "Not said", CALLS
    FOR = "for", "赞成", "For it", CALLS
    CHANGED = "changed", "修改后赞成", "For it, with changes", CALLS
    AGAINST = "against", "不赞成", "Against it", CALLS


class Taken(Term):
    """What was done with an opinion."""

    WHOLLY = "wholly", "采纳", "Taken", REPORTS
    PARTLY = "partly", "部分采纳", "Taken in part", REPORTS
    NOT = "not", "未采纳", "Not taken", REPORTS
    OUTSIDE = "outside", "不属于本次征集的内容", "Outside this call", REPORTS


class CallState(Term):
    """Where a call for opinions stands. Whether it is still open its last day says."""

    DRAFT = "draft", "拟稿", "Draft", CALLS
    REVIEW = "review", "待审核", "Under review", CALLS
    ANNOUNCED = "announced", "已发布", "Announced", CALLS
    REPORT_DRAFTED = "report_drafted", "采纳情况待审核", "Report under review", REPORTS
    REPORTED = "reported", "已公布采纳情况", "Reported", REPORTS
    DROPPED = "dropped", "未发布", "Dropped", ""


class CallAct(Term):
    """What is done to a call for opinions."""

    BEGIN = "begin", "起草征集", "Write a call", CALLS
    REWRITE = "rewrite", "重拟送审", "Write it anew", CALLS
    SEND_BACK = "send_back", "退回", "Send back", CALLS
    ANNOUNCE = "announce", "发布征集", "Announce", CALLS
    PROLONG = "prolong", "延长征集期", "Prolong", CALLS
    DRAFT_REPORT = "draft_report", "拟写采纳情况", "Write the report", REPORTS
    RETURN_REPORT = "return_report", "退回采纳情况", "Send the report back", REPORTS
    REPORT = "report", "公布采纳情况", "Publish the report", REPORTS
    DROP = "drop", "不再发布", "Drop", ""


class LimitAct(Term):
    """What the history of the limits is called by."""

    LIMITS = "answer-limits", "答复期限", "Limits of answering", SITES
