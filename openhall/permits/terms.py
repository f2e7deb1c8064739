"""Words of permits after issue."""

from openhall.glossary import Term


class LicenceState(Term):
    """Whether a permit is in force. A term that has run out is told from its date."""

    VALID = "valid", "有效", "In force", "行政许可法 8"
    EXPIRED = "expired", "已届满", "Expired", "行政许可法 50"
    REVOKED = "revoked", "已撤销", "Revoked", "行政许可法 69"
    CANCELLED = "cancelled", "已注销", "Cancelled", "行政许可法 70"


class LicenceAct(Term):
    """A verb done to a permit after it was issued; also the kind of the event it leaves."""

    ISSUE = "issue", "颁发", "Issued", "行政许可法 39"
    ASK_CHANGE = "ask_change", "申请变更", "Change asked for", "行政许可法 49"
    CHANGE = "change", "准予变更", "Changed", "行政许可法 49"
    REFUSE_CHANGE = "refuse_change", "不予变更", "Change refused", "行政许可法 49"
    ASK_RENEWAL = "ask_renewal", "申请延续", "Renewal asked for", "行政许可法 50"
    RENEW = "renew", "准予延续", "Renewed", "行政许可法 50"
    DEEM_RENEWED = "deem_renewed", "视为准予延续", "Deemed renewed", "行政许可法 50"
    REFUSE_RENEWAL = "refuse_renewal", "不予延续", "Renewal refused", "行政许可法 50"
    REVOKE = "revoke", "撤销", "Revoked", "行政许可法 69"
    CANCEL = "cancel", "注销", "Cancelled", "行政许可法 70"
    FORGET = "forget", "删除个人信息", "Personal data erased", "个人信息保护法 47"


class BanAct(Term):
    """What is done to a ban on applying."""

    SET = "set", "记录限制申请", "Barred", "行政许可法 78、79"
    FORGET = "forget", "删除个人信息", "Personal data erased", "个人信息保护法 47"


class RequestKind(Term):
    """What the holder of a permit may ask for."""

    CHANGE = "change", "变更", "Change", "行政许可法 49"
    RENEWAL = "renewal", "延续", "Renewal", "行政许可法 50"


class RevocationGround(Term):
    """Why a permit may be revoked. 行政许可法 69."""

    ABUSE = (
        "abuse",
        "滥用职权、玩忽职守作出",
        "Abuse of power or neglect",
        "行政许可法 69（1）（一）",
    )
    BEYOND_POWER = (
        "beyond_power",
        "超越法定职权作出",
        "Beyond the power",
        "行政许可法 69（1）（二）",
    )
    PROCEDURE = "procedure", "违反法定程序作出", "Against the procedure", "行政许可法 69（1）（三）"
    UNQUALIFIED = (
        "unqualified",
        "申请人不具备资格或者条件",
        "The applicant was not qualified",
        "行政许可法 69（1）（四）",
    )
    OTHER = "other", "依法可以撤销的其他情形", "Another lawful ground", "行政许可法 69（1）（五）"
    DECEIT = "deceit", "以欺骗、贿赂等不正当手段取得", "Obtained by deceit", "行政许可法 69(2)"


class CancellationGround(Term):
    """The six cases in which a permit is struck off. 行政许可法 70."""

    EXPIRED = "expired", "有效期届满未延续", "Expired and not renewed", "行政许可法 70（一）"
    DEATH = "death", "公民死亡或者丧失行为能力", "Death or incapacity", "行政许可法 70（二）"
    DISSOLVED = "dissolved", "法人或者其他组织终止", "Body dissolved", "行政许可法 70（三）"
    REVOKED = "revoked", "许可被撤销、撤回或者吊销", "Permit revoked", "行政许可法 70（四）"
    FORCE_MAJEURE = "force_majeure", "因不可抗力无法实施", "Force majeure", "行政许可法 70（五）"
    OTHER = "other", "法律、法规规定的其他情形", "Another case named by law", "行政许可法 70（六）"


class BanGround(Term):
    """Why an applicant may not apply again for a time."""

    FALSE_MATERIALS = (
        "false_materials",
        "隐瞒情况或者提供虚假材料",
        "False materials or concealment",
        "行政许可法 78",
    )
    DECEIT = "deceit", "以欺骗、贿赂等不正当手段取得许可", "Permit got by deceit", "行政许可法 79"
