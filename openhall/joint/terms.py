"""Words of joint matters and of their handling."""

from openhall.glossary import Term

_JOINT = "行政许可法 26"
_EVENT = "国办发〔2022〕32号"


class JointKind(Term):
    """What brings several approvals together."""

    LIFE_EVENT = "life_event", "一件事", "Life event", _EVENT
    PROJECT = "project", "并联审批", "Project", _JOINT


class JointMode(Term):
    """How the units come to their decisions side by side."""

    PARALLEL = "parallel", "抄告制", "In parallel, by copied notice", _JOINT
    MEETING = "meeting", "联审制", "At a joint review meeting", _JOINT


class PartNeed(Term):
    """Whether an approval belongs to every application, or only to those who say so."""

    ALWAYS = "always", "必办", "Always", _EVENT
    IF_CHOSEN = "if_chosen", "按需办理", "If the applicant needs it", _EVENT


class JointAct(Term):
    """A verb done to a joint application as a whole; also the kind of the event it leaves."""

    APPLY = "apply", "联合申请", "Applied for together", _JOINT
    ACCEPT = "accept", "统一受理并抄送联办通知", "Accepted and copied to the units", _JOINT
    DEEM_ACCEPT = "deem_accept", "视为统一受理", "Accepted together by silence", "行政许可法 32(4)"
    DECLINE = "decline", "统一不予受理", "Not accepted as a whole", "行政许可法 32"
    ASK_SUPPLEMENT = (
        "ask_supplement",
        "一次告知全部补正",
        "Everything missing asked for once",
        "行政许可法 32(4)",
    )
    SUPPLEMENT = "supplement", "统一补正", "Supplemented together", "行政许可法 32(5)"
    LAPSE = "lapse", "逾期未统一补正", "Lapsed as a whole", "行政许可法 32"
    WITHDRAW = "withdraw", "撤回联合申请", "Withdrawn as a whole", "行政许可法实施规范"
    SIGN = "sign", "签收联办通知", "Receipt of the joint notice signed", _JOINT
    OPINE = "opine", "出具联办意见", "Opinion of the unit given", _JOINT
    DEEM_CONSENT = "deem_consent", "视为同意", "Consent deemed", "本级政府联审联办规定"
    CALL_MEETING = "call_meeting", "召集联审会议", "Joint meeting called", _JOINT
    HOLD_MEETING = "hold_meeting", "召开联审会议", "Joint meeting held", _JOINT
    CONCLUDE = "conclude", "形成综合意见", "Conclusion drawn", _JOINT
    GIVE_REASONS = "give_reasons", "书面说明未采纳理由", "Reasons given to the unit", _JOINT
    REPLY = "reply", "上级批复", "The superior replied", "行政许可法 43"
    TELL_REPLY = "tell_reply", "告知上级批复", "Told of the superior's reply", "行政许可法 43"
    EXTEND = "extend", "延长共同期限", "Common limit extended", "行政许可法 42"
    RECALENDAR = "recalendar", "重算共同期限", "Common limit recomputed", "行政许可法 82"
    REPORT = "report", "联办办结报告", "Reported as closed", _JOINT
    FORGET = "forget", "删除个人信息", "Personal data erased", "个人信息保护法 47"


class JointStage(Term):
    """Where a joint application stands; told from what was done, never stored."""

    SUBMITTED = "submitted", "待统一受理", "Waiting to be accepted", "行政许可法 32"
    ASKED = "asked", "待统一补正", "Waiting for the supplement", "行政许可法 32(4)"
    OPINIONS = "opinions", "各单位出具意见", "Units give their opinions", _JOINT
    MEETING = "meeting", "待召开联审会议", "Waiting for the meeting", _JOINT
    CONCLUSION = "conclusion", "待形成综合意见", "Waiting for the conclusion", _JOINT
    DECISIONS = "decisions", "各单位分别决定", "Each unit decides", _JOINT
    REPORT = "report", "待报告办结", "Waiting to be reported", _JOINT
    CLOSED = "closed", "已办结", "Closed", _JOINT
    ENDED = "ended", "已终止", "Ended without a conclusion", "行政许可法 32"


class DeemedBasis(Term):
    """Why a unit counts as consenting, where the city has switched that on."""

    SILENCE = "silence", "超时默许", "Silent past its limit", "本级政府联审联办规定"
    ABSENCE = "absence", "缺席默认", "Absent from the joint meeting", "本级政府联审联办规定"
