"""Words of an application before it is sent."""

from openhall.glossary import Term


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


class DocumentAct(Term):
    """What is done to a document that may be used again."""

    KEEP = "keep", "留存可复用材料", "Keep for use again", "国办函〔2016〕108号"
    FORGET = "forget", "删除个人信息", "Erase the personal data", "个人信息保护法 47"
