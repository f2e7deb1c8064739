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
    SUPPLEMENT = "supplement", "补正", "Supplement received", "行政许可法 32(5)"
    DECLINE = "decline", "不予受理", "Not accepted", "行政许可法 32(1)(2)"
    LAPSE = "lapse", "逾期未补正终止", "Lapsed", "行政许可法 32"
    HAND_OVER = "hand_over", "移交承办", "Handed over", "成办发〔2003〕75号 二(一)"
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


class ScanState(Term):
    """What is known of a file's harmlessness."""

    UNSCANNED = "unscanned", "未查毒", "Not scanned", "网络安全法 21"
    PENDING = "pending", "等待查毒", "Waiting to be scanned", "网络安全法 21"
    CLEAN = "clean", "查毒通过", "Scanned and clean", "网络安全法 21"
    INFECTED = "infected", "查出病毒", "Infected", "网络安全法 21"


class DraftEnd(Term):
    """Why an application was never sent."""

    DISCARDED = "discarded", "申请人删除", "Deleted by the applicant", "个人信息保护法 47"
    EXPIRED = "expired", "到期清除", "Removed after its term", "个人信息保护法 47"


class ReuseOf(Term):
    """What is used again, each only with consent. 国办函〔2016〕108号: 一次提交."""

    APPLICANT = "applicant", "申请人信息", "The applicant's details", "个人信息保护法 14"
    ANSWERS = "answers", "以前填写的内容", "Earlier answers", "个人信息保护法 14"
    DOCUMENT = "document", "以前提交的材料", "An earlier document", "个人信息保护法 14"


class SignatureState(Term):
    """Where a co-signatory's signature stands."""

    WAITING = "waiting", "待签署", "Waiting to be signed", "电子签名法 13"
    SIGNED = "signed", "已签署", "Signed", "电子签名法 13"
    DECLINED = "declined", "拒绝签署", "Declined to sign", "电子签名法 13"


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


class PaperKind(Term):
    """The papers of the procedure, each numbered by unit and year. norms 3.1."""

    RECEIPT = "receipt", "接收回执", "Receipt of application", "行政许可法 32"
    ACCEPTANCE = "acceptance", "受理通知书", "Notice of acceptance", "行政许可法 32"
    SUPPLEMENT = "supplement", "补正告知书", "Supplement notice", "行政许可法 32(4)"
    DECLINE = "decline", "不予受理决定书", "Decision not to accept", "行政许可法 32"
    HAND_OVER = "hand_over", "物料流转凭证", "Hand-over slip", "成办发〔2003〕75号 二(一)"
    SUSPENSION = "suspension", "特别程序期限告知书", "Notice of excluded time", "行政许可法 45"
    EXTENSION = "extension", "延长期限告知书", "Notice of extension", "行政许可法 42"
    PAYMENT = "payment", "缴费通知书", "Payment notice", "行政许可法 59"
    GRANT = "grant", "准予决定书", "Decision to grant", "行政许可法 38"
    REFUSAL = "refusal", "不予准予决定书", "Decision to refuse", "行政许可法 38"
    DELIVERY = "delivery", "送达回执", "Proof of delivery", "行政许可法 44"


class Delivery(Term):
    """How a result reached the applicant."""

    IN_PERSON = "in_person", "窗口领取", "In person", "行政许可法 44"
    POST = "post", "邮寄送达", "By post", "行政许可法 44"
    ACCOUNT = "account", "网上送达", "In the account", "行政许可法 44"
