"""Words of the rating, 国办发〔2019〕51号."""

from openhall.glossary import Term


class Satisfaction(Term):
    """Five levels; the last two are 差评. Stored as its score out of five."""

    VERY_GOOD = "5", "非常满意", "Very satisfied", "国办发〔2019〕51号"
    GOOD = "4", "满意", "Satisfied", "国办发〔2019〕51号"
    FAIR = "3", "基本满意", "Fairly satisfied", "国办发〔2019〕51号"
    BAD = "2", "不满意", "Dissatisfied", "国办发〔2019〕51号"
    VERY_BAD = "1", "非常不满意", "Very dissatisfied", "国办发〔2019〕51号"


class RatingSource(Term):
    """Where the rating was given."""

    ONLINE = "online", "网上", "Online", "国办发〔2019〕51号"
    WINDOW = "window", "窗口评价器", "Window device", "国办发〔2019〕51号"
    KIOSK = "kiosk", "触摸屏", "Kiosk", "国办发〔2019〕51号"
    PAPER = "paper", "纸质", "Paper", "国办发〔2019〕51号"
    LINK = "link", "短信链接", "Link in a message", "国办发〔2019〕51号"
    QR = "qr", "回执二维码", "QR code on the receipt", "国办发〔2019〕51号"
    HOTLINE = "hotline", "12345热线", "Hotline", "国办发〔2019〕51号"


class BadReason(Term):
    """Reasons to choose from for a bad rating."""

    SLOW = "slow", "办理时间过长", "It took too long", ""
    UNCLEAR = "unclear", "告知不清楚", "The information was unclear", ""
    REPEATED = "repeated", "多次跑动或重复提交", "I had to come or submit again", ""
    ATTITUDE = "attitude", "服务态度不好", "The manner of the staff", ""
    CHARGED = "charged", "收费不合规定", "Charged against the rules", ""
    SYSTEM = "system", "网上系统不好用", "The online system was hard to use", ""
    OTHER = "other", "其他", "Something else", ""


class ServedStage(Term):
    """What of a service is rated, each once."""

    ACCEPTANCE = "acceptance", "受理环节", "Taking in", "国办发〔2019〕51号"
    DELIVERY = "delivery", "办结送达", "Result delivered", "国办发〔2019〕51号"


class RatingState(Term):
    """Where a rating stands. A good one is counted; a bad one is verified, put right, revisited."""

    COUNTED = "counted", "已计入", "Counted", "国办发〔2019〕51号"
    RECEIVED = "received", "差评待交办", "To be assigned", "国办发〔2019〕51号"
    ASSIGNED = "assigned", "核实中", "Being verified", "国办发〔2019〕51号"
    VERIFIED = "verified", "属实，整改中", "Being put right", "国办发〔2019〕51号"
    OBJECTED = "objected", "单位申诉，复核中", "Objected to by the unit", "国办发〔2019〕51号"
    FED_BACK = "fed_back", "已反馈，待回访", "Fed back, to be revisited", "国办发〔2019〕51号"
    CLOSED = "closed", "已回访办结", "Revisited and closed", "国办发〔2019〕51号"
    SET_ASIDE = "set_aside", "复核认定不计入", "Set aside on review", "国办发〔2019〕51号"


class RatingAct(Term):
    """What is done to a rating."""

    RATE = "rate", "评价", "Rate", "国办发〔2019〕51号"
    ASSIGN = "assign", "交办核实", "Assign", "国办发〔2019〕51号"
    VERIFY = "verify", "核实属实", "Verify", "国办发〔2019〕51号"
    OBJECT = "object", "申诉", "Object", "国办发〔2019〕51号"
    UPHOLD = "uphold", "复核维持", "Uphold", "国办发〔2019〕51号"
    SET_ASIDE = "set_aside", "复核不计入", "Set aside", "国办发〔2019〕51号"
    FEED_BACK = "feed_back", "整改反馈", "Feed back", "国办发〔2019〕51号"
    REVISIT = "revisit", "回访办结", "Revisit and close", "国办发〔2019〕51号"
    RETURN = "return", "回访不满意，再整改", "Return, not satisfied", "国办发〔2019〕51号"
    FORGET = "forget", "删除评价文字", "Erase the words of a rating", "个人信息保护法 47"


class Ground(Term):
    """Why a rating is objected to."""

    MISTAKEN = "mistaken", "误评（对象、事项有误）", "Given by mistake", "国办发〔2019〕51号"
    MALICIOUS = "malicious", "恶意差评", "Malicious", "国办发〔2019〕51号"
    NO_BASIS = (
        "no_basis",
        "诉求没有法律法规依据",
        "What is asked has no basis in law",
        "国办发〔2019〕51号",
    )


class SixFigure(Term):
    """The six figures under their own names; how each is counted stands in ``rules/six.py``."""

    GOOD = "good", "好评率", "Rated satisfied", "GB/T 39735-2020"
    ACTIVE = "active", "主动评价率", "Rated by people themselves", "GB/T 39735-2020"
    UNRATED = "unrated", "未评率", "Not rated", "GB/T 39735-2020"
    REPLIED = "replied", "差评回复率", "Bad ratings replied to", "GB/T 39735-2020"
    RECTIFIED = "rectified", "回访整改率", "Put right and revisited", "GB/T 39735-2020"
    CONTENT = "content", "整改满意率", "Satisfied after revisiting", "GB/T 39735-2020"
