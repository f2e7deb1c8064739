"""Words of the procedure."""

from openhall.glossary import Term


class Stage(Term):
    """Where a case stands."""

    SUBMITTED = "submitted", "已提交", "Submitted", "行政许可法 29"
    SUPPLEMENT_ASKED = "supplement_asked", "待补正", "Awaiting supplement", "行政许可法 32(4)"
    SUPPLEMENTED = "supplemented", "已补正", "Supplemented", "行政许可法 32(5)"
    ACCEPTED = "accepted", "已受理", "Accepted", "行政许可法 32"
    HANDLING = "handling", "承办中", "Being handled", "行政许可法 34"
    REVIEWED = "reviewed", "待批准", "Awaiting decision", "行政许可法 37"
    FORWARDED = "forwarded", "已转报上级", "With the superior organ", "行政许可法 35"
    GRANTED = "granted", "准予", "Granted", "行政许可法 38"
    REFUSED = "refused", "不予准予", "Refused", "行政许可法 38"
    ISSUED = "issued", "已制证", "Issued", "行政许可法 39"
    DELIVERED = "delivered", "已送达", "Delivered", "行政许可法 44"
    DECLINED = "declined", "不予受理", "Not accepted", "行政许可法 32"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn", "行政许可法实施规范"
    LAPSED = "lapsed", "逾期未补正", "Lapsed", "行政许可法 32"


class Act(Term):
    """A verb with legal effect; also the kind of the event it leaves."""

    SUBMIT = "submit", "提交", "Submitted", "行政许可法 29"
    ACCEPT = "accept", "受理", "Accepted", "行政许可法 32(5)"
    DEEM_ACCEPTED = "deem_accepted", "视为受理", "Deemed accepted", "行政许可法 32(4)"
    ASK_FOR_SUPPLEMENT = (
        "ask_for_supplement",
        "一次告知补正",
        "Supplement asked",
        "行政许可法 32(4)",
    )
    ASK_AGAIN = "ask_again", "再次告知补正", "Supplement asked again", "行政许可法 32(4)"
    ALLOW_AGAIN = "allow_again", "准许再次告知", "Second notice permitted", "行政许可法 32(4)"
    SUPPLEMENT = "supplement", "补正", "Supplement received", "行政许可法 32(5)"
    DECLINE = "decline", "不予受理", "Not accepted", "行政许可法 32(1)(2)"
    LAPSE = "lapse", "逾期未补正终止", "Lapsed", "行政许可法 32"
    HAND_OVER = "hand_over", "移交承办", "Handed over", "成办发〔2003〕75号 二（一）"
    REVIEW = "review", "审查", "Reviewed", "行政许可法 34"
    SEND_BACK = "send_back", "退回重审", "Sent back", "行政许可法 34"
    SUSPEND = "suspend", "中止计时", "Clock suspended", "行政许可法 45"
    RESUME = "resume", "恢复计时", "Clock resumed", "行政许可法 45"
    EXTEND = "extend", "延长期限", "Limit extended", "行政许可法 42"
    DECIDE = "decide", "决定", "Decided", "行政许可法 37"
    BILL = "bill", "开具缴费通知书", "Payment notice issued", "行政许可法 59"
    SETTLE = "settle", "缴费", "Fee settled", "行政许可法 59"
    ISSUE = "issue", "制证", "Issued", "行政许可法 39"
    DELIVER = "deliver", "送达", "Delivered", "行政许可法 44"
    WITHDRAW = "withdraw", "撤回", "Withdrawn", "行政许可法实施规范"
    RECALENDAR = "recalendar", "重算期限", "Due dates recomputed", "行政许可法 82"
    ERASE = "erase", "删除个人信息", "Personal data erased", "个人信息保护法 47"
    CORRECT = "correct", "当场更正", "Corrected on the spot", "行政许可法 32(3)"
    ACCEPT_AT_ONCE = "accept_at_once", "当场受理", "Accepted to be decided at once", "行政许可法 34"
    ASK_EXTENSION = "ask_extension", "报请延长期限", "Extension asked for", "行政许可法 42"
    REFUSE_EXTENSION = "refuse_extension", "不批准延长", "Extension not approved", "行政许可法 42"
    TELL_HEARING = "tell_hearing", "告知听证权利", "Told of the right to a hearing", "行政许可法 47"
    ASK_HEARING = "ask_hearing", "申请听证", "Hearing asked for", "行政许可法 47"
    CALL_HEARING = "call_hearing", "通知听证", "Hearing called", "行政许可法 48"
    HOLD_HEARING = "hold_hearing", "举行听证", "Hearing held", "行政许可法 48"
    SITE_CHECK = "site_check", "实地核查", "Checked on site", "行政许可法 34"
    FORWARD = "forward", "转报上级", "Forwarded to the superior organ", "行政许可法 35"
    REPLY = "reply", "上级批复", "Superior organ replied", "行政许可法 43"
    CONSULT = "consult", "征求意见", "Another unit consulted", "行政许可法 26"
    OPINE = "opine", "反馈意见", "Opinion given", "行政许可法 26"
    REASSIGN = "reassign", "改派承办人", "Re-assigned", "成办发〔2003〕75号 二（一）"
    FINISH_STEP = "finish_step", "完成环节", "Step finished", "成办发〔2003〕75号 二（一）"
    RETURN_STEP = "return_step", "退回上一环节", "Step returned", "成办发〔2003〕75号 二（一）"


class BesideAct(Term):
    """What is done beside the procedure of a case and changes nothing of it."""

    ATTEMPT = "attempt", "记录送达经过", "Attempt to serve", "民事诉讼法 87"
    NOTE = "note", "内部记事", "Note for colleagues", "成办发〔2003〕75号"
    REVEAL = "reveal", "查看个人信息", "Look at personal data", "个人信息保护法 51"
    STAND_IN = "stand_in", "指定代办人", "Name a stand-in", "成办发〔2003〕75号"
    LIMIT = "limit", "公布数量限制", "Limit the number", "行政许可法 57"
    FORGET = "forget", "删除个人信息", "Erase the personal data", "个人信息保护法 47"


class Outcome(Term):
    """How a case ended."""

    GRANTED = "granted", "准予", "Granted", "行政许可法 38"
    REFUSED = "refused", "不予准予", "Refused", "行政许可法 38"
    NOT_REQUIRED = "not_required", "不需办理", "Not required", "行政许可法 32(1)"
    NOT_COMPETENT = "not_competent", "不属本机关职权", "Not competent", "行政许可法 32(2)"
    INELIGIBLE = "ineligible", "不符合受理条件", "Not eligible", "行政许可法 32"
    WITHDRAWN = "withdrawn", "申请人撤回", "Withdrawn by the applicant", "行政许可法实施规范"
    LAPSED = "lapsed", "逾期未补正", "Lapsed", "行政许可法 32"


class Channel(Term):
    """How the application came. 行政许可法 29."""

    WINDOW = "window", "窗口", "Window", "行政许可法 29"
    ONLINE = "online", "网上", "Online", "行政许可法 29, 33"
    KIOSK = "kiosk", "触摸屏", "Kiosk", "行政许可法 29"
    POST = "post", "邮寄", "Post", "行政许可法 29"


class ApplicantKind(Term):
    """Who applies."""

    PERSON = "person", "自然人", "Person", "行政许可法 2"
    COMPANY = "company", "法人或其他组织", "Company or other body", "行政许可法 2"


class ActingFor(Term):
    """For whom somebody applies. 行政许可法 29: an application may be made by an agent."""

    SELF = "self", "为本人申请", "For oneself", "行政许可法 29"
    COMPANY = "company", "为所代表的单位申请", "For a company represented", "行政许可法 29"
    PERSON = "person", "受他人委托申请", "For a person who authorised it", "行政许可法 29"


class NoticeTo(Term):
    """Who is told what happens to an application: chosen and shown before it is sent."""

    APPLICANT = "applicant", "通知申请人", "The applicant is told", "行政许可法 32"
    AGENT = "agent", "通知代理人", "The agent is told", "行政许可法 29"


class SuspensionGround(Term):
    """The eight grounds on which time does not count, with a written notice. 行政许可法 45."""

    HEARING = "hearing", "听证", "Hearing", "行政许可法 45"
    TENDER = "tender", "招标", "Tender", "行政许可法 45"
    AUCTION = "auction", "拍卖", "Auction", "行政许可法 45"
    INSPECTION = "inspection", "检验", "Inspection", "行政许可法 45"
    TESTING = "testing", "检测", "Testing", "行政许可法 45"
    QUARANTINE = "quarantine", "检疫", "Quarantine", "行政许可法 45"
    APPRAISAL = "appraisal", "鉴定", "Expert appraisal", "行政许可法 45"
    EXPERT_REVIEW = "expert_review", "专家评审", "Expert review", "行政许可法 45"


class Opinion(Term):
    """What the handler proposes."""

    GRANT = "grant", "拟准予", "Propose to grant", "行政许可法 34"
    REFUSE = "refuse", "拟不予准予", "Propose to refuse", "行政许可法 34"


class ErasureGround(Term):
    """Why personal data is erased. 个人信息保护法 47."""

    RETENTION_OVER = "retention_over", "保存期限届满", "Retention is over", "个人信息保护法 47(2)"
    ON_REQUEST = "on_request", "本人请求删除", "The person asked for it", "个人信息保护法 47"
    CONSENT_WITHDRAWN = "consent_withdrawn", "撤回同意", "Consent withdrawn", "个人信息保护法 47(3)"


class Delivery(Term):
    """How a result reached the applicant."""

    IN_PERSON = "in_person", "窗口领取", "In person", "行政许可法 44"
    POST = "post", "邮寄送达", "By post", "行政许可法 44"
    ACCOUNT = "account", "网上送达", "In the account", "行政许可法 44"


class AttemptResult(Term):
    """How one attempt to serve a paper ended."""

    POSTED = "posted", "已交寄", "Posted", "行政许可法 44"
    RETURNED = "returned", "邮件退回", "Returned", "行政许可法 44"
    ABSENT = "absent", "未能送达", "Not reached", "行政许可法 44"
    DELIVERED = "delivered", "已签收", "Received and signed", "行政许可法 44"


class Relation(Term):
    """Who received a paper, seen from its addressee. 民事诉讼法 88."""

    SELF = "self", "本人", "The addressee", "民事诉讼法 88"
    AGENT = "agent", "委托代理人", "Authorised agent", "民事诉讼法 88"
    FAMILY = "family", "同住成年家属", "Adult of the household", "民事诉讼法 88"
    OFFICE = "office", "单位收发", "Mail desk of the body", "民事诉讼法 88"


class SignedBy(Term):
    """How the receiver confirmed it."""

    HAND = "hand", "手写签名", "Signature by hand", "民事诉讼法 87"
    THUMB = "thumb", "指印", "Thumb print", "民事诉讼法 87"
    PAD = "pad", "电子签名", "Electronic signature", "电子签名法 14"
    POSTMAN = "postman", "邮政回执", "Post receipt", "民事诉讼法 91"
    ACCOUNT = "account", "账户查阅记录", "Opened in the account", "民事诉讼法 90"


class ConsultedOpinion(Term):
    """What a unit that was asked may answer; 不同意 gives its reason. norms 2.5."""

    AGREE = "agree", "同意", "Agrees", "行政许可法 26"
    DISAGREE = "disagree", "不同意", "Does not agree", "行政许可法 26"
    AGREE_FORWARD = "agree_forward", "同意但需转报", "Agrees, to be forwarded", "行政许可法 26"


class StepPhase(Term):
    """The part of the procedure to which a published step belongs; its act ends it."""

    ACCEPT = "accept", "受理环节", "Acceptance", "行政许可法 32"
    REVIEW = "review", "审查环节", "Examination", "行政许可法 34"
    DECIDE = "decide", "决定环节", "Decision", "行政许可法 37"
    ISSUE = "issue", "制证环节", "Issue", "行政许可法 39"
    DELIVER = "deliver", "送达环节", "Delivery", "行政许可法 44"


class StepState(Term):
    """Where one step of a case stands."""

    AHEAD = "ahead", "未开始", "Not begun", ""
    CURRENT = "current", "进行中", "In progress", ""
    DONE = "done", "已完成", "Done", ""


class LoadKind(Term):
    """What an open case waits for, in the rollup behind the board of all units."""

    ANSWER = "answer", "待答复", "To answer", "行政许可法 32"
    HANDLE = "handle", "计时中", "Clock running", "行政许可法 42"
    PAUSED = "paused", "中止计时", "Clock suspended", "行政许可法 45"
    DELIVER = "deliver", "待送达", "To deliver", "行政许可法 44"


class DayReason(Term):
    """Why a day counts in a limit or does not. 行政许可法 45, 82; 民法典 201."""

    START = "start", "起算当日，不计", "The day from which it runs: not counted", "民法典 201"
    COUNTS = "counts", "工作日，计入", "Working day: counted", "行政许可法 82"
    MAKE_UP = "make_up", "调休上班，计入", "Make-up working day: counted", "行政许可法 82"
    NATURAL = "natural", "自然日，计入", "Calendar day: counted", "民法典 201"
    MOVED = (
        "moved",
        "已满，末日顺延，不计",
        "Full on a day of rest: its last day moves on, not counted",
        "民法典 203",
    )
    WEEKEND = "weekend", "休息日，不计", "Day of rest: not counted", "行政许可法 82"
    HOLIDAY = "holiday", "法定节假日，不计", "Statutory holiday: not counted", "行政许可法 82"
    SUSPENDED = (
        "suspended",
        "已书面告知，不计",
        "Excluded by a written notice: not counted",
        "行政许可法 45",
    )
    UNNOTICED = (
        "unnoticed",
        "未书面告知，照计",
        "Suspended without notice: counted",
        "行政许可法 45",
    )
    ABOVE = "above", "上级机关审查，另计", "With the superior organ: its own limit", "行政许可法 43"
