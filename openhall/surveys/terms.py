"""Words of satisfaction surveys."""

from openhall.glossary import Term

POLICY = "成办发〔2003〕75号 二（三）"


class Instrument(Term):
    """What is filled in."""

    QUESTIONS = "questions", "调查表", "Questionnaire", POLICY
    SHEET = "sheet", "打分表", "Score sheet", POLICY


class Group(Term):
    """From which of the two lists a unit is drawn."""

    DEPARTMENTS = "departments", "市级部门", "Municipal departments", POLICY
    DISTRICTS = "districts", "区（市）县", "Districts", POLICY


class CodeSource(Term):
    """How a code came to whom it was given; only those drawn stand for all who were served."""

    DRAWN = "drawn", "从已办结的办件中抽取", "Drawn from closed cases", POLICY
    HALL = "hall", "大厅现场发放", "Handed out in the hall", POLICY
    JUDGE = "judge", "评议代表", "Representative who judges", POLICY


class Way(Term):
    """How an answer came."""

    WEB = "web", "网上", "Online", POLICY
    PHONE = "phone", "电话访问", "By telephone", POLICY
    VISIT = "visit", "当面访问", "In person", POLICY
    PAPER = "paper", "纸质", "On paper", POLICY


class Invalid(Term):
    """Why an answer does not count; it is kept, with this reason."""

    NOT_SERVED = "not_served", "没有到该单位办过事", "Was not served by the unit", POLICY
    TOO_LITTLE = "too_little", "应答问题不足一半", "Fewer than half of the questions", POLICY
    LATE = "late", "截止后收到", "Came after the last day", POLICY


class Level(Term):
    """The five levels of the questionnaire, the best first."""

    VERY = "5", "非常满意", "Very satisfied", "国办发〔2019〕51号"
    YES = "4", "满意", "Satisfied", "国办发〔2019〕51号"
    BASICALLY = "3", "基本满意", "Basically satisfied", "国办发〔2019〕51号"
    NO = "2", "不满意", "Dissatisfied", "国办发〔2019〕51号"
    NOT_AT_ALL = "1", "非常不满意", "Very dissatisfied", "国办发〔2019〕51号"


class SurveyState(Term):
    """Where a survey stands."""

    DRAFT = "draft", "拟订", "Being written", POLICY
    REVIEW = "review", "待审定", "Under review", POLICY
    DRAWING = "drawing", "公开抽取中", "Being drawn", POLICY
    FIELD = "field", "调查进行中", "In the field", POLICY
    CLOSED = "closed", "已截止", "Closed", POLICY
    REPORTED = "reported", "已公布结果", "Reported", POLICY
    DROPPED = "dropped", "未实施", "Dropped", ""


class SurveyAct(Term):
    """What is done to a survey."""

    BEGIN = "begin", "拟订测评方案", "Write the plan of a survey", POLICY
    REWRITE = "rewrite", "重拟送审", "Write it anew", POLICY
    SEND_BACK = "send_back", "退回", "Send back", POLICY
    DROP = "drop", "不再实施", "Drop", ""
    ANNOUNCE = "announce", "公布方案并公告抽取", "Announce the survey and its draw", POLICY
    GO_INTO_FIELD = "go_into_field", "按抽取结果发放", "Issue the codes that were drawn", POLICY
    GO_ON = "go_on", "续用后备样本", "Go on with the reserve", POLICY
    ISSUE = "issue", "发放测评码", "Issue codes", POLICY
    CLOSE = "close", "截止测评", "Close the survey", POLICY
    REPORT = "report", "公布结果", "Publish the result", POLICY


class AnswerAct(Term):
    """What is done to an answer."""

    GIVE = "give", "作答", "Answer", POLICY


class KeyingState(Term):
    """Where a paper that is keyed in stands."""

    ONCE = "once", "待第二人录入", "Keyed once", POLICY
    DIFFERS = "differs", "两次不一致，待核对", "The two differ", POLICY
    TAKEN = "taken", "已录入", "Taken", POLICY


class KeyingAct(Term):
    """What is done to a paper that is keyed in."""

    KEY = "key", "第一次录入", "Key it in", POLICY
    KEY_AGAIN = "key_again", "第二次录入", "Key it in again", POLICY
    SETTLE = "settle", "对照原件核定", "Settle by the paper", POLICY


class InstrumentAct(Term):
    """What the history of the instruments is called by."""

    INSTRUMENT = "survey-instrument", "调查表和打分表", "Questionnaire and score sheet", POLICY
