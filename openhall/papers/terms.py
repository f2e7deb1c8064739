"""Words of the papers."""

from openhall.glossary import Term

_JOINT = "行政许可法 26"


class PaperKind(Term):
    """The papers of the procedure, each numbered by unit and year. norms 3.1."""

    RECEIPT = "receipt", "接收回执", "Receipt of application", "行政许可法 32"
    ACCEPTANCE = "acceptance", "受理通知书", "Notice of acceptance", "行政许可法 32"
    SUPPLEMENT = "supplement", "补正告知书", "Supplement notice", "行政许可法 32(4)"
    DECLINE = "decline", "不予受理决定书", "Decision not to accept", "行政许可法 32"
    HAND_OVER = "hand_over", "物料流转凭证", "Hand-over slip", "成办发〔2003〕75号 二（一）"
    SUSPENSION = (
        "suspension",
        "特殊程序审查期限告知书",
        "Notice of excluded time",
        "行政许可法 45",
    )
    EXTENSION = "extension", "延长办理期限通知书", "Notice of extension", "行政许可法 42"
    PAYMENT = "payment", "电子非税收入一般缴款书", "Payment notice", "行政许可法 59"
    PAYMENT_SETTLED = (
        "payment_settled",
        "电子非税收入一般缴款书（已核销）",
        "Payment notice, settled",
        "财库〔2021〕31号",
    )
    PAYMENT_RED = (
        "payment_red",
        "电子非税收入一般缴款书（红字）",
        "Payment notice in red",
        "财库〔2021〕31号",
    )
    GRANT = "grant", "准予决定书", "Decision to grant", "行政许可法 38"
    REFUSAL = "refusal", "不予准予决定书", "Decision to refuse", "行政许可法 38"
    DELIVERY = "delivery", "送达回执", "Proof of delivery", "行政许可法 44"
    SUPPLEMENTED = (
        "supplemented",
        "补正材料接收凭证",
        "Receipt of supplement",
        "行政许可法 32(5)",
    )
    HEARING_RIGHT = (
        "hearing_right",
        "听证权利告知书",
        "Notice of the right to a hearing",
        "行政许可法 47",
    )
    HEARING = "hearing", "听证通知书", "Notice of hearing", "行政许可法 48"
    MINUTES = "minutes", "听证笔录", "Minutes of the hearing", "行政许可法 48"
    SITE_CHECK = "site_check", "实地核查笔录", "Record of the site check", "行政许可法 34"
    FORWARDING = "forwarding", "转报函", "Letter to the superior organ", "行政许可法 35"
    CONSULTATION = "consultation", "征求意见函", "Letter of consultation", "行政许可法 26"
    LICENCE = "licence", "许可证件", "Licence", "行政许可法 39"
    CHANGE = "change", "变更决定书", "Decision on the change", "行政许可法 49"
    RENEWAL = "renewal", "延续决定书", "Decision on the renewal", "行政许可法 50"
    REVOCATION = "revocation", "撤销决定书", "Decision to revoke", "行政许可法 69"
    CANCELLATION = "cancellation", "注销决定书", "Decision to cancel", "行政许可法 70"
    BAN = "ban", "不得再次申请告知书", "Notice of a bar on applying", "行政许可法 78、79"
    JOINT_RECEIPT = "joint_receipt", "联合申请接收回执", "Receipt of joint application", _JOINT
    JOINT_ACCEPTANCE = (
        "joint_acceptance",
        "联合受理通知书",
        "Notice of joint acceptance",
        _JOINT,
    )
    JOINT_FEES = "joint_fees", "收费一次告知书", "All fees told once", "行政许可法 59"
    JOINT_NOTICE = "joint_notice", "联办通知", "Joint notice to a unit", _JOINT
    JOINT_MINUTES = "joint_minutes", "联审会议纪要", "Minutes of the joint meeting", _JOINT
    JOINT_REASONS = "joint_reasons", "未采纳意见说明函", "Letter of reasons to a unit", _JOINT
    JOINT_REPORT = "joint_report", "联办办结报告书", "Report on the joint application", _JOINT
    SUPERIOR_REPLY = (
        "superior_reply",
        "上级批复告知书",
        "Notice of the superior's reply",
        "行政许可法 43",
    )


# Papers that stay with officials: neither name nor query code, never shown to the applicant.
INSIDE = frozenset(
    {
        PaperKind.HAND_OVER,
        PaperKind.FORWARDING,
        PaperKind.CONSULTATION,
        PaperKind.JOINT_NOTICE,
        PaperKind.JOINT_MINUTES,
        PaperKind.JOINT_REASONS,
        PaperKind.JOINT_REPORT,
    }
)


class PaperAct(Term):
    """What is done to a paper."""

    GIVE = "give", "出具", "Give", "行政许可法 32"
    TAKE_BACK = "take_back", "收回", "Take back", "行政许可法 69"
    FORGET = "forget", "删除个人信息", "Erase the personal data", "个人信息保护法 47"
