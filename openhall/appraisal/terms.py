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


class BadReason(Term):
    """Reasons to choose from for a bad rating."""

    SLOW = "slow", "办理时间过长", "It took too long", ""
    UNCLEAR = "unclear", "告知不清楚", "The information was unclear", ""
    REPEATED = "repeated", "多次跑动或重复提交", "I had to come or submit again", ""
    ATTITUDE = "attitude", "服务态度不好", "The manner of the staff", ""
    CHARGED = "charged", "收费不合规定", "Charged against the rules", ""
    SYSTEM = "system", "网上系统不好用", "The online system was hard to use", ""
    OTHER = "other", "其他", "Something else", ""


class RatingAct(Term):
    """What is done to a rating."""

    RATE = "rate", "评价", "Rate", "国办发〔2019〕51号"
    FORGET = "forget", "删除评价文字", "Erase the words of a rating", "个人信息保护法 47"
